import { html, nothing } from 'lit';
import { address, count } from '../core/format.js';
import type { Fault } from '../core/module.js';
import type { Frame, Session } from '../state/session.js';
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
    ${fault.address === null ? nothing : html`<button class="quiet small" @click=${() => session.select(fault.address)}>Show its block</button>`}
  </article>`;
}

function leakList(session: Session, frame: Frame, leaks: Fault[]) {
  const { arenaBytes } = frame.run;
  const untold = frame.faultCount - frame.faults.length;
  return html`<article class="card fault" aria-label="Leaks">
    <h3>${count(leaks.length + untold)} leaks</h3>
    <p>Nothing freed these blocks before the script ended.</p>
    <ul class="leaks">
      ${leaks.map(
        (leak) =>
          html`<li>
            <button
              aria-pressed=${frame.selected?.offset === session.blockAt(leak.address ?? -1)?.offset}
              @click=${() => session.select(leak.address)}
            >
              ${leak.title}${leak.address === null ? '' : ` at ${address(leak.address, arenaBytes)}`}${leak.allocatedLine === null ? '' : `, line ${leak.allocatedLine}`}
            </button>
          </li>`,
      )}
    </ul>
    ${untold > 0 ? html`<p class="small">… and ${count(untold)} more.</p>` : nothing}
    <p class="silently">${leaks[0]!.silently}</p>
  </article>`;
}

/** Why the allocator did that: its inner steps. Pointing at one lights its block. */
export function whyCard(session: Session, frame: Frame) {
  const reasons = frame.run.lab.why();
  return html`<section role=${landmark()} class="card why" aria-label="Why there?">
    <h3>Why there?</h3>
    ${
      reasons.length === 0
        ? html`<p class="soft">
            ${frame.faults.length > 0 ? 'The call was refused before it changed anything.' : 'This step asked nothing of the allocator.'}
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
                  <span><b>${reason.kind}</b> ${reason.text}</span>
                </li>`,
            )}
          </ol>`
    }
  </section>`;
}
