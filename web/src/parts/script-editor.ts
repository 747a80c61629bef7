import { LitElement, css, html, nothing } from 'lit';
import { count } from '../core/format.js';
import type { Problem } from '../core/module.js';
import { lineCount } from '../state/script-text.js';
import { base } from '../styles/base.js';
import { code } from '../styles/code.js';
import { say } from '../words/say.js';
import type { RichEditor } from './code-mirror.js';
import { indexOfColumn, stateOf, tokens, type Language } from './highlight.js';

const LONGEST_EDITABLE = 200_000; // characters; longer texts are traces, shown around their current line
const LINES_AROUND = 12;

/**
 * A text with its current line lit and its errors in place. It begins as a plain listing; the rich editor is fetched
 * when the text is first touched. Sends `edit` {text, line} and `goto` {line}.
 */
export class ScriptEditor extends LitElement {
  static override properties = {
    text: { attribute: false },
    language: { type: String },
    label: { type: String },
    problems: { attribute: false },
    line: { type: Number },
    faultLines: { attribute: false },
    gutter: { type: Boolean },
    plain: { state: true },
    rich: { state: true },
  };
  declare text: string;
  declare language: Language;
  declare label: string;
  declare problems: Problem[];
  declare line: number; // the line of this step, 0 for none
  declare faultLines: number[];
  declare gutter: boolean; // line numbers lead to their steps
  declare private plain: boolean; // the rich editor could not be fetched
  declare private rich: boolean;
  #editor: RichEditor | null = null;
  #opening = false;

  static override styles = [
    base,
    code,
    css`
      :host {
        min-height: 0;
        overflow: auto;
        font: 13.5px / 24px var(--mono);
      }
      .listing {
        cursor: text;
        min-height: 100%;
        padding: 0 0 24px;
      }
      .listing:focus-visible {
        outline-offset: -2px;
      }
      .row {
        display: grid;
        grid-template-columns: 44px 1fr;
        padding-right: 16px;
      }
      .wide .row {
        grid-template-columns: 84px 1fr;
      }
      .row.now {
        background: var(--now-wash);
        box-shadow: inset 3px 0 var(--now);
      }
      .row.guilty {
        background: var(--bad-wash);
        box-shadow: inset 3px 0 var(--bad);
      }
      .row.involved {
        box-shadow: inset 3px 0 var(--bad-wash);
        background: linear-gradient(90deg, var(--bad-wash), transparent 60%);
      }
      .no {
        color: var(--soft);
        text-align: right;
        padding-right: 12px;
        font-size: 12px;
        user-select: none;
      }
      .gutter .no {
        cursor: pointer;
      }
      .gutter .no:hover {
        color: var(--ink);
        text-decoration: underline;
      }
      .words {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        min-width: 0;
      }
      .problem-note {
        grid-column: 2;
      }
      textarea {
        display: block;
        width: 100%;
        min-height: 240px;
        border: 0;
        padding: 0 16px 0 44px;
        font: inherit;
        color: inherit;
        background: none;
        resize: vertical;
      }
      .skipped {
        padding: 4px 16px 4px 44px;
        color: var(--soft);
        font: var(--size-small) / 1.5 var(--sans);
      }
      .host:not(:empty) {
        height: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.language = 'script';
    this.label = say('Script');
    this.problems = [];
    this.line = 0;
    this.faultLines = [];
    this.gutter = false;
    this.plain = false;
    this.rich = false;
  }

  override disconnectedCallback(): void {
    this.#editor?.destroy();
    this.#editor = null;
    this.rich = false;
    super.disconnectedCallback();
  }

  /** Opens the text for editing, with the cursor at a line. */
  edit(line = Math.max(1, this.line)): void {
    void this.#open(line, Infinity);
  }

  get #long(): boolean {
    return this.text.length > LONGEST_EDITABLE;
  }

  protected override render() {
    if (this.#long) return this.#renderExcerpt();
    if (this.plain) {
      return html`<textarea
          aria-label=${this.label}
          spellcheck="false"
          .value=${this.text}
          @input=${this.#typed}
        ></textarea>
        ${this.problems.map((problem) => html`<p class="problem-note" role="alert">${say('Line {0}: {1}', problem.line, problem.message)}</p>`)}`;
    }
    return html`<div class="host"></div>
      ${this.rich ? nothing : this.#renderListing()}`;
  }

  #renderListing() {
    const lines = this.text.replace(/\n$/, '').split('\n');
    return html`<div
      class="listing ${this.gutter ? 'gutter' : ''}"
      role="textbox"
      aria-multiline="true"
      aria-label=${this.label}
      tabindex="0"
      @focus=${this.#focused}
      @pointerdown=${this.#pressed}
    >
      ${lines.map((line, index) => this.#renderRow(line, index + 1))}
    </div>`;
  }

  #renderRow(line: string, number: number) {
    const problem = this.problems.find((each) => each.line === number);
    return html`<div class="row ${stateOf(number, this.line, this.faultLines)}" data-line=${number}>
      <span class="no">${number}</span><span class="words">${this.#renderWords(line, problem)}</span>
      ${problem ? html`<span class="problem-note">${problem.message}</span>` : nothing}
    </div>`;
  }

