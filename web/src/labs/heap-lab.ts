import { html } from 'lit';
import { bytes } from '../core/format.js';
import { heapExamples } from '../examples/heap.js';
import { heapLegend } from '../parts/legend.js';
import type { HeapSession } from '../state/heap-session.js';
import { raceOf } from '../state/rivals.js';
import type { Frame } from '../state/session.js';
import { say } from '../words/say.js';
import { MachineLab } from './machine-lab.js';

const ARENAS = [256, 512, 1024, 4096, 65_536, 1_048_576];

export class HeapLab extends MachineLab {
  protected readonly title_ = say('Heap');
  protected readonly legend = heapLegend();

  protected examples() {
    return heapExamples();
  }

  protected openExample(id: string): void {
    void (this.session as HeapSession).open(id);
  }

  /** A trace brings its own size: the arena is chosen to fit it. */
  protected override runText(text: string): void {
    this.session.arena = 0;
    super.runText(text);
  }

  protected renderSettings(_frame: Frame) {
    const session = this.session as HeapSession;
    const known = session.machines.some((each) => each.name === session.allocator);
    const arenas = [...new Set([...ARENAS, ...(session.arena ? [session.arena] : [])])].sort((a, b) => a - b);
    return html`<label>
        <span class="unseen">${say('Allocator')}</span>
        <select @change=${(event: Event) => session.rerun((event.target as HTMLSelectElement).value, session.arena)}>
          ${known ? '' : html`<option selected value=${session.allocator}>${session.allocator}</option>`}
          ${session.machines.map(
            ({ name, title }) => html`<option value=${name} ?selected=${name === session.allocator}>${title}</option>`,
          )}
        </select>
      </label>
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
      <button title=${say('Race this script on several allocators')} @click=${this.#race}>${say('Race')}</button>`;
  }

  #race = (): void => {
    const { text, allocator, arena, number } = this.session;
    const detail = raceOf(text, allocator, arena, number);
    this.dispatchEvent(new CustomEvent('go', { detail, bubbles: true, composed: true }));
  };

  protected renderPicture(frame: Frame) {
    return html`<heapyard-heap-view
      .session=${this.session}
      .frame=${frame}
      .lit=${this.session.lit}
    ></heapyard-heap-view>`;
  }

  protected override renderBelow(frame: Frame) {
    return html`<heapyard-structure .session=${this.session} .frame=${frame}></heapyard-structure>`;
  }
}
