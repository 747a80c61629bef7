import { LitElement, css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { isEmbedded, wayTo } from '../core/home.js';
import { exercises } from '../core/load.js';
import type { ExerciseResult } from '../core/module.js';
import { write } from '../state/address.js';
import type { Taught } from '../state/asking.js';
import type { Exercise as Task } from '../state/lesson-session.js';
import { base } from '../styles/base.js';
import { languageOf, told } from '../words/english.js';
import { say, saying } from '../words/say.js';
import { outermost, scrollIntoView } from './around.js';
import type { ScriptEditor } from './script-editor.js';

/** The exercise that ends a lesson: a task, an attempt at it, and what the core says to each goal. */
export class ExercisePart extends LitElement {
  static override properties = {
    session: { attribute: false },
    attempt: { state: true },
    result: { state: true },
    failure: { state: true },
    link: { state: true },
  };
  declare session: Taught;
  declare private attempt: string;
  declare private result: ExerciseResult | null;
  declare private failure: string;
  declare private link: string;
  #task: Task | null = null;
  #keys: EventTarget = window; // whose keys are listened to: a page around has its own

  static override styles = [
    base,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 20px 24px 40px;
        line-height: 1.55;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        gap: 20px 32px;
        max-width: 1120px;
        margin: 0 auto;
        align-items: start;
      }
      .task {
        grid-column: 1 / -1;
        max-width: 72ch;
      }
      .task > :not(:last-child) {
        margin-bottom: 8px;
      }
      code,
      pre {
        font-family: var(--mono);
        font-size: 0.92em;
      }
      .attempt {
        display: flex;
        flex-direction: column;
        gap: 12px;
      }
      heapyard-script-editor {
        border: 1px solid var(--line);
        border-radius: var(--round-card);
        background: var(--card);
        min-height: 220px;
        max-height: 60cqh;
        padding-top: 8px;
      }
      fieldset {
        border: 1px solid var(--line);
        border-radius: var(--round-card);
        padding: 8px 14px 12px;
        margin: 0;
        display: grid;
        gap: 6px;
      }
      fieldset label {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: 32px;
        cursor: pointer;
      }
      input[type='radio'] {
        min-height: 0;
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--ink);
      }
      summary {
        padding: 4px 0;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
      }
      .actions button:first-child {
        background: var(--ink);
        color: var(--paper);
        border-color: var(--ink);
        font-weight: 600;
      }
      ul {
        list-style: none;
        padding: 0;
        margin: 8px 0 0;
        display: grid;
        gap: 8px;
      }
      li {
        display: grid;
        grid-template-columns: 22px 1fr;
      }
      li .said {
        grid-column: 2;
        font-size: var(--size-small);
        color: var(--soft);
      }
      .mark {
        font-weight: 700;
      }
      .missed .mark {
        color: var(--bad);
      }
      .program {
        grid-column: 1;
      }
      .verdict {
        margin-top: 12px;
        scroll-margin: 16px;
        font-weight: 650;
      }
      details pre {
        margin: 8px 0 0;
        white-space: pre-wrap;
      }
      @media (pointer: coarse) {
        fieldset label,
        .verdict a,
        summary {
          min-height: var(--touch);
          align-content: center;
        }
        .verdict a {
          display: inline-block;
        }
      }
      @container (max-width: 760px) {
        :host {
          padding: 16px 16px 32px;
        }
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.attempt = '';
    this.result = null;
    this.failure = '';
    this.link = '';
  }

  /** The session stays the same when an address opens another lesson's exercise in place of this one. */
  #changed = (): void => this.requestUpdate();

  protected override willUpdate(): void {
    this.session.addEventListener('change', this.#changed);
    const task = this.session.prose?.exercise ?? null;
    if (task === this.#task) return;
    this.#task = task;
    this.result = null;
    this.failure = '';
    this.#hideSolution();
    this.attempt = this.session.attempt ?? task?.start ?? '';
    void this.#makeLink();
  }

  protected override render() {
    const task = this.#task;
    if (!task) return nothing;
    const { result } = this;
    return html`<div class="columns">
      <div class="task">
        <h2>${say('Exercise')}</h2>
        ${told(
          this.session.prose!,
          task.task.map((each) => unsafeHTML(each)),
        )}
      </div>
      <div class="attempt">
        ${task.kind === 'program' ? this.#renderChoices(task) : this.#renderEditor(task)}
        <div class="actions">
          <button title=${say('Ctrl Enter')} @click=${this.check}>${say('Check')}</button>
          <button @click=${this.#again}>${say('Start over')}</button>
          ${this.link ? html`<a href=${wayTo(this.link)}>${task.kind === 'heap' ? say('Open in the heap lab') : say('Open in the alignment lab')}</a>` : nothing}
        </div>
        <details class="solution">
          <summary>${say('Show a solution')}</summary>
          ${
            task.kind === 'program'
              ? html`<p class="card">${wordsOfChoice(task, task.solution)}</p>`
              : html`<pre class="card">${task.solution}</pre>`
          }
        </details>
      </div>
      <div>
        <h2>${say('Solved when')}</h2>
        <ul>
          ${task.goals.map(({ words }, index) => {
            const goal = result?.goals[index];
            return html`<li class=${goal && !goal.met ? 'missed' : ''}>
              <span class="mark" aria-hidden="true">${goal ? (goal.met ? '✓' : '✗') : '○'}</span>
              <span
                ><span lang=${languageOf(this.session.prose!)}>${words}</span
                >${goal ? html`<span class="unseen">${goal.met ? say(': met') : say(': not met')}</span>` : nothing}</span
              >
              ${goal ? html`<span class="said">${goal.said}</span>` : nothing}
            </li>`;
          })}
        </ul>
        <p class="verdict" role="status">${this.#verdict()}</p>
      </div>
      ${
        task.source
          ? html`<details class="program" open>
              <summary>${say('The program')}</summary>
              <pre class="card" tabindex="0">${task.source}</pre>
            </details>`
          : nothing
      }
    </div>`;
  }

  #renderEditor(task: Task) {
    return html`<heapyard-script-editor
      language=${task.kind === 'heap' ? 'script' : 'c'}
      label=${say('Your attempt')}
      .text=${this.attempt}
      .problems=${this.result?.problems ?? []}
      @edit=${(event: CustomEvent<{ text: string }>) => this.#edited(event.detail.text)}
      @click=${this.#clickedBelow}
    ></heapyard-script-editor>`;
  }

  #renderChoices(task: Task) {
    return html`<fieldset>
      <legend>${say('Your choice')}</legend>
      ${task.choices.map(
        ({ choice, words }) =>
          html`<label
            ><input
              type="radio"
              name="choice"
              .checked=${choice === this.attempt.trim()}
              @change=${() => this.#edited(choice)}
            />${words}</label
          >`,
      )}
    </fieldset>`;
  }

  #verdict() {
    if (this.failure) return this.failure;
    const { result } = this;
    if (!result) return '';
    const [problem] = result.problems;
    if (problem) return say('Line {0}: {1}.', problem.line, problem.message);
    const { next, number } = this.session.prose!;
    if (result.solved && number === 0) return say('Solved.');
    if (result.solved) {
      return next
        ? saying('Solved. Next: {0}', html`<a href=${wayTo(`#/lessons?l=${next.id}`)}>${next.title}</a>`)
        : html`${say('Solved. That was the last lesson.')} <a href=${wayTo('#/lessons')}>${say('All lessons')}</a>`;
    }
    const met = result.goals.filter((goal) => goal.met).length;
    return say('Not yet: {0} of {1} goals are met.', met, result.goals.length);
  }

  /** A short text leaves room below it. */
  #clickedBelow(event: Event): void {
    const editor = event.currentTarget as ScriptEditor;
    if (event.composedPath()[0] === editor) editor.edit(editor.text.split('\n').length);
  }

  #edited(text: string): void {
    this.attempt = text;
    this.result = null;
    this.session.attempted(text);
    void this.#makeLink();
  }

  #again(): void {
    this.#hideSolution();
    this.failure = '';
    this.#edited(this.#task!.start);
  }

  #hideSolution(): void {
    this.renderRoot.querySelector('.solution')?.removeAttribute('open');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#keys = isEmbedded() ? outermost(this) : window;
    this.#keys.addEventListener('keydown', this.#keydown, { capture: true });
  }

  override disconnectedCallback(): void {
    this.#keys.removeEventListener('keydown', this.#keydown, { capture: true });
    this.session.removeEventListener('change', this.#changed);
    super.disconnectedCallback();
  }

  /** Before the editor sees it, to which it means a new line. */
  #keydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void this.check();
  };

  /** Lets the core judge the attempt. The verdict is emptied before: one that stays the same would not be said again. */
  check = async (): Promise<void> => {
    const task = this.#task!;
    this.result = null;
    this.failure = '';
    const [judged] = await Promise.all([this.#judge(task), this.updateComplete]);
    if (this.#task !== task) return;
    if (typeof judged === 'string') this.failure = judged;
    else this.result = judged;
    if (this.result) this.session.judged(this.attempt, this.result);
    await this.updateComplete;
    const verdict = this.renderRoot.querySelector('.verdict');
    if (verdict) scrollIntoView(verdict);
    // Ctrl Enter works wherever the reader is; from nowhere, the next Tab would begin at the top of the page.
    if (document.activeElement === document.body)
      this.renderRoot.querySelector<HTMLElement>('.actions button')?.focus();
  };

  /** What became of the attempt, or why that cannot be said. */
  async #judge(task: Task): Promise<ExerciseResult | string> {
    const attempt = this.attempt.trim();
    if (task.kind === 'program' && attempt === '') return say('Choose one first.');
    const goals = task.goals.map(({ goal }) => goal);
    try {
      const module = await exercises();
      if (task.kind === 'heap') return module.checkHeapExercise(this.attempt, task.allocator, task.arena, goals);
      if (task.kind === 'struct') return module.checkStructExercise(this.attempt, goals);
      return module.checkProgramExercise(this.session.prose!.id, attempt, goals);
    } catch {
      return say('The part that checks it could not be fetched: is this computer still online?');
    }
  }

  /** The attempt in the lab where it can be watched. */
  async #makeLink(): Promise<void> {
    const { attempt: text } = this;
    const task = this.#task;
    if (!task || task.kind === 'program') {
      this.link = '';
      return;
    }
    const { allocator, arena } = task;
    const link =
      task.kind === 'heap'
        ? await write({ lab: 'heap', text, allocator, arena, step: 0, block: null })
        : await write({ lab: 'alignment', text, abi: 'x86_64', record: null });
    if (this.attempt === text) this.link = link;
  }

  /** Opens the attempt for editing, or its first choice. */
  begin(): void {
    const editor = this.renderRoot.querySelector<ScriptEditor>('heapyard-script-editor');
    if (editor) editor.edit(1);
    else this.renderRoot.querySelector<HTMLInputElement>('input:checked, input')?.focus();
  }
}

/** A choice as the reader sees it, in place of its id. */
export function wordsOfChoice({ choices }: Task, choice: string): string {
  return choices.find((each) => each.choice === choice.trim())?.words ?? choice;
}
