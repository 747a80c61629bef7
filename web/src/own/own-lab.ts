import { LitElement, html, nothing } from 'lit';
import { count } from '../core/format.js';
import { fileAt, isEmbedded } from '../core/home.js';
import { readTextFile } from '../labs/files.js';
import { save } from '../share/save.js';
import type { ExercisePart } from '../parts/exercise.js';
import type { ScriptEditor } from '../parts/script-editor.js';
import { LONGEST_ADDRESS, write, type OwnView } from '../state/address.js';
import type { Show } from '../state/show.js';
import { base } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { say } from '../words/say.js';
import { lesson } from '../styles/lesson.js';
import type { OwnModel } from './model.js';
import { ScriptPlayer, type StructPlayer } from './players.js';
import { shell } from './styles.js';
import { tagOf } from './tag.js';

/** Beside the text, which has the script already. */
const BESIDE: Show = new Set(['heap', 'story', 'exercise'] as const);

/** A lesson of somebody's own: played, or written with what it comes to beside it. */
export class OwnLab extends LitElement {
  static override properties = {
    model: { attribute: false },
    revision: { type: Number },
    show: { attribute: false },
    beside: { state: true },
    said: { state: true },
  };
  declare model: OwnModel;
  declare revision: number;
  declare show: Show;
  declare private beside: OwnView; // the editor
  declare private said: string; // what became of a button
  #edit = 0;
  #saying = 0;

  static override styles = [base, stage, lesson, shell];

  constructor() {
    super();
    this.show = null;
    this.beside = 'program';
    this.said = '';
  }

  protected override render() {
    const { model } = this;
    if (model.view === 'write') return this.#renderWriting();
    if (model.problems.length > 0) return this.#renderMistakes();
    if (!model.lesson) {
      return model.failure
        ? html`<p class="first" role="alert">${model.failure}</p>`
        : html`<p class="first" role="status">${say('Reading the lesson…')}</p>`;
    }
    return html`${isEmbedded() ? nothing : this.#renderWays()} ${this.#renderPart(model.view)}`;
  }

