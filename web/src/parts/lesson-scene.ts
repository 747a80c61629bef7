import { css, html, nothing, render, svg } from 'lit';
import { address, count, wholeBytes } from '../core/format.js';
import type { HeapObject, StackFrame, Value } from '../core/module.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { hue } from './patterns.js';
import { onceDrawn } from './once-drawn.js';
import { measureArrows, type Arrow } from './scene-arrows.js';
import { Sized } from './sized.js';
import { landmark } from './around.js';

/** The stack beside the heap: frames with their variables, objects with their parts, pointers as arrows. */
export class LessonScene extends Sized {
  static override properties = {
    ...Sized.properties,
    frames: { attribute: false },
    objects: { attribute: false },
    arenaBytes: { type: Number },
    now: { attribute: false },
  };
  declare frames: StackFrame[];
  declare objects: HeapObject[];
  declare arenaBytes: number;
  declare now: number | null; // offset of the block that the step is about

  static override styles = [
    base,
    css`
      .scene {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 8px 72px;
        align-items: start;
        padding-right: 30px; /* pointers within the heap run here */
      }
      h2 {
        margin-bottom: 6px;
      }
      .frame,
      .object {
        border: 1px solid var(--line);
        border-radius: var(--round-card);
        background: var(--card);
        margin-bottom: 10px;
      }
      .frame > h3,
      .object > h3 {
        display: flex;
        gap: 8px;
        align-items: baseline;
        margin: 0;
        padding: 5px 12px;
        font: 600 calc(13px * var(--scale, 1)) / 1.4 var(--mono);
        border-bottom: 1px solid var(--line);
      }
      .frame.top {
        border-color: var(--edge);
      }
      .object.now {
        border-color: var(--now);
        box-shadow: 0 0 0 1px var(--now);
      }
      h3 .aside {
        margin-left: auto;
        font: var(--size-small) var(--mono);
        color: var(--soft);
        text-align: right;
        overflow-wrap: anywhere;
        min-width: 0;
      }
      h3 .swatch {
        width: 10px;
        height: 10px;
        border-radius: 3px;
        align-self: center;
        flex: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        gap: 0 12px;
        padding: 3px 12px;
        font: calc(13px * var(--scale, 1)) / 1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      .row + .row {
        border-top: 1px solid var(--hair);
      }
      .name {
        font-weight: 600;
      }
      .of {
        display: contents;
      }
      .nameless {
        grid-column: 1 / -1;
      }
      /* A long value stands beside its type, a short one above it. */
      .long > .value:not(.nameless) {
        grid-area: 1 / 2 / span 2;
      }
      .type {
        grid-column: 1 / -1;
        order: 1;
        font-size: calc(11.5px * var(--scale, 1));
        line-height: 1.3;
        color: var(--soft);
      }
      .long .of > .type {
        grid-column: 1;
      }
      .unknown {
        color: var(--soft);
      }
      .stale {
        color: var(--bad);
      }
      .none {
        padding: 4px 0;
        color: var(--soft);
        font-size: var(--size-small);
      }
      .hue-0 {
        background: var(--hue-0);
      }
      .hue-1 {
        background: var(--hue-1);
      }
      .hue-2 {
        background: var(--hue-2);
      }
      .hue-3 {
        background: var(--hue-3);
      }
      .hue-4 {
        background: var(--hue-4);
      }
      .hue-5 {
        background: var(--hue-5);
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        overflow: visible;
        pointer-events: none;
      }
      path {
        fill: none;
        stroke: var(--ink);
        stroke-width: 1.5;
        opacity: 0.75;
      }
      path.stale {
        stroke: var(--bad);
        stroke-dasharray: 4 3;
      }
      marker path {
        fill: var(--ink);
        stroke: none;
        opacity: 1;
      }
      /* Its arrows were measured as wide as it was on the screen. */
      @media print {
        .scene {
          width: var(--measured);
        }
        .frame,
        .object {
          break-inside: avoid;
        }
      }
      @container (max-width: 600px) {
        .scene {
          grid-template-columns: minmax(0, 1fr);
          padding-right: 0;
        }
        svg {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.frames = [];
    this.objects = [];
    this.now = null;
  }

  protected override updated(): void {
    onceDrawn(this, () => {
      const scene = this.renderRoot.querySelector('.scene')!;
      const arrows = measureArrows(scene, this.objects);
      const width = `${scene.clientWidth}px`;
      const now = this.renderRoot.querySelector<HTMLElement>('.now');
      const detail = now && { y: now.offsetTop, height: now.offsetHeight };
      return () => {
        this.#drawArrows(arrows);
        this.style.setProperty('--measured', width);
        if (detail) this.dispatchEvent(new CustomEvent('reveal', { detail, bubbles: true, composed: true }));
      };
    });
  }

  /** Arrows lie over what was drawn, and are drawn by themselves, once all has its place. */
  #drawArrows(arrows: Arrow[]): void {
    const paths = arrows.map(
      ({ path, stale }) => svg`<path class=${stale ? 'stale' : ''} d=${path} marker-end="url(#head)" />`,
    );
    render(svg`${paths}`, this.renderRoot.querySelector<SVGGElement>('g.arrows')!);
  }

  protected override render() {
    return html`<div class="scene">
      <section role=${landmark()} aria-label=${say('Stack')}>
        <h2>${say('Stack')}</h2>
        ${this.frames.length === 0 ? html`<p class="none">${say('No function runs.')}</p>` : nothing}
        ${this.frames.map((frame, index) => this.#renderFrame(frame, index === this.frames.length - 1))}
      </section>
      <section role=${landmark()} aria-label=${say('Heap')}>
        <h2>${say('Heap')}</h2>
        ${this.objects.length === 0 ? html`<p class="none">${say('Nothing is allocated.')}</p>` : nothing}
        ${this.objects.map((object) => this.#renderObject(object))}
      </section>
      <svg aria-hidden="true">
        <defs>
          <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        <g class="arrows"></g>
      </svg>
    </div>`;
  }

  #renderFrame(frame: StackFrame, top: boolean) {
    return html`<div class="frame ${top ? 'top' : ''}">
      <h3>${frame.function}<span class="aside">${say('line {0}', frame.line)}</span></h3>
      ${
        frame.variables.length === 0
          ? nothing
          : html`<div role="table" aria-label=${say('Variables')}>
              ${frame.variables.flatMap((variable) => rowsOf(variable)).map((row) => this.#renderRow(row))}
            </div>`
      }
    </div>`;
  }

  #renderObject(object: HeapObject) {
    const { value } = object;
    const type = value.type || wholeBytes(object.size);
    return html`<div class="object ${object.offset === this.now ? 'now' : ''}" data-place=${object.payload}>
      <h3>
        <span class="swatch ${hue(object.allocation)}"></span>${value.name || address(object.payload, this.arenaBytes)}
        <span class="aside">${breakable(type)}, ${address(object.payload, this.arenaBytes)}</span>
      </h3>
      <div role="table" aria-label=${say('Its bytes')}>
        ${value.text || value.parts.length === 0 ? this.#renderRow({ ...value, name: '', type: '', parts: [] }) : nothing}
        ${value.parts.flatMap((part) => rowsOf(part)).map((row, index) => this.#renderRow(row, index > 0))}
        ${
          value.leftOut > 0
            ? html`<div role="row" class="row">
                <span role="cell" class="nameless unknown"
                  >${value.leftOut === 1 ? say('and 1 more') : say('and {0} more', count(value.leftOut))}</span
                >
              </div>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderRow(value: Value, part = false) {
    const { name, type, text, padding } = value;
    const stale = value.released;
    const words = line(value);
    return html`<div
      role="row"
      class="row ${words.length > 14 ? 'long' : ''}"
      data-place=${part && value.at !== null ? value.at : nothing}
    >
      ${
        name
          ? html`<span role="rowheader" class="of"
              ><span class="name">${breakable(name)}</span
              >${type && !name.endsWith(']') ? html`<span class="type">${breakable(type)}</span>` : nothing}</span
            >`
          : nothing
      }
      <span
        role="cell"
        class="value ${name ? '' : 'nameless'} ${text === '?' ? 'unknown' : stale ? 'stale' : ''}"
        data-target=${value.target ?? nothing}
        title=${text === '?' ? say('Nothing was written here yet') : nothing}
        >${breakable(words)}</span
      >
      ${padding > 0 ? html`<span role="cell" class="type">${say('{0} of padding behind', wholeBytes(padding))}</span>` : nothing}
    </div>`;
  }
}

/** Words of code that break, where they must, behind their signs. */
function breakable(text: string) {
  if (text.length < 8 || text.startsWith('"')) return text;
  return text.split(/(?<=[<,_.]|::)(?=[^\s,])/).map((part, index) => (index > 0 ? html`<wbr />${part}` : part));
}

/** The rows of a value: one, or, where pointers stand in it, one for each of its parts, so that each has its arrow. */
function rowsOf(value: Value, path = ''): Value[] {
  const name = path + value.name;
  if (!value.parts.some(leads)) return [{ ...value, name }];
  const own = value.text || value.seen ? [{ ...value, name, parts: [], leftOut: 0 }] : [];
  const rows = value.parts.flatMap((part) => rowsOf(part, part.name.startsWith('[') ? name : `${name}.`));
  const last = rows.at(-1)!;
  return [...own, ...rows.slice(0, -1), { ...last, padding: last.padding + value.padding }];
}

function leads(value: Value): boolean {
  return value.target !== null || value.parts.some(leads);
}

/** A value in one line, with its parts. */
function line(value: Value): string {
  const seen = value.seen ? `${value.text ? ', ' : ''}${value.seen}` : '';
  if (value.parts.length === 0) return value.text + seen;
  const parts = value.parts.map(
    (part) =>
      `${part.name && !part.name.startsWith('[') ? `${part.name} ` : ''}${line(part)}${part.padding > 0 ? `, ${say('{0} padding', part.padding)}` : ''}`,
  );
  const more = value.leftOut > 0 ? `, ${say('{0} more', value.leftOut)}` : '';
  return `${value.text}${seen}${value.text || seen ? ': ' : ''}{${parts.join(', ')}${more}}`;
}
