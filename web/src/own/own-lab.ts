import { LitElement, html, nothing } from 'lit';
import { plural } from '../core/format.js';
import { fileAt, isEmbedded } from '../core/home.js';
import { readTextFile } from '../labs/files.js';
import { save } from '../share/save.js';
import type { ExercisePart } from '../parts/exercise.js';
import type { ScriptEditor } from '../parts/script-editor.js';
import { LONGEST_ADDRESS, write, type OwnView } from '../state/address.js';
import type { Show } from '../state/show.js';
import { base } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import type { OwnModel } from './model.js';
import { ScriptPlayer, type StructPlayer } from './players.js';
import { lesson } from './shared.js';
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
        : html`<p class="first" role="status">Reading the lesson…</p>`;
    }
    return html`${isEmbedded() ? nothing : this.#renderWays()} ${this.#renderPart(model.view)}`;
  }

  #renderPart(view: OwnView) {
    const { model, revision } = this;
    const show = model.view === 'write' ? BESIDE : this.show;
    const { player, lesson } = model;
    if (!player || !lesson) return html`<p class="first soft">Here the lesson is shown once it has no mistakes.</p>`;
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
      ['program', 'Lesson'],
      ['exercise', 'Exercise'],
    ];
    return html`<div class="views" role="group" aria-label="Parts of the lesson">
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
      <button class="present" title="Its text, to be changed (e)" @click=${() => model.show('write')}>Edit</button>
    </div>`;
  }

  /** For those who only opened it: all that is wrong, and the way to where it can be mended. */
  #renderMistakes() {
    const { problems } = this.model;
    return html`<div class="first" role="alert">
      <p>This lesson cannot be played: ${plural(problems.length, 'mistake')} in its text.</p>
      <ol>
        ${problems.map(({ line, message }) => html`<li><b>Line ${line}:</b> ${message}.</li>`)}
      </ol>
      ${isEmbedded() ? nothing : html`<button @click=${() => this.model.show('write')}>Edit the lesson</button>`}
    </div>`;
  }

  #renderWriting() {
    const { model } = this;
    return html`<div class="ways">
        <h2>Write your own lesson</h2>
        <span class="told" role="status">${this.said}</span>
        <nav aria-label="The lesson">
          <button title="Open a lesson in Markdown (o)" @click=${this.#choose}>Open…</button>
          <button @click=${this.#save}>Save the .md</button>
          <button @click=${this.#copyTag}>Copy the tag</button>
          <button @click=${this.#copyLink}>Copy the link</button>
          <button ?disabled=${model.problems.length > 0} @click=${() => model.show('program')}>Play it</button>
        </nav>
        <input type="file" accept=".md,.markdown,text/markdown,text/plain" hidden @change=${this.#chosen} />
      </div>
      <div class="writing" @dragover=${(event: Event) => event.preventDefault()} @drop=${this.#dropped}>
        <section class="text" aria-label="Text of the lesson">
          <heapyard-script-editor
            .language=${'markdown'}
            label="The lesson, in Markdown"
            .text=${model.text}
            .problems=${model.problems}
            @edit=${this.#edited}
          ></heapyard-script-editor>
          <div class="mistakes" role="status">${this.#renderState()}</div>
        </section>
        <section class="preview" aria-label="The lesson as it is played">
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
      return html`${plural(problems.length, 'mistake')}${lesson ? '; beside it is the lesson as it was before' : ''}:
        <ol>
          ${problems.map(
            ({ line, message }) =>
              html`<li><button @click=${() => this.#editor?.edit(line)}>Line ${line}</button>: ${message}.</li>`,
          )}
        </ol>`;
    }
    if (failure) return failure;
    return html`<span class="soft"
      >No mistakes. ${lesson ? plural(lesson.prose.questions.length, 'question') : ''}</span
    >`;
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
      return this.#say('This lesson is too long for a link: save it and name the file in the tag.');
    await this.#copy(fileAt(link), 'Link copied: it opens the lesson.');
  };

  #copyTag = async (): Promise<void> => {
    await this.#copy(
      tagOf(this.model.text, fileAt('embed.js'), await this.#link()),
      'Tag copied: paste it into your page.',
    );
  };

  async #copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(said);
    } catch {
      this.#say('This browser lets nobody copy here.');
    }
  }

  #say(words: string): void {
    window.clearTimeout(this.#saying);
    this.said = words;
    this.#saying = window.setTimeout(() => (this.said = ''), 6000);
  }
}

interface OwnStageElement extends HTMLElement {
  key(event: KeyboardEvent): boolean;
}
