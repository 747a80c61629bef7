import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { address, bytes, count } from '../core/format.js';
import type { Lab, StructurePart } from '../core/module.js';
import type { Frame, Session } from '../state/session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { landmark } from './around.js';

const MOST_LISTED = 12;
const MOST_BEHIND = 3; // regions that are named
const ROW = 24; // pixels of a level of regions
const LETTER = 6.7; // pixels, about, in a region

/**
 * What an allocator keeps beyond its blocks, drawn without knowing the allocator: regions above each other as they lie
 * inside each other, lists as chains, bits as cells. What the step changed is marked.
 */
export class StructureView extends LitElement {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
  };
  declare session: Session;
  declare frame: Frame;

  static override styles = [
    base,
    css`
      section {
        display: grid;
        gap: 10px;
      }
      svg {
        display: block;
        width: 100%;
        border-radius: var(--round-bytes);
      }
      .region rect {
        fill: var(--card);
        stroke: var(--line);
      }
      .region .used {
        fill: var(--edge);
        stroke: none;
      }
      .region text {
        font: 11px var(--mono);
        fill: var(--ink);
      }
      .region.changed .frame {
        stroke: var(--now);
        stroke-width: 2;
      }
      .region {
        cursor: pointer;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        margin-top: 2px;
        font: 11px var(--mono);
        color: var(--soft);
      }
      .region:hover .frame {
        stroke: var(--ink);
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px 16px;
        margin: 0;
        align-items: baseline;
      }
      dt {
        color: var(--soft);
        font-size: var(--size-small);
      }
      dt.changed::before {
        content: '';
        display: inline-block;
        width: 8px;
        height: 8px;
        margin-right: 6px;
        border-radius: 4px;
        background: var(--now);
      }
      dd {
        margin: 0;
        font-family: var(--mono);
        font-size: var(--size-small);
        overflow-wrap: anywhere;
      }
      dd button {
        min-height: 26px;
        padding: 0 6px;
        font: inherit;
      }
      .bit {
        display: inline-grid;
        place-items: center;
        width: 18px;
        height: 20px;
        border: 1px solid var(--line);
        margin: 0 -1px 2px 0;
        color: var(--soft);
      }
      .bit.one {
        background: var(--head);
        color: var(--paper);
      }
      .bit.flipped {
        outline: 2px solid var(--now);
        outline-offset: -1px;
        z-index: 1;
      }
      @container (max-width: 760px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
        }
        dd {
          margin-bottom: 6px;
        }
      }
      @media (pointer: coarse) {
        dd button {
          min-height: var(--touch);
          padding: 0 10px;
        }
      }
    `,
  ];

  protected override render() {
    const { parts, tooSmall } = (this.frame.run.lab as Lab).structure(MOST_LISTED);
    if (parts.length === 0) return nothing;
    const regions = parts.filter((part) => part.kind === 'region');
    return html`<section role=${landmark()} aria-label=${say('What the allocator keeps')}>
      <h2>${say('What the allocator keeps')}</h2>
      ${regions.length > 0 ? this.#renderRegions(regions, tooSmall) : nothing}
      <dl>
        ${parts
          .filter((part) => part.kind !== 'region')
          .map(
            (part) =>
              html`<dt class=${part.changed ? 'changed' : ''}>
                  ${part.name}${part.changed ? html`<span class="unseen">${say(', changed by this step')}</span>` : nothing}
                </dt>
                <dd>${this.#renderPart(part)}</dd>`,
          )}
      </dl>
    </section>`;
  }

  #renderPart(part: StructurePart): TemplateResult | string {
    if (part.kind === 'count') return part.words[0]!;
    if (part.kind === 'bits') {
      return html`${part.words.map((bit, index) => {
        const flipped = part.before.length > 0 && part.before[index] !== part.values[index];
        const title = flipped
          ? say('bit {0}, {1} before this step', index, part.before[index]!)
          : say('bit {0}', index);
        return html`<span class="bit ${bit === '1' ? 'one' : ''} ${flipped ? 'flipped' : ''}" title=${title}
          >${bit}</span
        >`;
      })}`;
    }
    const more = part.blocks - part.values.length;
    return html`${part.words.map(
      (word, index) => html`${index > 0 ? ' → ' : ''}${this.#renderAddress(part.values[index]!, word)}`,
    )}${part.kind === 'list' && more > 0 ? ` → ${say('and {0} more', count(more))}` : ''}`;
  }

  /** Pointing at an address lights its block in the picture; choosing it chooses the block. */
  #renderAddress(offset: number, word: string) {
    return html`<button
      title=${say('Show its block')}
      @pointerenter=${() => this.#light(offset)}
      @pointerleave=${() => this.session.light(null)}
      @focus=${() => this.#light(offset)}
      @blur=${() => this.session.light(null)}
      @click=${() => this.#pick(offset)}
    >
      ${word}
    </button>`;
  }

  #light(offset: number): void {
    const block = this.session.blockAt(offset);
    this.session.light(block && { offset: block.offset, size: block.size });
  }

  #pick(offset: number): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: { offset, open: true }, bubbles: true, composed: true }));
  }

  /** Drawn up to where something is divided or in use: what is free behind that is said. */
  #renderRegions(regions: StructurePart[], tooSmall: number) {
    const { arenaBytes } = this.frame.run;
    const levels = 1 + Math.max(...regions.map((region) => region.level));
    const told = ({ level, changed, usedBytes }: StructurePart) => level > 0 || changed || usedBytes > 0;
    const last = regions.reduce((found, region, index) => (told(region) ? index : found), -1);
    const drawn =
      last < 0 ? regions : regions.filter((each, at) => at <= last + 1 || start(each) < end(regions[last]!));
    const behind = regions.slice(drawn.length);
    const range = { from: start(drawn[0]!), to: Math.max(...drawn.map(end)) };
    // One that is free and the last may be large: as much of it as shows that there is one.
    if (last >= 0) {
      const divided = Math.max(...drawn.slice(0, last + 1).map(end));
      range.to = Math.min(range.to, divided + Math.ceil((divided - range.from) / 4));
    }
    return html`<div>
        <svg
          height=${levels * ROW}
          role="img"
          aria-label=${
            levels === 1
              ? say('{0} regions in 1 level; the words below tell each', count(regions.length))
              : say('{0} regions in {1} levels; the words below tell each', count(regions.length), count(levels))
          }
        >
          ${drawn.map((region) => this.#renderRegion(region, range))}
        </svg>
        <div class="ends" aria-hidden="true">
          <span>${address(range.from, arenaBytes)}</span><span>${address(range.to, arenaBytes)}</span>
        </div>
      </div>
      ${
        behind.length > 0
          ? html`<p class="small soft">
              ${say(
                'Behind that: {0}, nothing of it in use.',
                behind.length > MOST_BEHIND ? say('{0} regions', count(behind.length)) : behind.map(titleOf).join(', '),
              )}
            </p>`
          : nothing
      }
      ${
        tooSmall > 0
          ? html`<p class="small soft">
              ${say('{0} more are too small to be seen in an arena of this size.', count(tooSmall))}
            </p>`
          : nothing
      }`;
  }

  #renderRegion(region: StructurePart, { from, to }: { from: number; to: number }) {
    const percent = 100 / (to - from);
    const size = end(region) - start(region);
    const x = (start(region) - from) * percent;
    const width = size * percent;
    const y = region.level * ROW;
    const room = Math.floor((this.offsetWidth * Math.min(width, 100 - x)) / 100 / LETTER) - 2;
    const short = `${region.name.slice(0, Math.max(0, room - 1))}…`;
    const text = [titleOf(region), region.name, short].find((each) => each.length <= room && room > 3);
    const words = region.words.join(', ');
    const title =
      region.usedBytes === 0
        ? say('{0}: {1}, of which none in use', region.name, words)
        : region.usedBytes === size
          ? say('{0}: {1}, of which all in use', region.name, words)
          : say('{0}: {1}, of which {2} in use', region.name, words, bytes(region.usedBytes));
    return svg`<g
      class="region ${region.changed ? 'changed' : ''}"
      @click=${() => this.#pick(start(region))}
      @pointerenter=${() => this.session.light({ offset: start(region), size })}
      @pointerleave=${() => this.session.light(null)}
    >
      <title>${title}</title>
      <rect class="frame" x="${x}%" y=${y + 1} width="${width}%" height=${ROW - 2} />
      <rect class="used" x="${x}%" y=${y + ROW - 6} width="${(width * region.usedBytes) / size}%" height="4" />
      ${text ? svg`<text x="${x + 0.5}%" y=${y + 15}>${text}</text>` : nothing}
    </g>`;
  }
}

const start = (region: StructurePart) => region.values[0]!;
const end = (region: StructurePart) => region.values[0]! + region.values[1]!;
const titleOf = (region: StructurePart) => `${region.name} · ${bytes(end(region) - start(region))}`;