  #renderPart(view: OwnView) {
    const { model, revision } = this;
    const show = model.view === 'write' ? BESIDE : this.show;
    const { player, lesson } = model;
    if (!player || !lesson)
      return html`<p class="first soft">${say('Here the lesson is shown once it has no mistakes.')}</p>`;
    if (view === 'exercise' && lesson.prose.exercise.goals.length > 0) {
      return html`<heapyard-exercise class="part" tabindex="-1" .session=${model}></heapyard-exercise>`;
    }
    return player instanceof ScriptPlayer
      ? html`<heapyard-own-stage
          class="played"
          .model=${model}
          .session=${player}
          .revision=${revision}
          .show=${show}
        ></heapyard-own-stage>`
      : html`<heapyard-own-struct-stage
          class="played"
          .model=${model}
          .player=${player as StructPlayer}
          .revision=${revision}
          .show=${show}
        ></heapyard-own-struct-stage>`;
  }

  #renderViews(now: OwnView, choose: (view: OwnView) => void) {
    if (!this.model.prose?.exercise.goals.length) return nothing;
    const views: [OwnView, string][] = [
      ['program', say('Lesson')],
      ['exercise', say('Exercise')],
    ];
    return html`<div class="views" role="group" aria-label=${say('Parts of the lesson')}>
      ${views.map(
        ([view, title]) => html`<button aria-pressed=${view === now} @click=${() => choose(view)}>${title}</button>`,
      )}
    </div>`;
  }

  #renderWays() {
    const { model } = this;
    return html`<div class="ways">
      <h2>${model.prose!.title}</h2>
      ${this.#renderViews(model.view, (view) => model.show(view))}
      <button class="present" title=${say('Its text, to be changed (e)')} @click=${() => model.show('write')}>
        ${say('Edit')}
      </button>
    </div>`;
  }

  /** For those who only opened it: all that is wrong, and the way to where it can be mended. */
  #renderMistakes() {
    const { problems } = this.model;
    return html`<div class="first" role="alert">
      <p>${say('This lesson cannot be played: {0} in its text.', mistakes(problems.length))}</p>
      <ol>
        ${problems.map(({ line, message }) => html`<li><b>${say('Line {0}:', line)}</b> ${message}.</li>`)}
      </ol>
      ${isEmbedded() ? nothing : html`<button @click=${() => this.model.show('write')}>${say('Edit the lesson')}</button>`}
    </div>`;
  }

  #renderWriting() {
    const { model } = this;
    return html`<div class="ways">
        <h2>${say('Write your own lesson')}</h2>
        <span class="told" role="status">${this.said}</span>
        <nav aria-label=${say('The lesson')}>
          <button title=${say('Open a lesson in Markdown (o)')} @click=${this.#choose}>${say('Open…')}</button>
          <button @click=${this.#save}>${say('Save the .md')}</button>
          <button @click=${this.#copyTag}>${say('Copy the tag')}</button>
          <button @click=${this.#copyLink}>${say('Copy the link')}</button>
          <button ?disabled=${model.problems.length > 0} @click=${() => model.show('program')}>
            ${say('Play it')}
          </button>
        </nav>
        <input type="file" accept=".md,.markdown,text/markdown,text/plain" hidden @change=${this.#chosen} />
      </div>
      <div class="writing" @dragover=${(event: Event) => event.preventDefault()} @drop=${this.#dropped}>
        <section class="text" aria-label=${say('Text of the lesson')}>
          <heapyard-script-editor
            .language=${'markdown'}
            label=${say('The lesson, in Markdown')}
            .text=${model.text}
            .problems=${model.problems}
            @edit=${this.#edited}
          ></heapyard-script-editor>
          <div class="mistakes" role="status">${this.#renderState()}</div>
        </section>
        <section class="preview" aria-label=${say('The lesson as it is played')}>
          ${
            model.prose?.exercise.goals.length
              ? html`<div class="ways">${this.#renderViews(this.beside, (view) => (this.beside = view))}</div>`
              : nothing
          }
          ${this.#renderPart(this.beside)}
        </section>
      </div>`;
  }

  #renderState() {
    const { problems, lesson, failure } = this.model;
    if (problems.length > 0) {
      const wrong = mistakes(problems.length);
      return html`${lesson ? say('{0}; beside it is the lesson as it was before', wrong) : wrong}:
        <ol>
          ${problems.map(
            ({ line, message }) =>
              html`<li>
                <button @click=${() => this.#editor?.edit(line)}>${say('Line {0}', line)}</button>: ${message}.
              </li>`,
          )}
        </ol>`;
    }
    if (failure) return failure;
    if (!lesson) return html`<span class="soft">${say('Checking…')}</span>`;
    return html`<span class="soft">${say('No mistakes.')} ${questions(lesson.prose.questions.length)}</span>`;
  }

  get #editor(): ScriptEditor | null {
    return this.renderRoot.querySelector<ScriptEditor>('heapyard-script-editor');
  }

  /** Keys of this lab; true when the key was one of them. */
  key(event: KeyboardEvent): boolean {
    const { model } = this;
    const exercise = this.renderRoot.querySelector<ExercisePart>('heapyard-exercise');
    if (event.key === 'Escape' && exercise && model.view === 'exercise') model.show('program');
    else if (event.key === 'x' && model.view !== 'write' && model.prose?.exercise.goals.length)
      model.show(exercise ? 'program' : 'exercise');
    else if (event.key === 'e' && exercise) exercise.begin();
    else if (event.key === 'e' && !isEmbedded()) void this.#write();
    else if (event.key === 'a')
      this.renderRoot.querySelector('.played')?.shadowRoot?.querySelector<HTMLElement>('#answer')?.focus();
    else if (event.key === 'o' && !isEmbedded()) void this.#choose();
    else return this.renderRoot.querySelector<OwnStageElement>('.played')?.key(event) ?? false;
    return true;
  }

  async #write(): Promise<void> {
    this.model.show('write');
    await this.updateComplete;
    this.#editor?.edit(1);
  }

  #edited = (event: CustomEvent<{ text: string }>): void => {
    window.clearTimeout(this.#edit);
    const { text } = event.detail;
    this.#edit = window.setTimeout(() => void this.model.open(text), 250);
  };

  #choose = async (): Promise<void> => {
    if (this.model.view !== 'write') this.model.show('write');
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')!.click();
  };

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (file) void this.#openFile(file);
  };

  #dropped = (event: DragEvent): void => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    void this.#openFile(file);
  };

  async #openFile(file: File): Promise<void> {
    const read = await readTextFile(file);
    if ('reason' in read) this.#say(read.reason);
    else await this.model.open(read.text, { step: 0 });
  }

  #save = (): void => {
    save(`${this.model.prose?.id ?? 'lesson'}.md`, 'text/markdown', this.model.text);
  };

  async #link(): Promise<string> {
    return write({ lab: 'own', text: this.model.text, view: 'program', step: 0, block: null });
  }

  #copyLink = async (): Promise<void> => {
    const link = await this.#link();
    if (link.length > LONGEST_ADDRESS)
      return this.#say(say('This lesson is too long for a link: save it and name the file in the tag.'));
    await this.#copy(fileAt(link), say('Link copied: it opens the lesson.'));
  };

  #copyTag = async (): Promise<void> => {
    await this.#copy(
      tagOf(this.model.text, fileAt('embed.js'), await this.#link()),
      say('Tag copied: paste it into your page.'),
    );
  };

  async #copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(said);
    } catch {
      this.#say(say('This browser lets nobody copy here.'));
    }
  }

  #say(words: string): void {
    window.clearTimeout(this.#saying);
    this.said = words;
    this.#saying = window.setTimeout(() => (this.said = ''), 6000);
  }
}

const mistakes = (number: number) => (number === 1 ? say('1 mistake') : say('{0} mistakes', count(number)));
const questions = (number: number) => (number === 1 ? say('1 question') : say('{0} questions', count(number)));

interface OwnStageElement extends HTMLElement {
  key(event: KeyboardEvent): boolean;
}
