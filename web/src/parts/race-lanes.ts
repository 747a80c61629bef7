import { css, html, nothing } from 'lit';
import { address, bytes, percent } from '../core/format.js';
import type { Lane, Race, Standing } from '../core/module.js';
import type { RaceSession } from '../state/race-session.js';
import type { Frame } from '../state/session.js';
import { isDark, themes } from '../state/theme.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { lineOf } from './race-colors.js';
import { Sized } from './sized.js';

/** The heaps of a race at one step, a strip each, all in one scale: what is above another lies at the same address. */
export class RaceLanes extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    theme: { state: true },
    pointed: { state: true },
  };
  declare session: RaceSession;
  declare frame: Frame;
  declare private theme: number;
  declare private pointed: string; // what lies under the pointer
  #themed = () => ++this.theme;
  #race: Race | null = null;
  #lanes: Lane[] = [];

  static override styles = [
    base,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 10px;
      }
      .said {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 12px;
        margin-bottom: 3px;
      }
      .said svg {
        align-self: center;
        flex: none;
      }
      .what {
        color: var(--soft);
      }
      .parted {
        color: var(--ink);
        font-weight: 600;
      }
      .failed {
        color: var(--bad);
        font-weight: 600;
      }
      .said button {
        padding: 0 4px;
        min-height: 24px;
      }
      .used {
        margin-left: auto;
        font-size: var(--size-small);
        color: var(--soft);
        white-space: nowrap;
      }
      .strip {
        position: relative;
        height: 30px;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
        border: 1px solid var(--line);
        border-radius: var(--round-bytes);
      }
      .strip svg {
        position: absolute;
        inset: 0;
        pointer-events: none;
        overflow: visible;
      }
      .now {
        fill: none;
        stroke: var(--now);
        stroke-width: 2.5;
      }
      .ends {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 12px;
        margin-top: 4px;
        font: 11px var(--mono);
        color: var(--soft);
      }
      .pointed {
        color: var(--ink);
      }
      .forms {
        margin-top: 6px;
        font-size: var(--size-small);
        color: var(--soft);
      }
      i {
        display: inline-block;
        width: 18px;
        height: 10px;
        margin: 0 6px 0 12px;
        border: 1px solid var(--line);
        border-radius: 3px;
      }
      i:first-child {
        margin-left: 0;
      }
      .payload {
        background: var(--hue-0);
      }
      .header {
        background: var(--head);
      }
      .padding {
        background: var(--pad);
      }
      .free {
        background: var(--hair);
      }
    `,
  ];

  constructor() {
    super();
    this.theme = 0;
    this.pointed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener('change', this.#themed);
  }

  override disconnectedCallback(): void {
    themes.removeEventListener('change', this.#themed);
    super.disconnectedCallback();
  }

  /** The bytes that every strip shows. */
  get #length(): number {
    return Math.max(64, this.#race?.touched() ?? 0);
  }

  protected override render() {
    const race = this.session.race!;
    if (race !== this.#race) {
      this.#race = race;
      this.#lanes = race.lanes();
    }
    const standing = race.standing();
    return html`<ol>
        ${this.#lanes.map((lane, index) => this.#renderLane(lane, standing[index]!, index))}
      </ol>
      <div class="ends" aria-hidden="true">
        <span>${address(0, this.#length)}</span><span class="pointed">${this.pointed}</span
        ><span>${say('{0}, the last touched', address(this.#length - 1, this.#length))}</span>
      </div>
      <p class="forms">
        <i class="payload"></i>${say('payload')} <i class="header"></i>${say('header, the allocator’s own')}
        <i class="padding"></i>${say('padding')} <i class="free"></i>${say('free')}
      </p>`;
  }

  #renderLane(lane: Lane, standing: Standing, index: number) {
    const parted = lane.divergesAt === this.frame.number;
    return html`<li>
      <p class="said">
        ${lineOf(index)}
        <b>${lane.title}</b>
        <span class="what ${standing.failed ? 'failed' : parted ? 'parted' : ''}">${standing.what}</span>
        <span class="used">${say('{0} of {1} touched', percent(lane.utilisation), bytes(lane.touched))}</span>
        <button
          class="quiet small"
          aria-label=${say('Open this step on {0} in the heap lab', lane.title)}
          title=${say('Open this step on {0} in the heap lab', lane.title)}
          @click=${() => this.#open(lane)}
        >
          ${say('Heap lab →')}
        </button>
      </p>
      <div
        class="strip"
        @pointermove=${(event: PointerEvent) => this.#point(event, index)}
        @pointerdown=${(event: PointerEvent) => this.#point(event, index)}
        @pointerleave=${() => (this.pointed = '')}
      >
        <canvas
          role="img"
          aria-label=${say('The heap of {0}; its numbers stand in the words at the end', lane.title)}
          height="1"
          width=${this.width}
        ></canvas>
        ${standing.offset === null ? nothing : this.#renderNow(standing.offset, standing.size)}
      </div>
    </li>`;
  }

  #point(event: PointerEvent, lane: number): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const offset = Math.floor(((event.clientX - box.left) / box.width) * this.#length);
    this.pointed = this.#race!.blockWords(lane, Math.max(0, offset));
  }

  #open(lane: Lane): void {
    const { run, number } = this.frame;
    const state = { text: run.text, allocator: lane.allocator, arena: run.arenaBytes, step: number, block: null };
    this.dispatchEvent(new CustomEvent('go', { detail: { lab: 'heap', ...state }, bubbles: true, composed: true }));
  }

  /** The block of the step, framed, however small it is; of a free one, what the strip shows of it. */
  #renderNow(offset: number, size: number) {
    const scale = this.width / this.#length;
    const width = Math.max(5, Math.min(offset + size, this.#length) * scale - offset * scale);
    const x = Math.min(offset * scale, this.width - width);
    return html`<svg width=${this.width} height="30" aria-hidden="true">
      <rect class="now" x=${x} y="-2" width=${width} height="34" rx="3" />
    </svg>`;
  }

  protected override updated(): void {
    if (this.width <= 0) return;
    const canvases = this.renderRoot.querySelectorAll('canvas');
    canvases.forEach((canvas, index) => {
      const pixels = this.#race!.laneRaster(index, this.#length, this.width, isDark(this));
      if (pixels.length !== this.width * 4) return;
      const image = new ImageData(this.width, 1);
      image.data.set(pixels);
      canvas.getContext('2d')?.putImageData(image, 0, 0);
    });
  }
}
