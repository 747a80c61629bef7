import { css, html, nothing, type TemplateResult } from 'lit';
import { bytes, count, percent } from '../core/format.js';
import type { Lane } from '../core/module.js';
import { scrollIntoView } from '../parts/around.js';
import { defineElements } from '../parts/define.js';
import type { RaceSession } from '../state/race-session.js';
import type { Frame } from '../state/session.js';
import { say, saying } from '../words/say.js';
import { MachineLab } from './machine-lab.js';

/** What walks over the blocks of one heap. */
const KEYS_OF_ONE_HEAP = ['j', 'k', 'ArrowDown', 'ArrowUp', 'Delete', '+', '=', '-', '0'];

const ARENAS = [4096, 16_384, 65_536, 262_144, 1_048_576];

/** One script on several allocators: their heaps above each other, their curves, and what it came to. */
export class RaceLab extends MachineLab {
  protected readonly title_ = say('Race');
  protected readonly legend = html``;
  protected override readonly inspects = false;

  static override styles = [
    ...MachineLab.styles,
    css`
      .stage {
        grid-template-columns: 280px minmax(0, 1fr);
      }
      .choose {
        position: relative;
      }
      .choose summary {
        padding: 4px 10px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--card);
        color: var(--ink);
        cursor: pointer;
      }
      .choose fieldset {
        position: absolute;
        right: 0;
        z-index: 4;
        margin: 4px 0 0;
        min-width: 260px;
        max-height: 60cqh;
        overflow: auto;
        box-shadow: 0 8px 32px rgb(0 0 0 / 0.24);
      }
      .choose label {
        min-height: 30px;
        color: var(--ink);
      }
      .choose input {
        width: 18px;
        min-height: 18px;
      }
      .race {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      .choose p {
        margin: 6px 0 0;
      }
      .headline {
        min-height: 0;
      }
      .twin {
        white-space: pre-wrap;
      }
      .shows {
        color: var(--soft);
        max-width: 80ch;
      }
      .parts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: baseline;
      }
      heapyard-race-curves {
        display: block;
        min-height: 245px;
      }
      .parting {
        flex: 1 1 320px;
      }
      h3 {
        margin: 8px 0 0;
      }
      .scrolls {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 6px 12px 6px 0;
        text-align: right;
        border-bottom: 1px solid var(--line);
        white-space: nowrap;
      }
      th {
        font-weight: 600;
        font-size: var(--size-small);
        color: var(--soft);
        vertical-align: bottom;
      }
      tbody th {
        vertical-align: baseline;
        color: var(--ink);
        font-size: inherit;
      }
      th:first-child {
        position: sticky;
        left: 0;
        background: var(--paper);
      }
      th:first-child,
      td.outcome,
      th.outcome {
        text-align: left;
      }
      td.outcome {
        white-space: normal;
        min-width: 180px;
      }
      td.best {
        font-weight: 700;
      }
      td.failed {
        color: var(--bad);
      }
      td button {
        min-height: 28px;
        padding: 2px 8px;
      }
      @container (max-width: 760px) {
        .stage {
          grid-template-columns: minmax(0, 1fr);
        }
        .settings {
          order: 2;
        }
        .settings h2 {
          position: absolute;
          clip-path: inset(50%);
        }
        .settings {
          position: relative;
        }
        .choose {
          position: static;
        }
        .choose fieldset {
          left: 0;
        }
      }
    `,
  ];

