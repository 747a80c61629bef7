import { css, html, svg } from 'lit';
import { address, count } from '../core/format.js';
import { freeLists, pairs, type Block } from '../core/words.js';
import type { Frame, Session } from '../state/session.js';
import { base, forms } from '../styles/base.js';
import { say } from '../words/say.js';
import { chooseBytesPerRow, layOutMap, rowAt, type MapLayout, type Segment, type Span } from './heap-map-layout.js';
import { hue, patterns } from './patterns.js';
import { openBar, outline, ribbon } from './shapes.js';
import { Sized } from './sized.js';

const CHARACTER = 7.3; // width of one at 12 px monospace

/** The heap as an address-ordered map. Sends `pick` with the offset of a block that the reader chose. */
export class HeapMap extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    lit: { attribute: false },
    from: { type: Number },
    to: { type: Number },
  };
  declare session: Session;
  declare frame: Frame;
  declare lit: { offset: number; size: number } | null;
  declare from: number;
  declare to: number;
  #blocks: Block[] = [];
  #layout: MapLayout | null = null;
  #revealed: Frame | null = null;

  static override styles = [
    base,
    forms,
    css`
      :host {
        min-width: 0;
      }
      g.block {
        cursor: pointer;
        outline: none;
      }
      g.block:focus-visible .focus {
        stroke: var(--ink);
        stroke-width: 7; /* seen around the outline of the step's block, too */
        stroke-linejoin: round;
      }
      .focus {
        fill: transparent;
      }
      .address {
        font-size: 11px;
      }
      .halo {
        paint-order: stroke;
        stroke: var(--paper);
        stroke-width: 4px;
        stroke-linejoin: round;
      }
      .labels {
        pointer-events: none;
      }
      .torn {
        stroke: var(--edge);
        stroke-dasharray: 2 5;
      }
      .badge {
        fill: var(--bad);
      }
      svg text.badge-text {
        fill: var(--paper);
        font-weight: 700;
      }
    `,
  ];

  constructor() {
    super();
    this.lit = null;
    this.from = 0;
    this.to = 0;
  }

  /** Out of view it may still hold a frame of a run that is gone. */
  protected override shouldUpdate(): boolean {
    return this.frame.run === this.session.run;
  }

  protected override willUpdate(): void {
    if (this.width <= 0) return;
    const left = 8 + address(0, this.frame.run.arenaBytes).length * 7; // 11 px monospace
    const perRow = chooseBytesPerRow(this.width, left, this.to - this.from);
    const from = Math.floor(this.from / perRow) * perRow;
    const to = Math.min(this.frame.run.arenaBytes, Math.ceil(this.to / perRow) * perRow);
    this.#blocks = this.session.blocks(from, to);
    this.#layout = layOutMap({
      from,
      to,
      blocks: this.#blocks,
      lists: freeLists(this.frame.run.lab.lists()),
      changed: pairs(this.frame.run.lab.changed()).filter(([offset, length]) => offset + length > from && offset < to),
      width: this.width,
      bytesPerRow: perRow,
      left,
    });
  }

  protected override render() {
    const layout = this.#layout;
    if (!layout) return html`<div></div>`;
    const spans = new Map<number, Span[]>();
    for (const span of layout.spans) {
      const of = spans.get(span.block);
      if (of) of.push(span);
      else spans.set(span.block, [span]);
    }
    const segments = new Map<number, Segment[]>();
    for (const segment of layout.segments) {
      const of = segments.get(segment.block);
      if (of) of.push(segment);
      else segments.set(segment.block, [segment]);
    }
    return html`<svg
        width=${layout.width}
        height=${layout.height}
        viewBox="0 0 ${layout.width} ${layout.height}"
        role="group"
        aria-label=${
          this.#blocks.length === 1
            ? say('Heap, 1 block by address')
            : say('Heap, {0} blocks by address', count(this.#blocks.length))
        }
        @keydown=${this.#keydown}
      >
        ${patterns} ${this.#renderRows(layout)}
        ${this.#blocks.map((block, index) =>
          this.#renderBlock(layout, block, segments.get(index) ?? [], spans.get(index) ?? []),
        )}
        <g class="labels" aria-hidden="true">
          ${this.#blocks.map((block, index) => this.#renderLabels(layout, block, segments.get(index) ?? []))}
        </g>
        ${layout.changed.map(
          (mark) =>
            svg`<rect class="changed-edge" x=${mark.x} y=${layout.rows[mark.row]!.y + layout.bar - 6} width=${mark.width} height="2" />
              <rect class="changed" data-offset=${mark.offset} data-length=${mark.length} x=${mark.x} y=${layout.rows[mark.row]!.y + layout.bar - 4} width=${Math.max(2, mark.width)} height="4" />`,
        )}
        ${layout.links.map((link) => svg`<path class="link" d=${link.path} marker-end="url(#arrow)" />`)}
        ${layout.headMarks.map(
          ({ x, y }) =>
            svg`<g class="free-head"><text class="head-mark halo" x=${x + 9} y=${y - 4}>${say('head')}</text>
            <path class="link" d="M${x + 4} ${y - 13}V${y - 1}" marker-end="url(#arrow)" /></g>`,
        )}
        ${this.#renderOutlines(layout, spans)}
      </svg>
      ${
        layout.linksLeftOut > 0
          ? html`<p class="small soft">
              ${
                layout.linksLeftOut === 1
                  ? say('1 more link between free blocks is not drawn.')
                  : say('{0} more links between free blocks are not drawn.', count(layout.linksLeftOut))
              }
            </p>`
          : ''
      }`;
  }

  #renderRows(layout: MapLayout) {
    const { rows, left, cell, bar, bytesPerRow } = layout;
    const right = left + bytesPerRow * cell;
    return rows.map((row) => {
      const label = address(row.address, this.frame.run.arenaBytes);
      if (row.folded) {
        return svg`<line class="torn" x1=${left} x2=${right} y1=${row.y + 7} y2=${row.y + 7} />
          <text class="halo address" x=${(left + right) / 2} y=${row.y + 11} text-anchor="middle">${say('{0} rows alike, to {1}', count(row.folded), address(row.end - 1, this.frame.run.arenaBytes))}</text>`;
      }
      const rules = [];
      for (let byte = 0; byte <= row.end - row.address && cell * 8 >= 12; byte += 8) {
        const x = left + byte * cell;
        rules.push(svg`<line class="rule" x1=${x} x2=${x} y1=${row.y - 4} y2=${row.y + bar + 4} />`);
      }
      return svg`<text class="address" x="0" y=${row.y + bar / 2 + 4}>${label}</text>${rules}`;
    });
  }

  #renderBlock(layout: MapLayout, block: Block, segments: Segment[], spans: Span[]) {
    const name = this.session.nameOf(block);
    const selected = this.frame.selected?.offset === block.offset;
    const where = address(block.offset, this.frame.run.arenaBytes);
    const label = {
      used: () => say('{0}, used, {1} bytes, at {2}', name || say('block'), block.payloadSize, where),
      free: () => say('free, {0} bytes, at {1}', block.size, where),
      control: () => say('control, {0} bytes, at {1}', block.size, where),
    }[block.state]();
    return svg`<g
      class="block ${block.state}-block"
      role="button"
      tabindex=${selected || (!this.frame.selected && block === this.#blocks[0]) ? 0 : -1}
      aria-label=${label}
      aria-pressed=${selected}
      data-offset=${block.offset}
      data-size=${block.size}
      data-state=${block.state}
      data-payload=${block.payloadSize}
      @click=${() => this.#pick(block.offset, true)}
    >
      ${segments.map((segment) => this.#renderSegment(layout, block, segment))}
      ${spans.map((span) => svg`<path class="focus" d=${openBar(span, layout.rows[span.row]!.y, layout.bar)} />`)}
    </g>`;
  }

  #renderSegment(layout: MapLayout, block: Block, segment: Segment) {
    const path = ribbon(segment, layout.rows[segment.row]!.y, layout.bar);
    switch (segment.part) {
      case 'payload':
        return svg`<path class="payload ${hue(block.allocation)}" d=${path} />`;
      case 'header':
        return svg`<path class="header" d=${path} />`;
      default:
        return svg`<path class=${segment.part} fill="url(#${segment.part})" d=${path} />`;
    }
  }

  #renderLabels(layout: MapLayout, block: Block, segments: Segment[]) {
    const name = this.session.nameOf(block);
    const used = block.state === 'used';
    const words = used
      ? [name ? `${name} · ${block.payloadSize}` : `${block.payloadSize}`, name]
      : block.state === 'free'
        ? [say('free {0}', block.size), `${block.size}`]
        : [say('control'), ''];
    const part = used ? 'payload' : block.state;
    const candidates = segments.filter((segment) => segment.part === part);
    const room = (segment: Segment, text: string) =>
      text !== '' && segment.width - (segment.openLeft ? 16 : 12) >= text.length * CHARACTER;
    for (const text of words) {
      const home = candidates.find((segment) => room(segment, text));
      if (!home) continue;
      return candidates.map((segment) => {
        const again = used && name ? `… ${name}` : '';
        const shown =
          segment === home
            ? text
            : segment.openLeft && candidates.indexOf(segment) > candidates.indexOf(home)
              ? again
              : '';
        if (!shown || !room(segment, shown)) return '';
        const x = segment.x + (segment.openLeft ? 11 : 7);
        const y = layout.rows[segment.row]!.y + layout.bar / 2 + 4;
        return svg`<text class=${used ? 'on-hue' : 'halo'} x=${x} y=${y}>${shown}</text>`;
      });
    }
    return '';
  }

  #renderOutlines(layout: MapLayout, spans: Map<number, Span[]>) {
    const of = (offset: number | undefined, kind: string) => {
      const index = this.#blocks.findIndex((block) => block.offset === offset);
      return (spans.get(index) ?? []).map(
        (span) =>
          svg`<path class="outline-${kind}" d=${outline(span, layout.rows[span.row]!.y, layout.bar, kind === 'selected' ? 3.5 : 1)} />`,
      );
    };
    const lit = this.lit
      ? layout.spans.filter((span) => {
          const block = this.#blocks[span.block]!;
          return (
            block.offset < this.lit!.offset + Math.max(1, this.lit!.size) &&
            this.lit!.offset < block.offset + block.size
          );
        })
      : [];
    const faulty = new Set(this.frame.faulty);
    return svg`
      ${faulty.has(this.frame.block?.offset ?? -1) ? '' : of(this.frame.block?.offset, 'now')}
      ${[...faulty].map((offset) => of(offset, 'fault'))}
      ${[...faulty].map((offset) => this.#renderBadge(layout, offset))}
      ${this.frame.pinned ? of(this.frame.selected?.offset, 'selected') : ''}
      ${lit.map((span) => svg`<path class="outline-lit" d=${outline(span, layout.rows[span.row]!.y, layout.bar, 4)} />`)}`;
  }

  #renderBadge(layout: MapLayout, offset: number) {
    const span = layout.spans.find((each) => this.#blocks[each.block]!.offset === offset);
    if (!span) return '';
    const y = layout.rows[span.row]!.y;
    return svg`<circle class="badge" cx=${span.x + 1} cy=${y + 1} r="8" /><text class="badge-text" x=${span.x + 1} y=${y + 5} text-anchor="middle" aria-hidden="true">!</text>`;
  }

  #pick(offset: number, open: boolean): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: { offset, open }, bubbles: true, composed: true }));
  }

  #keydown(event: KeyboardEvent): void {
    const target = (event.target as Element).closest<SVGGElement>('g.block');
    if (target && event.key === 'Enter') {
      event.preventDefault();
      this.#pick(Number(target.dataset['offset']), true);
    }
  }

  /** Keeps the step's block in view, and the focus on the selected block when the map has it. */
  protected override updated(): void {
    if (!this.#layout || this.#revealed === this.frame) return;
    this.#revealed = this.frame;
    const focused = this.renderRoot instanceof ShadowRoot ? this.renderRoot.activeElement : null;
    if (focused?.classList.contains('block')) {
      this.renderRoot.querySelector<SVGGElement>('g.block[tabindex="0"]')?.focus({ preventScroll: true });
    }
    const block = this.frame.pinned ? this.frame.selected : this.frame.block;
    const { rows, bar } = this.#layout;
    const row = block ? rowAt(rows, block.offset) : -1;
    if (!block || row < 0) return;
    const last = Math.max(row, rowAt(rows, block.offset + block.size - 1));
    this.dispatchEvent(
      new CustomEvent('reveal', {
        detail: { y: rows[row]!.y, height: rows[last]!.y + bar - rows[row]!.y },
        bubbles: true,
        composed: true,
      }),
    );
  }
}
