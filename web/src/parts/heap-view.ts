import { LitElement, css, html, nothing } from 'lit';
import { address, bytes, count } from '../core/format.js';
import type { Frame, Run, Session } from '../state/session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { defineElements } from './define.js';

const MOST_EXACT = 2000; // blocks that are drawn one by one; more are a raster
const CLOSE_UP = 2048; // bytes around a block that is jumped to

/**
 * The heap at any size: block by block where they can be told apart, as a raster where they cannot, and the way between:
 * a range is zoomed into by dragging over the raster or with the keys + and −, and left with 0.
 */
export class HeapView extends LitElement {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    lit: { attribute: false },
    range: { state: true },
  };
  declare session: Session;
  declare frame: Frame;
  declare lit: { offset: number; size: number } | null;
  declare private range: { from: number; to: number } | null; // null: the whole arena
  #run: Run | null = null;
  #pinned: number | null = null;

  static override styles = [
    base,
    css`
      .zoom {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        margin-bottom: 8px;
        font-size: var(--size-small);
        color: var(--soft);
      }
      .zoom .range {
        margin-right: auto;
      }
      .zoom button {
        min-width: 36px;
        color: var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.lit = null;
    this.range = null;
  }

  protected override willUpdate(): void {
    const { frame, session } = this;
    if (frame.run !== this.#run) {
      const sameHeap = this.#run?.arenaBytes === frame.run.arenaBytes;
      this.#run = frame.run;
      if (!sameHeap) this.range = null;
    }
    // A block chosen elsewhere (a leak in the list, a link) is jumped to.
    if (session.pinned !== this.#pinned) {
      this.#pinned = session.pinned;
      const block = frame.pinned ? frame.selected : null;
      const outside = this.range && block && (block.offset < this.range.from || block.offset >= this.range.to);
      if (block && (outside || !this.#exact(this.#from, this.#to))) this.#closeUp(block.offset);
    }
  }

  get #from(): number {
    return this.range?.from ?? 0;
  }

  get #to(): number {
    return this.range?.to ?? this.frame.run.arenaBytes;
  }

  /** Whether the blocks of a range can be drawn one by one. */
  #exact(from: number, to: number): boolean {
    return this.session.blocks(from, to, MOST_EXACT + 1).length <= MOST_EXACT;
  }

  #closeUp(offset: number): void {
    this.#zoomTo(offset - CLOSE_UP / 2, offset + CLOSE_UP / 2);
  }

  #zoomTo(from: number, to: number): void {
    const arena = this.frame.run.arenaBytes;
    const length = Math.min(arena, Math.max(256, to - from));
    const start = Math.max(0, Math.min(arena - length, Math.floor(from / 64) * 64));
    this.range = length >= arena ? null : { from: start, to: start + length };
  }

  zoom(factor: number): void {
    const length = (this.#to - this.#from) * factor;
    const chosen = this.frame.selected?.offset;
    const inView = chosen !== undefined && chosen >= this.#from && chosen < this.#to;
    const middle = inView ? chosen : (this.#from + this.#to) / 2;
    this.#zoomTo(middle - length / 2, middle + length / 2);
  }

  pan(by: number): void {
    const length = this.#to - this.#from;
    this.#zoomTo(this.#from + by * length, this.#to + by * length);
  }

  whole(): void {
    this.range = null;
  }

  protected override render() {
    const exact = this.#exact(this.#from, this.#to);
    if (!exact) void fetchOverview();
    return html`${exact && !this.range ? nothing : this.#renderZoom(exact)}
    ${
      exact
        ? html`<heapyard-heap-map
            .session=${this.session}
            .frame=${this.frame}
            .lit=${this.lit}
            .from=${this.#from}
            .to=${this.#to}
          ></heapyard-heap-map>`
        : html`<heapyard-heap-overview
            .session=${this.session}
            .frame=${this.frame}
            .from=${this.#from}
            .to=${this.#to}
            @zoom=${this.#zoomed}
          ></heapyard-heap-overview>`
    }`;
  }

  #renderZoom(exact: boolean) {
    const arena = this.frame.run.arenaBytes;
    const [first, last] = [address(this.#from, arena), address(this.#to - 1, arena)];
    const words = this.range
      ? say('{0} – {1}, {2} of {3}', first, last, bytes(this.#to - this.#from), bytes(arena))
      : say('{0}, {1} blocks in use', bytes(arena), count(this.frame.statistics.liveBlocks));
    const block = this.frame.selected;
    const away = block && (block.offset < this.#from || block.offset >= this.#to || !exact);
    return html`<div class="zoom" role="group" aria-label=${say('Zoom')}>
      <span class="range">${exact ? words : say('{0}. Drag over a part to see its blocks.', words)}</span>
      ${away ? html`<button @click=${() => this.#closeUp(block.offset)}>${this.frame.pinned ? say('Show the chosen block') : say('Show the step’s block')}</button>` : nothing}
      ${
        this.range
          ? html`<button aria-label=${say('Earlier addresses')} @click=${() => this.pan(-0.75)}>◀</button>
              <button aria-label=${say('Later addresses')} @click=${() => this.pan(0.75)}>▶</button>
              <button aria-label=${say('Zoom out')} title=${say('Zoom out (−)')} @click=${() => this.zoom(4)}>
                −
              </button>`
          : nothing
      }
      <button aria-label=${say('Zoom in')} title=${say('Zoom in (+)')} @click=${() => this.zoom(0.25)}>+</button>
      ${this.range ? html`<button title=${say('Whole heap (0)')} @click=${() => this.whole()}>${say('Whole heap')}</button>` : nothing}
    </div>`;
  }

  #zoomed(event: CustomEvent<{ from: number; to: number }>): void {
    this.#zoomTo(event.detail.from, event.detail.to);
  }
}

/** The raster is fetched with the first heap that needs it. */
async function fetchOverview(): Promise<void> {
  const { HeapOverview } = await import('./heap-overview.js');
  defineElements({ 'heapyard-heap-overview': HeapOverview });
}
