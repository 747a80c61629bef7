import { css, html, nothing } from 'lit';
import { address, bytes, percent } from '../core/format.js';
import type { Lane, Race, Standing } from '../core/module.js';
import type { RaceSession } from '../state/race-session.js';
import type { Frame } from '../state/session.js';
import { isDark } from '../state/theme.js';
import { base } from '../styles/base.js';
import { lookOf } from './race-colors.js';
import { Sized } from './sized.js';

/** The heaps of a race at one step, a strip each, all in one scale: what is above another lies at the same address. */
export class RaceLanes extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    theme: { state: true },
  };
  declare session: RaceSession;
  declare frame: Frame;
  declare private theme: number;
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
        justify-content: space-between;
        margin-top: 4px;
        font: 11px var(--mono);
        color: var(--soft);
      }
    `,
  ];

  constructor() {
    super();
    this.theme = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('heapyard-theme', this.#themed);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('heapyard-theme', this.#themed);
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
        <span>${address(0, this.#length)}</span><span>${address(this.#length - 1, this.#length)}</span>
      </div>`;
  }

  #renderLane(lane: Lane, standing: Standing, index: number) {
    const { color, dash } = lookOf(index);
    const parted = lane.divergesAt === this.frame.number;
    return html`<li>
      <p class="said">
        <svg width="28" height="8" aria-hidden="true">
          <line x1="0" y1="4" x2="28" y2="4" stroke=${color} stroke-width="2.5" stroke-dasharray=${dash.join(' ')} />
        </svg>
        <b>${lane.title}</b>
        <span class="what ${parted ? 'parted' : ''}">${standing.what}</span>
        <span class="used">${percent(lane.utilisation)} of ${bytes(lane.touched)} used at most</span>
      </p>
      <div class="strip">
        <canvas
          role="img"
          aria-label="The heap of ${lane.title}; the words below say what lies in it"
          height="1"
          width=${this.width}
        ></canvas>
        ${standing.offset === null ? nothing : this.#renderNow(standing.offset, standing.size)}
      </div>
    </li>`;
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
      const pixels = this.#race!.laneRaster(index, this.#length, this.width, isDark());
      if (pixels.length !== this.width * 4) return;
      const image = new ImageData(this.width, 1);
      image.data.set(pixels);
      canvas.getContext('2d')?.putImageData(image, 0, 0);
    });
  }
}
