import { html, nothing } from 'lit';
import { poolExamples } from '../examples/pool.js';
import { poolLegend } from '../parts/legend.js';
import type { PoolSession } from '../state/pool-session.js';
import type { Frame } from '../state/session.js';
import { say, saying } from '../words/say.js';
import { MachineLab } from './machine-lab.js';

const MOST_CELLS = 1024;

export class PoolLab extends MachineLab {
  protected readonly title_ = say('Pool');
  protected readonly legend = poolLegend();

  get #pool(): PoolSession {
    return this.session as PoolSession;
  }

  protected examples() {
    return poolExamples();
  }

  protected openExample(id: string): void {
    const example = poolExamples().find((each) => each.id === id)!;
    this.#pool.open(example);
  }

  protected renderSettings(frame: Frame) {
    const pool = this.#pool;
    const first = pool.refused ? undefined : pool.blocks(0, frame.run.arenaBytes, 2)[1];
    const made = first?.size ?? null;
    const capacity = html`<input
      type="number"
      min="1"
      max="1000000"
      aria-label=${say('Number of blocks')}
      .value=${String(pool.capacity)}
      @change=${(event: Event) => pool.reshape(pool.blockBytes, numberIn(event))}
    />`;
    const blockBytes = html`<input
      type="number"
      min="1"
      step="8"
      aria-label=${say('Bytes a block')}
      .value=${String(pool.blockBytes)}
      @change=${(event: Event) => pool.reshape(numberIn(event), pool.capacity)}
    />`;
    return html`<label>${saying('blocks {0}', capacity)}</label>
      <label>${saying('of {0} bytes', blockBytes)}</label>
      ${made !== null && made !== pool.blockBytes ? html`<span>${say('({0}, rounded up so that each is aligned)', made)}</span>` : nothing}`;
  }

  protected renderPicture(frame: Frame) {
    if (this.#pool.capacity > MOST_CELLS) {
      return html`<heapyard-heap-view
        .session=${this.session}
        .frame=${frame}
        .lit=${this.session.lit}
      ></heapyard-heap-view>`;
    }
    return html`<heapyard-pool-grid
      .session=${this.session}
      .frame=${frame}
      .lit=${this.session.lit}
    ></heapyard-pool-grid>`;
  }
}

function numberIn(event: Event): number {
  const value = Number((event.target as HTMLInputElement).value);
  return Number.isInteger(value) && value > 0 ? Math.min(value, 0xffff_ffff) : 0;
}
