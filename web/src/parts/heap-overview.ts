import { css, html, nothing, svg } from 'lit';
import { address } from '../core/format.js';
import type { Frame, Session } from '../state/session.js';
import { isDark, themes } from '../state/theme.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { Sized } from './sized.js';

const HEIGHT = 400; // CSS pixels
const DOT = 2; // CSS pixels a side, so that one leaked block can be seen and hit

/** A large heap as a raster made by the core, blitted onto a canvas. Sends `zoom` {from, to} after a drag, `pick` after a click. */
export class HeapOverview extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    from: { type: Number },
    to: { type: Number },
    drag: { state: true },
    theme: { state: true },
  };
  declare session: Session;
  declare frame: Frame;
  declare from: number;
  declare to: number;
  declare private drag: { start: number; end: number } | null; // dots
  declare private theme: number;
  #themed = () => ++this.theme;

  static override styles = [
    base,
    css`
      .raster {
        position: relative;
        cursor: crosshair;
        touch-action: none;
      }
      canvas {
        display: block;
        width: 100%;
        image-rendering: pixelated;
        border: 1px solid var(--line);
        border-radius: var(--round-bytes);
      }
      svg {
        position: absolute;
        inset: 0;
        pointer-events: none;
        overflow: visible;
      }
      .drag {
        fill: var(--ink);
        opacity: 0.18;
      }
      .ring {
        fill: none;
        stroke: var(--paper);
        stroke-width: 5;
      }
      .ring.inner {
        stroke: var(--ink);
        stroke-width: 2;
      }
      .ring.now {
        stroke: var(--now);
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
    this.drag = null;
    this.theme = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener('change', this.#themed);
  }

  override disconnectedCallback(): void {
    themes.removeEventListener('change', this.#themed);
    super.disconnectedCallback();
  }

  get #columns(): number {
    return Math.max(1, Math.floor(this.width / DOT));
  }

  get #rows(): number {
    return HEIGHT / DOT;
  }

  protected override render() {
    const arena = this.frame.run.arenaBytes;
    return html`<div
        class="raster"
        @pointerdown=${this.#pointerdown}
        @pointermove=${this.#pointermove}
        @pointerup=${this.#pointerup}
        @pointercancel=${() => (this.drag = null)}
      >
        <canvas
          role="img"
          aria-label=${say(
            'The heap from {0} to {1} as a raster; the leaks and the words below name its blocks',
            address(this.from, arena),
            address(this.to - 1, arena),
          )}
          width=${this.#columns}
          height=${this.#rows}
        ></canvas>
        <svg width=${this.width} height=${HEIGHT} aria-hidden="true">${this.#renderDrag()} ${this.#renderRing()}</svg>
      </div>
      <div class="ends"><span>${address(this.from, arena)}</span><span>${address(this.to - 1, arena)}</span></div>`;
  }

  #renderDrag() {
    if (!this.drag || this.drag.start === this.drag.end) return nothing;
    const first = Math.min(this.drag.start, this.drag.end);
    const last = Math.max(this.drag.start, this.drag.end);
    const bars = [];
    for (let row = Math.floor(first / this.#columns); row <= Math.floor(last / this.#columns); ++row) {
      const from = Math.max(first, row * this.#columns) - row * this.#columns;
      const to = Math.min(last + 1, (row + 1) * this.#columns) - row * this.#columns;
      bars.push([from * DOT, row * DOT, (to - from) * DOT] as const);
    }
    return bars.map(([x, y, width]) => svg`<rect class="drag" x=${x} y=${y} width=${width} height=${DOT} />`);
  }

  #renderRing() {
    const block = this.frame.selected;
    if (!block || block.offset < this.from || block.offset >= this.to) return nothing;
    const dot = this.#dotOf(block.offset);
    const x = (dot % this.#columns) * DOT + DOT / 2;
    const y = Math.floor(dot / this.#columns) * DOT + DOT / 2;
    return rings(x, y, this.frame.pinned);
  }

  #dotOf(offset: number): number {
    const dots = this.#columns * this.#rows;
    return Math.min(dots - 1, Math.floor(((offset - this.from) / (this.to - this.from)) * dots));
  }

  #offsetOf(dot: number): number {
    return this.from + Math.floor((dot / (this.#columns * this.#rows)) * (this.to - this.from));
  }

  #dotAt(event: PointerEvent): number {
    const box = this.renderRoot.querySelector('canvas')!.getBoundingClientRect();
    const column = Math.max(0, Math.min(this.#columns - 1, Math.floor((event.clientX - box.left) / DOT)));
    const row = Math.max(0, Math.min(this.#rows - 1, Math.floor((event.clientY - box.top) / DOT)));
    return row * this.#columns + column;
  }

  #pointerdown(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const dot = this.#dotAt(event);
    this.drag = { start: dot, end: dot };
  }

  #pointermove(event: PointerEvent): void {
    if (this.drag) this.drag = { ...this.drag, end: this.#dotAt(event) };
  }

  #pointerup(): void {
    if (!this.drag) return;
    const first = Math.min(this.drag.start, this.drag.end);
    const last = Math.max(this.drag.start, this.drag.end);
    this.drag = null;
    if (last - first >= 3) {
      this.dispatchEvent(
        new CustomEvent('zoom', { detail: { from: this.#offsetOf(first), to: this.#offsetOf(last + 1) } }),
      );
    } else {
      this.#pick(first);
    }
  }

  /** A dot may stand for many blocks: a fault near it is meant first. */
  #pick(dot: number): void {
    const near = new Set<number>();
    for (const row of [-2, -1, 0, 1, 2]) {
      for (const column of [-2, -1, 0, 1, 2]) near.add(dot + row * this.#columns + column);
    }
    const faulty = this.frame.faulty.find((offset) => near.has(this.#dotOf(offset)));
    const offset = faulty ?? this.session.blockAt(this.#offsetOf(dot))?.offset;
    if (offset === undefined) return;
    this.dispatchEvent(new CustomEvent('pick', { detail: { offset, open: true }, bubbles: true, composed: true }));
  }

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector('canvas')!;
    if (this.width <= 0) return;
    const { pixels, width, height } = this.frame.run.lab.raster!(
      this.from,
      this.to - this.from,
      this.#columns,
      this.#rows,
      isDark(this),
    );
    if (width === 0 || height === 0) return;
    const image = new ImageData(width, height);
    image.data.set(pixels);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
  }
}

function rings(x: number, y: number, pinned: boolean) {
  return svg`<circle class="ring" cx=${x} cy=${y} r="9" />
    <circle class="ring inner ${pinned ? '' : 'now'}" cx=${x} cy=${y} r="9" />`;
}
