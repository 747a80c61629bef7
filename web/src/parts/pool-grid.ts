import { css, html, svg, type PropertyValues } from 'lit';
import { address } from '../core/format.js';
import { freeLists, type Block } from '../core/words.js';
import type { Frame, Session } from '../state/session.js';
import { base, forms } from '../styles/base.js';
import { say } from '../words/say.js';
import { routeLinks } from './link-routes.js';
import { hue, patterns } from './patterns.js';
import { Sized } from './sized.js';

const GAP = 10;
const MARGIN = 36;
const MOST_LINKS = 64;
const CHARACTER = 7.3; // width of one at 12 px monospace

interface Cell {
  block: Block;
  index: number;
  row: number;
  x: number;
  width: number;
  order: number; // place in the free list, 1 is its head, 0 when used
}

/** A pool's blocks as a grid of equal cells; the free list is threaded through those that are free. */
export class PoolGrid extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    lit: { attribute: false },
  };
  declare session: Session;
  declare frame: Frame;
  declare lit: { offset: number; size: number } | null;

  static override styles = [
    base,
    forms,
    css`
      g.block {
        cursor: pointer;
        outline: none;
      }
      .frame {
        fill: var(--card);
        stroke: var(--line);
      }
      g.block:focus-visible .frame {
        stroke: var(--ink);
        stroke-width: 2;
      }
      .labels {
        pointer-events: none;
      }
      .index,
      .order {
        font-size: 11px;
      }
      .halo {
        paint-order: stroke;
        stroke: var(--paper);
        stroke-width: 4px;
        stroke-linejoin: round;
      }
    `,
  ];

  constructor() {
    super();
    this.lit = null;
  }

  #cells(): { cells: Cell[]; columns: number; cellWidth: number; rows: number } {
    const blocks = this.session.blocks(0, this.frame.run.arenaBytes).filter(({ state }) => state !== 'control');
    const order = new Map(this.#freeList().map((offset, index) => [offset, index + 1]));
    const room = this.width - MARGIN;
    const wish = blocks.length > 128 ? 34 : 70;
    let columns = 1;
    while (columns * 2 * (wish + GAP) <= room && columns < blocks.length) columns *= 2;
    const cellWidth = Math.min(blocks.length > 128 ? 48 : 132, room / columns - GAP);
    const cells = blocks.map((block, index) => ({
      block,
      index,
      row: Math.floor(index / columns),
      x: (index % columns) * (cellWidth + GAP) + 2,
      width: cellWidth,
      order: order.get(block.offset) ?? 0,
    }));
    return { cells, columns, cellWidth, rows: Math.ceil(blocks.length / columns) };
  }

  #freeList(): number[] {
    return freeLists(this.frame.run.lab.lists())[0] ?? [];
  }

  protected override render() {
    if (this.width <= 0) return html`<div></div>`;
    const { cells, columns, cellWidth, rows } = this.#cells();
    const height = cellWidth < 60 ? 34 : 56;
    const byOffset = new Map(cells.map((cell) => [cell.block.offset, cell]));
    const list = this.#freeList();
    const links = list
      .slice(1)
      .map((to, index) => ({ from: byOffset.get(list[index]!), to: byOffset.get(to) }))
      .filter((link): link is { from: Cell; to: Cell } => link.from !== undefined && link.to !== undefined);
    const head = cells.find((cell) => cell.order === 1) ?? null;
    const routes = routeLinks({
      rows: Array.from({ length: rows }, () => height),
      links: links.length > MOST_LINKS ? [] : links,
      right: columns * (cellWidth + GAP) + 2,
    });
    const faulty = new Set(this.frame.faulty);
    const boxes = (offset: number | undefined, kind: string, by: number) => {
      const cell = byOffset.get(offset ?? -1);
      if (!cell) return '';
      return svg`<rect class="outline-${kind}" x=${cell.x - by} y=${routes.y[cell.row]! - by} width=${cell.width + 2 * by} height=${height + 2 * by} rx="4" />`;
    };
    const lit = this.lit;
    return html`<svg
        width=${this.width}
        height=${routes.height}
        viewBox="0 0 ${this.width} ${routes.height}"
        role="group"
        aria-label=${say('Pool of {0} blocks', cells.length)}
        @keydown=${this.#keydown}
      >
        ${patterns} ${cells.map((cell) => this.#renderCell(cell, routes.y[cell.row]!, height))}
        <g class="labels" aria-hidden="true">
          ${cells.map((cell) => this.#renderLabels(cell, routes.y[cell.row]!, height))}
        </g>
        ${routes.routes.map((route) => svg`<path class="link" d=${route.path} marker-end="url(#arrow)" />`)}
        ${
          head &&
          svg`<text class="head-mark halo" x=${head.x + 9} y=${routes.y[head.row]! - 4}>${say('head')}</text>
          <path class="link" d="M${head.x + 4} ${routes.y[head.row]! - 13}v12" marker-end="url(#arrow)" />`
        }
        ${faulty.has(this.frame.block?.offset ?? -1) ? '' : boxes(this.frame.block?.offset, 'now', 1)}
        ${[...faulty].map((offset) => boxes(offset, 'fault', 1))}
        ${this.frame.pinned ? boxes(this.frame.selected?.offset, 'selected', 4) : ''}
        ${lit ? cells.filter((cell) => cell.block.offset < lit.offset + Math.max(1, lit.size) && lit.offset < cell.block.offset + cell.block.size).map((cell) => boxes(cell.block.offset, 'lit', 4)) : ''}
      </svg>
      ${links.length > MOST_LINKS ? html`<p class="small soft">${say('The numbers give each free block’s place in the free list.')}</p>` : ''}`;
  }

  #renderCell(cell: Cell, y: number, height: number) {
    const { block, x, width } = cell;
    const used = block.state === 'used';
    const selected = this.frame.selected?.offset === block.offset;
    const filled = used ? (block.payloadSize / block.size) * width : 0;
    const where = address(block.offset, this.frame.run.arenaBytes);
    const label = used
      ? this.#wordsOfUsed(cell, where)
      : cell.order
        ? say('block {0}, free, number {1} in the free list, at {2}', cell.index, cell.order, where)
        : say('block {0}, free, at {1}', cell.index, where);
    return svg`<g
      class="block ${block.state}-block"
      role="button"
      tabindex=${selected || (!this.frame.selected && cell.index === 0) ? 0 : -1}
      aria-label=${label}
      aria-pressed=${selected}
      data-offset=${block.offset}
      data-size=${block.size}
      data-state=${block.state}
      data-payload=${block.payloadSize}
      @click=${() => this.#pick(block.offset)}
    >
      <rect class="frame" x=${x} y=${y} width=${width} height=${height} rx="3" />
      ${
        used
          ? svg`<rect class="padding" fill="url(#padding)" x=${x + 0.5} y=${y + 0.5} width=${width - 1} height=${height - 1} rx="3" />
              <rect class="payload ${hue(block.allocation)}" x=${x} y=${y} width=${filled} height=${height} rx="3" />`
          : svg`<rect class="free" fill="url(#free)" x=${x + 0.5} y=${y + 0.5} width=${width - 1} height=${height - 1} rx="3" />`
      }
    </g>`;
  }

  #wordsOfUsed({ block, index }: Cell, where: string): string {
    const name = this.session.nameOf(block) || say('no name');
    return say('block {0}, {1}, used, {2} of {3} bytes, at {4}', index, name, block.payloadSize, block.size, where);
  }

  #renderLabels(cell: Cell, y: number, height: number) {
    const { block, x, width } = cell;
    const used = block.state === 'used';
    const filled = used ? (block.payloadSize / block.size) * width : 0;
    const small = width < 60;
    const name = this.session.nameOf(block);
    const long = name ? `${name} · ${block.payloadSize}` : `${block.payloadSize}`;
    const fits = (text: string, space: number) => text.length * CHARACTER + 10 <= space;
    const inside = [long, name].find((text) => text && fits(text, filled));
    const beside = [long, name].find((text) => text && fits(text, width - filled));
    return svg`${small ? '' : svg`<text class="index ${used && filled > 24 ? 'on-hue' : 'halo'}" x=${x + (used && filled <= 24 ? filled + 5 : 7)} y=${y + 15}>${cell.index}</text>`}
      ${
        used
          ? inside === long || (inside && beside !== long)
            ? svg`<text class="on-hue" x=${x + 7} y=${y + height - (small ? 12 : 14)}>${inside}</text>`
            : svg`<text class="halo" x=${x + filled + 5} y=${y + height - (small ? 12 : 14)}>${beside ?? ''}</text>`
          : svg`<text class="halo order" x=${x + (small ? 7 : width - 7)} y=${y + height - 12} text-anchor=${small ? 'start' : 'end'}>${small ? cell.order || '' : cell.order ? freeInOrder(cell.order) : say('free')}</text>`
      }`;
  }

  #pick(offset: number): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: { offset, open: true }, bubbles: true, composed: true }));
  }

  #keydown(event: KeyboardEvent): void {
    const target = (event.target as Element).closest<SVGGElement>('g.block');
    if (target && event.key === 'Enter') {
      event.preventDefault();
      this.#pick(Number(target.dataset['offset']));
    }
  }

  protected override updated(changes: PropertyValues): void {
    const offset = (this.frame.pinned ? this.frame.selected : this.frame.block)?.offset;
    const frame = this.renderRoot.querySelector<SVGRectElement>(`[data-offset="${offset}"] .frame`);
    if (changes.has('frame') && frame) {
      const detail = { y: frame.y.baseVal.value, height: frame.height.baseVal.value };
      this.dispatchEvent(new CustomEvent('reveal', { detail, bubbles: true, composed: true }));
    }
    const focused = this.shadowRoot?.activeElement;
    if (focused?.classList.contains('block')) {
      this.renderRoot.querySelector<SVGGElement>('g.block[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }
}

function freeInOrder(order: number): string {
  const teen = order % 100 >= 11 && order % 100 <= 13;
  switch (teen ? 0 : order % 10) {
    case 1:
      return say('{0}st free', order);
    case 2:
      return say('{0}nd free', order);
    case 3:
      return say('{0}rd free', order);
    default:
      return say('{0}th free', order);
  }
}
