import { css, html, type PropertyValues } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { base } from '../styles/base.js';
import { code } from '../styles/code.js';
import { say } from '../words/say.js';
import { stateOf, tokens, type Language } from './highlight.js';
import { onceDrawn } from './once-drawn.js';
import { Sized } from './sized.js';

/** The program of a lesson, as it was compiled, with the line of the step lit. A click on a line goes there. */
export class LessonCode extends Sized {
  static override properties = {
    ...Sized.properties,
    source: {},
    language: {},
    label: {},
    line: { type: Number },
    faultLines: { attribute: false },
  };
  declare source: string;
  declare language: Language;
  declare label: string;
  declare line: number;
  declare faultLines: number[];
  #marked: number[] = [];

  static override styles = [
    base,
    code,
    css`
      :host {
        position: relative;
        overflow: auto;
        min-height: 0;
      }
      ol {
        margin: 0;
        padding: 8px 0 24px;
        list-style: none;
        font: calc(13px * var(--scale, 1)) / 1.65 var(--mono);
      }
      li {
        display: grid;
        grid-template-columns: 44px 1fr;
        padding-right: 16px;
        border-left: 3px solid transparent;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        cursor: pointer;
        min-height: 1.65em;
      }
      li:hover {
        background: var(--hair);
      }
      /* What does not fit goes on below, deeper than its line begins. */
      .text {
        text-indent: -4ch;
        padding-left: 4ch;
      }
      .in-2 {
        text-indent: -6ch;
        padding-left: 6ch;
      }
      .in-4 {
        text-indent: -8ch;
        padding-left: 8ch;
      }
      .gutter {
        padding-right: 14px;
        text-align: right;
        color: var(--soft);
        user-select: none;
      }
      .now {
        background: var(--now-wash);
        border-color: var(--now);
      }
      .guilty {
        background: var(--bad-wash);
        border-color: var(--bad);
      }
      .involved {
        border-color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    this.language = 'c++';
    this.label = say('Program');
    this.line = 0;
    this.faultLines = [];
  }

  /** The lines are drawn once; a step only moves the marks. */
  protected override updated(changed: PropertyValues): void {
    const items = this.renderRoot.querySelectorAll('li');
    const marked = [this.line, ...this.faultLines];
    for (const line of [...this.#marked, ...marked]) {
      const item = items[line - 1];
      if (!item) continue;
      item.className = stateOf(line, this.line, this.faultLines);
      item.ariaCurrent = line === this.line ? 'step' : null;
    }
    this.#marked = marked;
    if (changed.has('line') || changed.has('width')) onceDrawn(this, () => this.#scroll());
  }

  /** Keeps the lit line in view, with a line or two around it. */
  #scroll() {
    const line = this.renderRoot.querySelector<HTMLElement>('.now');
    if (!line) return;
    const [from, height] = [this.scrollTop, this.clientHeight];
    const [top, bottom] = [line.offsetTop - 2 * line.offsetHeight, line.offsetTop + 3 * line.offsetHeight];
    if (top < from) return () => (this.scrollTop = top);
    if (bottom > from + height) return () => (this.scrollTop = bottom - height);
    return;
  }

  protected override render() {
    const { source, language } = this;
    return html`<ol aria-label=${this.label} tabindex="0" @click=${this.#clicked}>
      ${guard([source, language], () =>
        source
          .replace(/\n$/, '')
          .split('\n')
          .map(
            (text, index) =>
              html`<li>
                <span class="gutter" aria-hidden="true">${index + 1}</span
                ><span class="text in-${text.search(/\S/)}">${words(text, language)}</span>
              </li>`,
          ),
      )}
    </ol>`;
  }

  #clicked(event: Event): void {
    const items = [...this.renderRoot.querySelectorAll('li')];
    const detail = 1 + items.indexOf((event.target as Element).closest('li')!);
    if (detail > 0) this.dispatchEvent(new CustomEvent('goto', { detail }));
  }
}

function words(text: string, language: Language) {
  const parts = [];
  let at = 0;
  for (const { from, to, kind } of tokens(text, language)) {
    parts.push(text.slice(at, from), html`<span class=${kind}>${text.slice(from, to)}</span>`);
    at = to;
  }
  return [...parts, text.slice(at)];
}