  get #race(): RaceSession {
    return this.session as RaceSession;
  }

  protected examples() {
    return this.#race.workloads.map(({ name, title }) => ({ id: name, title }));
  }

  protected openExample(id: string): void {
    this.#race.generate(id);
  }

  protected override get example(): string {
    return this.#race.generated?.workload.name ?? '';
  }

  override key(event: KeyboardEvent): boolean {
    return !KEYS_OF_ONE_HEAP.includes(event.key) && super.key(event);
  }

  protected override runText(text: string): void {
    this.session.arena = 0;
    super.runText(text);
  }

  protected renderSettings() {
    const session = this.#race;
    const { generated } = session;
    const arenas = [...new Set([...ARENAS, ...(session.arena ? [session.arena] : [])])].sort((a, b) => a - b);
    return html`${
        generated?.workload.varies
          ? html`<label
                >${say('seed')}
                <input
                  type="number"
                  min="0"
                  max="999999"
                  .value=${String(generated.seed)}
                  @change=${(event: Event) =>
                    session.generate(generated.workload.name, numberIn(event, 0, 999_999), generated.calls)}
              /></label>
              <label
                >${say('calls')}
                <input
                  type="number"
                  min="1"
                  max="20000"
                  .value=${String(generated.calls)}
                  @change=${(event: Event) =>
                    session.generate(generated.workload.name, generated.seed, numberIn(event, 1, 20_000))}
              /></label>`
          : nothing
      }
      <label>
        <span class="unseen">${say('Arena')}</span>
        <select
          @change=${(event: Event) => session.rerun(session.allocator, Number((event.target as HTMLSelectElement).value))}
        >
          <option value="0" ?selected=${session.arena === 0}>${say('arena that fits')}</option>
          ${arenas.map(
            (size) =>
              html`<option value=${size} ?selected=${size === session.arena}>${say('{0} arena', bytes(size))}</option>`,
          )}
        </select>
      </label>
      <details class="choose" @keydown=${this.#closeChooser} @focusout=${this.#leftChooser}>
        <summary>
          ${session.chosen.length === 1 ? say('1 allocator') : say('{0} allocators', session.chosen.length)}
        </summary>
        <fieldset class="card">
          <legend class="unseen">${say('Allocators in the race')}</legend>
          ${[...session.machines, ...session.brought].map(
            ({ name, title }) =>
              html`<label
                ><input
                  type="checkbox"
                  .checked=${session.chosen.includes(name)}
                  ?disabled=${!session.canToggle(name)}
                  @change=${() => session.toggle(name)}
                />
                ${title}</label
              >`,
          )}
          ${session.limit ? html`<p>${session.limit}</p>` : nothing}
        </fieldset>
      </details>`;
  }

  #closeChooser = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    const chooser = event.currentTarget as HTMLDetailsElement;
    chooser.open = false;
    chooser.querySelector('summary')!.focus();
    event.stopPropagation();
  };

  #leftChooser = (event: FocusEvent): void => {
    const chooser = event.currentTarget as HTMLDetailsElement;
    const to = event.relatedTarget as Node | null;
    if (to && !chooser.contains(to)) chooser.open = false;
  };

  protected override renderSentence({ step }: Frame): TemplateResult {
    if (step.number === 0) return html`${say('Every heap is empty.')}`;
    return html`${saying('Step {0}: {1}', count(step.number), html`<code>${step.call}</code>`)}`;
  }

  protected renderPicture(frame: Frame) {
    const session = this.#race;
    const race = session.race!;
    const lanes = race.lanes();
    if (lanes.length === 0) return html``;
    void fetchCurves();
    return html`<div class="race" @seek=${this.#seek}>
      <p class="shows">
        ${say(
          '{0} Each has an arena of {1}.',
          session.generated?.workload.sentence ?? say('One script on several allocators.'),
          bytes(frame.run.arenaBytes),
        )}
      </p>
      <heapyard-race-lanes .session=${session} .frame=${frame}></heapyard-race-lanes>
      <div class="parts">
        <p class="parting">${race.divergence()}</p>
        ${this.#renderJump(say('Where they part'), race.firstDivergence(), frame)}
        ${this.#renderJump(say('Where most is live'), race.highWaterStep(), frame)}
        ${this.#renderJump(say('The first failure'), race.nextFailure(0), frame)}
      </div>
      <heapyard-race-curves .session=${session} .frame=${frame}></heapyard-race-curves>
      <p class="small soft">${say('The timeline at the bottom has the live bytes of {0}.', lanes[0]!.title)}</p>
      ${this.#renderTable(lanes)}
    </div>`;
  }

  #renderJump(title: string, step: number, frame: Frame) {
    if (step === 0) return nothing;
    return html`<button aria-disabled=${frame.number === step} @click=${() => this.session.seek(step)}>
      ${say('{0}: step {1}', title, count(step))}
    </button>`;
  }

  #renderTable(lanes: Lane[]) {
    const { times, measuring, unmeasured } = this.#race;
    const fastest = times ? Math.min(...[...times].filter((time) => time > 0)) : 0;
    const served = lanes.filter((lane) => lane.completed);
    const best = Math.max(0, ...served.map((lane) => lane.utilisation));
    return html`<h3>${say('What it came to')}</h3>
      <div class="scrolls" tabindex="0" role="group" aria-label=${say('What it came to, a line for each allocator')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${say('Allocator')}</th>
              <th scope="col" class="outcome">${say('Outcome')}</th>
              <th scope="col">${say('Most live')}</th>
              <th scope="col">${say('Touched')}</th>
              <th scope="col">${say('Utilisation')}</th>
              <th scope="col">${saying('Internal{0}fragmentation', html`<br />`)}</th>
              <th scope="col">${saying('External{0}fragmentation', html`<br />`)}</th>
              <th scope="col">${say('Time of a call')}</th>
            </tr>
          </thead>
          <tbody>
            ${lanes.map(
              (lane, index) =>
                html`<tr>
                  <th scope="row">${lane.title}</th>
                  <td class="outcome ${lane.completed ? '' : 'failed'}">
                    ${lane.outcome}
                    ${
                      lane.failedAt === null
                        ? nothing
                        : html`<button @click=${() => this.#show(lane.failedAt!)}>${say('Show')}</button>`
                    }
                  </td>
                  <td>${bytes(lane.highWaterMark)}</td>
                  <td>${bytes(lane.touched)}</td>
                  <td class=${lane.completed && lane.utilisation === best ? 'best' : ''}>
                    ${percent(lane.utilisation)}
                  </td>
                  <td>${bytes(lane.internalFragmentation)}</td>
                  <td>${percent(lane.externalFragmentation)}</td>
                  <td class=${times && times[index] === fastest ? 'best' : ''}>
                    ${times?.[index] ? `${times[index].toFixed(1)} ns` : '–'}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="small soft">
        ${say('Touched: up to the end of the highest block. Utilisation: the most live of those bytes.')}
        ${say('Fragmentation is that of when most is live: internal, the bytes that blocks have beyond those asked for; external, 1 − largest free ÷ all free.')}
        ${say('Time is that of the calls alone, carried out again in this browser by allocators that check nothing.')}
        <button aria-disabled=${measuring !== null} @click=${() => this.#race.measure()}>
          ${times ? say('Measure again') : say('Measure the speed')}
        </button>
        ${
          measuring === null
            ? nothing
            : html`<progress aria-label=${say('The measurement')} max="1" value=${measuring}></progress>`
        }
      </p>
      ${unmeasured ? html`<p class="note bad" role="alert">${unmeasured}</p>` : nothing}`;
  }

  #show(step: number): void {
    this.session.seek(step);
    scrollIntoView(this.renderRoot.querySelector('.sentence')!);
  }

  #seek = (event: CustomEvent<number>): void => {
    this.session.pause();
    this.session.seek(event.detail);
  };
}

/** The charts come behind the strips: what draws them weighs as much as all the rest of the lab. */
async function fetchCurves(): Promise<void> {
  const { RaceCurves } = await import('../parts/race-curves.js');
  defineElements({ 'heapyard-race-curves': RaceCurves });
}

function numberIn(event: Event, least: number, most: number): number {
  const input = event.target as HTMLInputElement;
  const value = Math.max(least, Math.min(most, Math.round(Number(input.value)) || least));
  input.value = String(value);
  return value;
}
