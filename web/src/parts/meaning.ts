import { html, nothing } from 'lit';
import { address, count } from '../core/format.js';
import type { Fault } from '../core/module.js';
import type { Frame, Session } from '../state/session.js';
import { say } from '../words/say.js';
import { landmark } from './around.js';

const MOST_CARDS = 3;

/** Faults of this step, each in plain words: what is known of its lines, and what a malloc would silently do. */
export function faultCards(session: Session, frame: Frame) {
  const { faults } = frame;
  const leaks = faults.filter((fault) => fault.kind === 'leak');
  const single = faults.filter((fault) => fault.kind !== 'leak');
  return [
    ...single.slice(0, MOST_CARDS).map((fault) => card(session, fault)),
    leaks.length === 1 ? card(session, leaks[0]!) : leaks.length > 1 ? leakList(session, frame, leaks) : nothing,
  ];
}

function card(session: Session, fault: Fault) {
  return html`<article class="card fault" aria-label=${fault.title}>
    <h3>${fault.title}</h3>
    <p>${fault.message}</p>
    <p class="silently">${fault.silently}</p>
    ${fault.address === null ? nothing : html`<button class="quiet small" @click=${() => session.select(fault.address)}>${say('Show its block')}</button>`}
  </article>`;
}

function leakList(session: Session, frame: Frame, leaks: Fault[]) {
  const { arenaBytes } = frame.run;
  const untold = frame.faultCount - frame.faults.length;
  return html`<article class="card fault" aria-label=${say('Leaks')}>
    <h3>${say('{0} leaks', count(leaks.length + untold))}</h3>
    <p>${say('Nothing freed these blocks before the script ended.')}</p>
    <ul class="leaks">
      ${leaks.map(
        (leak) =>
          html`<li>
            <button
              aria-pressed=${frame.selected?.offset === session.blockAt(leak.address ?? -1)?.offset}
              @click=${() => session.select(leak.address)}
            >
              ${titleOf(leak, arenaBytes)}
            </button>
          </li>`,
      )}
    </ul>
    ${untold > 0 ? html`<p class="small">${say('… and {0} more.', count(untold))}</p>` : nothing}
    <p class="silently">${leaks[0]!.silently}</p>
  </article>`;
}

function titleOf(leak: Fault, arenaBytes: number): string {
  const title = leak.address === null ? leak.title : say('{0} at {1}', leak.title, address(leak.address, arenaBytes));
  return leak.allocatedLine === null ? title : say('{0}, line {1}', title, leak.allocatedLine);
}

const reasonWords = (): Record<string, string> => ({
  visited: say('visited'),
  considered: say('considered'),
  chosen: say('chosen'),
  split: say('split'),
  coalesced: say('coalesced'),
  grown: say('grown'),
  shrunk: say('shrunk'),
  moved: say('moved'),
  linked: say('linked'),
  linked_in_order: say('linked_in_order'),
  linked_by_size: say('linked_by_size'),
  list_found: say('list_found'),
});

/** Why the allocator did that: its inner steps. Pointing at one lights its block. */
export function whyCard(session: Session, frame: Frame) {
  const reasons = frame.run.lab.why();
  const words = reasonWords();
  return html`<section role=${landmark()} class="card why" aria-label=${say('Why there?')}>
    <h3>${say('Why there?')}</h3>
    ${
      reasons.length === 0
        ? html`<p class="soft">
            ${frame.faults.length > 0 ? say('The call was refused before it changed anything.') : say('This step asked nothing of the allocator.')}
          </p>`
        : html`<ol>
            ${reasons.map(
              (reason) =>
                html`<li
                  class="reason ${reason.kind}"
                  tabindex="0"
                  @pointerenter=${() => session.light(reason)}
                  @pointerleave=${() => session.light(null)}
                  @focus=${() => session.light(reason)}
                  @blur=${() => session.light(null)}
                >
                  <span><b>${words[reason.kind]}</b> ${reason.text}</span>
                </li>`,
            )}
          </ol>`
    }
  </section>`;
}
