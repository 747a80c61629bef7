import { css, html, svg } from 'lit';
import { wholeBytes } from '../core/format.js';
import type { RecordLayout } from '../core/module.js';
import { base, forms } from '../styles/base.js';
import { say } from '../words/say.js';
import { HUES, patterns } from './patterns.js';
import { ribbon } from './shapes.js';
import { ROW, layOutStruct, type StructSegment } from './struct-rows-layout.js';
import { Sized } from './sized.js';

const LEFT = 40;
const RIGHT = 8;
const BAR = 34;
const STEP = 46;
const CHARACTER = 7.3;

/** The bytes of one struct in rows of eight: members solid, padding hatched, tail padding named. */
export class StructRows extends Sized {
  static override properties = {
    record: { attribute: false },
    hues: { attribute: false },
  };
  declare record: RecordLayout;
  declare hues: Map<string, number>; // by member name, so that a member keeps its hue in another order

  static override styles = [
    base,
    forms,
    css`
      .offset {
        font-size: 11px;
      }
      .halo {
        paint-order: stroke;
        stroke: var(--paper);
        stroke-width: 4px;
        stroke-linejoin: round;
      }
      svg text.on-hue .type {
        font-weight: 400;
      }
      .torn {
        stroke: var(--edge);
        stroke-dasharray: 2 5;
      }
    `,
  ];

  constructor() {
    super();
    this.hues = new Map();
  }

  protected override render() {
    if (this.width <= 0) return html`<div></div>`;
    const { record } = this;
    const picture = layOutStruct(record);
    const cell = Math.min(84, (this.width - LEFT - RIGHT) / ROW);
    const height = picture.rows.length * STEP + 18;
    const labelled = new Set<number>();
    return html`<svg
      width=${this.width}
      height=${height}
      viewBox="0 0 ${this.width} ${height}"
      role="img"
      aria-label=${say(
        'Bytes of {0}: {1}, of which {2} padding',
        record.name,
        wholeBytes(record.size),
        wholeBytes(record.padding.reduce((sum, each) => sum + each.size, 0)),
      )}
    >
      ${patterns}
      ${Array.from({ length: ROW }, (_, column) => svg`<text class="offset" x=${LEFT + (column + 0.5) * cell} y="11" text-anchor="middle">${column}</text>`)}
      ${picture.rows.map((row, index) => {
        const y = 18 + index * STEP;
        return row.folded
          ? svg`<line class="torn" x1=${LEFT} x2=${LEFT + ROW * cell} y1=${y + BAR / 2} y2=${y + BAR / 2} />
              <text class="halo" x=${LEFT + 4 * cell} y=${y + BAR / 2 + 4} text-anchor="middle">${say('{0} rows alike', row.folded)}</text>`
          : svg`<text class="offset" x="0" y=${y + BAR / 2 + 4}>${row.offset}</text>`;
      })}
      ${picture.segments.map((segment) => this.#renderSegment(segment, cell, labelled))}
    </svg>`;
  }

  #renderSegment(segment: StructSegment, cell: number, labelled: Set<number>) {
    const y = 18 + segment.row * STEP;
    const x = LEFT + segment.column * cell;
    const width = segment.bytes * cell;
    const span = { block: 0, row: 0, x, width, openLeft: segment.openLeft, openRight: segment.openRight };
    const shape = ribbon(
      { ...span, part: 'payload', edgeLeft: !segment.openLeft, edgeRight: !segment.openRight },
      y,
      BAR,
    );
    const rules = Array.from({ length: segment.bytes - 1 }, (_, byte) => {
      const at = x + (byte + 1) * cell;
      return svg`<line class="rule" x1=${at} x2=${at} y1=${y + BAR} y2=${y + BAR + 4} />`;
    });
    if (segment.kind !== 'member') {
      const words =
        segment.kind === 'tail'
          ? [say('{0} tail padding', segment.bytes), say('{0} tail', segment.bytes), `${segment.bytes}`]
          : [say('{0} padding', segment.bytes), `${segment.bytes}`];
      const text = words.find((each) => each.length * CHARACTER + 12 <= width) ?? '';
      return svg`<g class="padding-bytes" data-offset=${this.#offset(segment)} data-size=${segment.bytes}>
        <path class="padding" fill="url(#padding)" d=${shape} />
        <text class="halo" x=${x + width / 2} y=${y + BAR / 2 + 4} text-anchor="middle">${text}</text>${rules}</g>`;
    }
    const member = this.record.members[segment.member]!;
    const { name } = member;
    const again = labelled.has(segment.member);
    labelled.add(segment.member);
    const long = `${name} ${member.type}`;
    const fits = (text: string) => text.length * CHARACTER + (segment.openLeft ? 18 : 14) <= width;
    const hue = (this.hues.get(member.name) ?? segment.member) % HUES;
    const label = again
      ? fits(`… ${name}`)
        ? svg`… ${name}`
        : ''
      : fits(long)
        ? svg`${name} <tspan class="type">${member.type}</tspan>`
        : fits(name)
          ? name
          : '';
    return svg`<g class="member" data-name=${member.name} data-offset=${this.#offset(segment)} data-size=${segment.bytes}>
      <path class="hue-${hue}" d=${shape}><title>${say('{0}: {1}, {2} bytes at {3}', name, member.type, member.size, member.offset)}</title></path>
      <text class="on-hue" x=${x + (segment.openLeft ? 11 : 8)} y=${y + BAR / 2 + 4}>${label}</text>${rules}</g>`;
  }

  #offset(segment: StructSegment): number {
    return layOutStruct(this.record).rows[segment.row]!.offset + segment.column;
  }
}
