import { LitElement, css, html, type PropertyValues } from 'lit';
import { base } from '../styles/base.js';
import { code } from '../styles/code.js';
import { stateOf, tokens, type Language } from './highlight.js';

/** The program of a lesson, as it was compiled, with the line of the step lit. A click on a line goes there. */
export class LessonCode extends LitElement {
  static override properties = {
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
  #lines: unknown[] = [];

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
    this.label = 'Program';
    this.line = 0;
    this.faultLines = [];
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('line')) requestAnimationFrame(() => this.#show());
  }

  /** Keeps the lit line in view, with a line or two around it. */
  #show(): void {
    const line = this.renderRoot.querySelector<HTMLElement>('.now');
    if (!line) return;
    const [top, bottom] = [line.offsetTop - 2 * line.offsetHeight, line.offsetTop + 3 * line.offsetHeight];
    if (top < this.scrollTop) this.scrollTop = top;
    else if (bottom > this.scrollTop + this.clientHeight) this.scrollTop = bottom - this.clientHeight;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('source') && !changed.has('language')) return;
    this.#lines = this.source
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => words(text, this.language));
  }

  protected override render() {
    return html`<ol aria-label=${this.label} tabindex="0">
      ${this.#lines.map((text, index) => this.#renderLine(text, index + 1))}
    </ol>`;
  }

  #renderLine(text: unknown, line: number) {
    return html`<li
      class=${stateOf(line, this.line, this.faultLines)}
      aria-current=${line === this.line ? 'step' : 'false'}
      @click=${() => this.dispatchEvent(new CustomEvent('goto', { detail: line }))}
    >
      <span class="gutter" aria-hidden="true">${line}</span><span>${text}</span>
    </li>`;
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