  #renderWords(line: string, problem: Problem | undefined) {
    if (problem) {
      const from = indexOfColumn(line, problem.column);
      const to = indexOfColumn(line, problem.column + problem.length);
      return html`${line.slice(0, from)}<span class="problem">${line.slice(from, to) || ' '}</span>${line.slice(to)}`;
    }
    const parts = [];
    let at = 0;
    for (const token of tokens(line, this.language)) {
      parts.push(
        line.slice(at, token.from),
        html`<span class=${token.kind}>${line.slice(token.from, token.to)}</span>`,
      );
      at = token.to;
    }
    return [...parts, line.slice(at)];
  }

  /** A text too long to edit here: its lines around the current one. */
  #renderExcerpt() {
    const first = Math.max(1, this.line - LINES_AROUND);
    const lines: string[] = [];
    let at = 0;
    for (let skip = 1; skip < first && at >= 0; ++skip) at = this.text.indexOf('\n', at) + 1 || -1;
    while (at >= 0 && lines.length < 2 * LINES_AROUND + 1) {
      const end = this.text.indexOf('\n', at);
      lines.push(this.text.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? -1 : end + 1;
    }
    return html`<p class="skipped">
        ${say('{0} lines: too many to edit here. These are around the step.', count(lineCount(this.text)))}
      </p>
      <div class="gutter wide" @pointerdown=${this.#pressed}>
        ${lines.map((line, index) => this.#renderRow(line, first + index))}
      </div>`;
  }

  #typed(event: Event): void {
    const area = event.target as HTMLTextAreaElement;
    this.#edited(area.value, lineCount(area.value.slice(0, area.selectionStart)));
  }

  #edited(text: string, line: number): void {
    this.text = text;
    this.dispatchEvent(new CustomEvent('edit', { detail: { text, line } }));
  }

  #focused(): void {
    void this.#open(Math.max(1, this.line), Infinity);
  }

  #pressed(event: PointerEvent): void {
    const target = event.composedPath()[0] as Element;
    const row = target.closest<HTMLElement>('.row');
    const line = Number(row?.dataset['line'] ?? 0);
    if (this.gutter && target.classList.contains('no')) {
      event.preventDefault();
      this.#goto(line);
      return;
    }
    if (this.#long) return;
    event.preventDefault();
    void this.#open(line || lineCount(this.text), this.#columnAt(event, row));
  }

  #columnAt(event: PointerEvent, row: HTMLElement | null): number {
    const words = row?.querySelector('.words');
    if (!words) return Infinity;
    const box = words.getBoundingClientRect();
    return Math.max(0, Math.round((event.clientX - box.left) / 8.1));
  }

  #goto(line: number): void {
    this.dispatchEvent(new CustomEvent('goto', { detail: { line } }));
  }

  async #open(line: number, column: number): Promise<void> {
    if (this.#long || this.plain) return;
    if (this.#editor) return this.#editor.focus(line);
    if (this.#opening) return;
    this.#opening = true;
    try {
      const { openEditor } = await import('./code-mirror.js');
      this.#editor = openEditor({
        parent: this.renderRoot.querySelector('.host')!,
        root: this.renderRoot as ShadowRoot,
        text: this.text,
        label: this.label,
        language: this.language,
        edited: (text, at) => this.#edited(text, at),
        goto: this.gutter ? (at) => this.#goto(at) : null,
      });
      this.rich = true;
      this.#show();
      await this.updateComplete;
      this.#editor.focus(line, column);
    } catch (error) {
      console.warn('Heapyard: the rich editor could not be fetched; a plain one stands in.', error);
      this.plain = true;
      await this.updateComplete;
      this.renderRoot.querySelector('textarea')?.focus();
    } finally {
      this.#opening = false;
    }
  }

  #show(): void {
    this.#editor?.show({
      text: this.text,
      line: this.line,
      faultLines: this.faultLines,
      problems: this.problems,
    });
  }

  protected override updated(): void {
    if (this.#long && this.#editor) {
      this.#editor.destroy();
      this.#editor = null;
      this.rich = false;
    }
    this.#show();
    if (!this.rich) this.#reveal();
  }

  /** Scrolls the lit line into view within the listing alone. */
  #reveal(): void {
    const row = this.renderRoot.querySelector<HTMLElement>('.row.now');
    if (!row) return;
    const top = row.offsetTop - this.offsetTop;
    if (top < this.scrollTop || top + row.offsetHeight > this.scrollTop + this.clientHeight) {
      this.scrollTop = top - this.clientHeight / 2;
    }
  }
}
