import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import type { LabModel } from '../app/labs.js';
import { count } from '../core/format.js';
import { isEmbedded } from '../core/home.js';
import type { Frame, Session } from '../state/session.js';
import { shows, without, type Show } from '../state/show.js';
import { base, forms } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { machine } from '../styles/machine.js';
import { faultCards, whyCard } from '../parts/meaning.js';
import { patterns } from '../parts/patterns.js';
import type { HeapView } from '../parts/heap-view.js';
import type { ScriptEditor } from '../parts/script-editor.js';
import { readTextFile, savePicture } from './files.js';
import { reveal, type Reveal } from './reveal.js';
import { narrow, painted } from './screen.js';
import { landmark } from '../parts/around.js';
import { say, saying } from '../words/say.js';

type Sheet = 'script' | 'block' | null;

/** What heap lab and pool lab share: script, timeline, inspector, meaning, keys. They differ in picture and settings. */
export abstract class MachineLab extends LitElement {
  static override properties = {
    session: { attribute: false },
    revision: { type: Number },
    asking: { state: true },
    sheet: { state: true },
    dropping: { state: true },
    busy: { state: true },
    unreadable: { state: true },
    telling: { state: true },
    show: { attribute: false },
  };
  declare session: Session;
  declare revision: number;
  declare protected asking: boolean;
  declare protected sheet: Sheet;
  declare private dropping: boolean;
  declare protected busy: string;
  declare show: Show;
  declare private unreadable: string;
  declare private telling: boolean; // the words are open: those of a large heap take a while
  #edit = 0;
  #sheetOpener: HTMLElement | null = null;

  static override styles = [base, forms, stage, machine];

  constructor() {
    super();
    this.asking = false;
    this.sheet = null;
    this.dropping = false;
    this.busy = '';
    this.unreadable = '';
    this.telling = false;
    this.show = null;
  }

  protected abstract readonly title_: string;
  protected abstract examples(): { id: string; title: string }[];
  protected abstract openExample(id: string): void;
  /** The example that the script is, as long as it is known to be one. */
  protected get example(): string {
    return '';
  }
  protected abstract renderSettings(frame: Frame): TemplateResult;
  protected abstract renderPicture(frame: Frame): TemplateResult;
  /** What stands between the sentence and the picture. */
  protected renderAbove(_frame: Frame): TemplateResult | typeof nothing {
    return nothing;
  }
  /** What stands below the picture and its legend. */
  protected renderBelow(_frame: Frame): TemplateResult {
    return html``;
  }
  protected abstract readonly legend: TemplateResult;
  /** Whether one heap is shown, whose blocks can be looked at: with inspector, faults, reasons, and a picture to save. */
  protected readonly inspects: boolean = true;

  protected override render() {
    const { session } = this;
    const frame = session.frame;
    if (!frame) return html`<p class="first">${this.#renderRunning()}</p>`;
    const { show } = this;
    return html`<div
        class="stage ${without(show)}"
        @dragover=${this.#dragover}
        @dragleave=${this.#dragleave}
        @drop=${this.#dropped}
        @pick=${this.#picked}
        @reveal=${this.#reveal}
      >
        ${shows(show, 'code') ? this.renderScript(frame) : nothing}
        <div class="body">
          ${shows(show, 'heap') ? this.#renderMiddle(frame) : nothing}
          ${this.inspects && shows(show, 'story') ? this.renderMeaning(frame) : nothing}
        </div>
        ${this.dropping ? html`<div class="drop">${say('Drop a script, a .rep trace or a lesson')}</div>` : nothing}
      </div>
      <heapyard-transport .session=${session} .frame=${frame} .revision=${this.revision} ?numberless=${!this.inspects}>
        ${
          shows(show, 'code')
            ? html`<button slot="left" class="opener" @click=${(event: Event) => this.#openSheet('script', event)}>
                ${say('Script')}
              </button>`
            : nothing
        }
        ${
          this.inspects && shows(show, 'story')
            ? html`<button slot="right" class="opener" @click=${(event: Event) => this.#openSheet('block', event)}>
                ${say('Block')}
              </button>`
            : nothing
        }
      </heapyard-transport>`;
  }

  protected renderScript(frame: Frame) {
    const { session } = this;
    const stale = this.#stale(frame); // then the marks of the run are not for this text
    const involved = stale ? [] : frame.faults.flatMap((fault) => [fault.line, fault.allocatedLine, fault.freedLine]);
    const script = frame.run.format === 'script';
    return html`<section
      role=${landmark()}
      class="script ${this.sheet === 'script' ? 'sheet' : ''}"
      aria-label=${say('Script')}
    >
      <div class="panel-head">
        <h2>
          ${say('Script')}
          <span class="aside">${say('step {0} of {1}', count(frame.number), count(frame.run.steps))}</span>
          ${this.renderClose()}
        </h2>
        <div class="tools" ?hidden=${isEmbedded()}>
          <select aria-label=${say('Ready-made scripts')} @change=${this.#exampleChosen}>
            <option value="">${say('Examples…')}</option>
            ${this.examples().map(
              (each) => html`<option value=${each.id} .selected=${each.id === this.example}>${each.title}</option>`,
            )}
          </select>
          <button title=${say('Open a script or a .rep trace (o)')} @click=${this.openFile}>${say('Open…')}</button>
          <input type="file" hidden @change=${this.#fileChosen} />
        </div>
        ${this.unreadable ? html`<p class="note bad" role="alert">${this.unreadable}</p>` : nothing}
        ${
          session.problems.length > 0
            ? html`<p class="note bad" role="alert">
                ${session.problems.length === 1 ? say('1 line cannot be read.') : say('{0} lines cannot be read.', count(session.problems.length))}
                ${frame.run.steps > 0 ? say('The picture shows the script as it was before.') : ''}
              </p>`
            : nothing
        }
      </div>
      <heapyard-script-editor
        language="script"
        label=${say('Script, one call a line')}
        gutter
        .text=${session.text}
        .problems=${session.problems}
        .line=${stale ? 0 : frame.step.line}
        .faultLines=${involved.filter((line): line is number => line !== null)}
        @edit=${this.#edited}
        @goto=${this.#goto}
      ></heapyard-script-editor>
      ${
        session.text.trim() === ''
          ? html`<p class="hint soft">
              ${saying(
                'One call a line: {0}, {1}, {2}. Or choose an example above; {3} shows all calls.',
                html`<code>a = malloc 40</code>`,
                html`<code>write a 0 "text"</code>`,
                html`<code>free a</code>`,
                html`<kbd>?</kbd>`,
              )}
            </p>`
          : nothing
      }
      ${
        script
          ? html`<form class="allocate" novalidate @submit=${this.#allocate}>
              <label for="size" class="soft">malloc</label>
              <input
                id="size"
                inputmode="numeric"
                autocomplete="off"
                placeholder=${say('bytes')}
                aria-label=${say('Bytes to allocate')}
                @input=${(event: Event) => (event.target as HTMLInputElement).setCustomValidity('')}
              />
              <button title=${say('Adds the call to the script')} ?disabled=${stale}>${say('Allocate')}</button>
            </form>`
          : nothing
      }
    </section>`;
  }

  #renderMiddle(frame: Frame) {
    const { session } = this;
    const stale = this.#stale(frame);
    return html`<section role=${landmark()} class="picture ${stale ? 'stale' : ''}" aria-label=${this.title_}>
      <svg width="0" height="0" class="unseen" aria-hidden="true">${patterns}${svg``}</svg>
      <div class="settings">
        <h2>${this.title_}</h2>
        ${this.renderSettings(frame)}
      </div>
      ${this.session.refused ? html`<p class="note bad refused" role="alert">${this.session.refused}</p>` : nothing}
      <div class="headline">
        <p class="sentence" role="status" aria-live=${this.session.playing ? 'off' : 'polite'}>
          ${this.busy || session.running !== null ? this.#renderRunning() : this.renderSentence(frame)}
        </p>
        ${
          this.inspects
            ? html`<button
                aria-pressed=${this.asking}
                title=${say('The inner steps of this call (w)')}
                @click=${this.toggleWhy}
              >
                ${say('Why there?')}
              </button>`
            : nothing
        }
      </div>
      ${this.renderAbove(frame)}
      <div class="canvas">${this.renderPicture(frame)}</div>
      ${this.legend} ${this.renderBelow(frame)}
      <div class="foot">
        <details @toggle=${this.#told}>
          <summary>${say('The same in words')}</summary>
          <pre class="card twin" tabindex="0">${this.telling ? frame.run.lab.twin() : ''}</pre>
        </details>
        ${this.inspects ? html`<button class="quiet small" @click=${this.#savePicture}>${say('Save as SVG')}</button>` : nothing}
      </div>
    </section>`;
  }

  /** Whether text and picture are not of one run: the text cannot be read, or still runs. */
  #stale(frame: Frame): boolean {
    return this.session.running !== null || (this.session.problems.length > 0 && frame.run.steps > 0);
  }

  protected renderSentence({ step, faults }: Frame): TemplateResult {
    const committed = faults.find((fault) => fault.kind !== 'leak');
    const failed = step.failed && !step.sentence.includes(step.failed);
    return html`${committed ? html`<b class="committed">${committed.title}.</b> ` : nothing}${step.sentence}${failed ? html` <span class="soft">${step.failed}</span>` : nothing}`;
  }

  #renderRunning() {
    return html`${this.busy || say('Running…')}
      <progress aria-label=${say('The run')} max="1" value=${this.session.running ?? nothing}></progress>`;
  }

  protected renderMeaning(frame: Frame) {
    return html`<section role=${landmark()} class="meaning" aria-label=${say('What it means')}>
      ${faultCards(this.session, frame)} ${this.asking ? whyCard(this.session, frame) : nothing}
      <heapyard-inspector
        class=${this.sheet === 'block' ? 'sheet' : ''}
        .session=${this.session}
        .frame=${frame}
        @close=${this.closeSheet}
      ></heapyard-inspector>
    </section>`;
  }

  protected renderClose() {
    return html`<button class="close" @click=${this.closeSheet}>${say('Close')}</button>`;
  }

  /** Keys of this lab; true when the key was one of them. */
  key(event: KeyboardEvent): boolean {
    const { session } = this;
    switch (event.key) {
      case 'ArrowRight':
        session.step(1);
        return true;
      case 'ArrowLeft':
        session.step(-1);
        return true;
      case 'PageDown':
        session.step(10);
        return true;
      case 'PageUp':
        session.step(-10);
        return true;
      case 'Home':
        session.step(-Infinity);
        return true;
      case 'End':
        session.step(Infinity);
        return true;
      case ' ':
        session.play();
        return true;
      case 'n':
        session.nextFault();
        return true;
      case 'j':
      case 'ArrowDown':
        session.selectNeighbour(1);
        return true;
      case 'k':
      case 'ArrowUp':
        session.selectNeighbour(-1);
        return true;
      case 'w':
        if (this.inspects) this.toggleWhy();
        return this.inspects;
      case 'o':
        this.openFile();
        return true;
      case 'e':
        void this.#focusEditor();
        return true;
      case 'a':
        void this.#focusAllocate();
        return true;
      case '+':
      case '=':
        this.#view?.zoom(0.25);
        return true;
      case '-':
        this.#view?.zoom(4);
        return true;
      case '0':
        this.#view?.whole();
        return true;
      case 'Delete':
        return this.#freeSelected();
      case 'Escape':
        return this.#escape();
      default:
        return false;
    }
  }

  protected openFile = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  protected toggleWhy = (): void => {
    this.asking = !this.asking;
    if (!this.asking) this.session.light(null);
  };

  protected closeSheet = (): void => {
    this.sheet = null;
    this.#sheetOpener?.focus();
    this.#sheetOpener = null;
  };

  get #view(): HeapView | null {
    return this.renderRoot.querySelector<HeapView>('heapyard-heap-view');
  }

  #escape(): boolean {
    if (this.sheet) this.closeSheet();
    else if (this.asking) this.toggleWhy();
    else if (this.session.pinned !== null) this.session.select(null);
    else return false;
    return true;
  }

  #freeSelected(): boolean {
    const block = this.session.frame?.selected;
    if (!block || !this.session.holder(block)) return false;
    this.session.free(block);
    return true;
  }

  async #focusEditor(): Promise<void> {
    if (narrow(this)) this.sheet = 'script';
    await this.updateComplete;
    this.renderRoot.querySelector<ScriptEditor>('heapyard-script-editor')?.edit();
  }

  async #focusAllocate(): Promise<void> {
    if (narrow(this)) this.sheet = 'script';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#size')?.focus();
  }

  async #openSheet(sheet: Sheet, event: Event): Promise<void> {
    this.#sheetOpener = event.currentTarget as HTMLElement;
    this.sheet = sheet;
    await this.updateComplete;
    const root =
      sheet === 'script' ? this.renderRoot : this.renderRoot.querySelector('heapyard-inspector')!.shadowRoot!;
    root.querySelector<HTMLElement>('.close')?.focus();
  }

  #exampleChosen(event: Event): void {
    const select = event.target as HTMLSelectElement;
    if (select.value) this.openExample(select.value);
    select.value = this.example;
    this.unreadable = '';
  }

  #edited(event: CustomEvent<{ text: string; line: number }>): void {
    window.clearTimeout(this.#edit);
    const { text, line } = event.detail;
    this.session.text = text;
    this.unreadable = '';
    this.#edit = window.setTimeout(() => this.session.load(text, { line }), 180);
  }

  #goto(event: CustomEvent<{ line: number }>): void {
    this.session.pause();
    this.session.seek(this.session.run?.timeline.stepAtLine(event.detail.line) ?? 0);
  }

  #allocate(event: Event): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector<HTMLInputElement>('#size')!;
    const size = input.value.trim();
    if (size === '') return;
    if (!/^(\d+|0x[\da-f]+)$/i.test(size)) {
      input.setCustomValidity(say('A number of bytes, as 40 or 0x28'));
      input.reportValidity();
      return;
    }
    this.session.allocate(size);
    input.select();
  }

  async #picked(event: CustomEvent<{ offset: number; open: boolean }>): Promise<void> {
    this.session.select(event.detail.offset);
    if (event.detail.open && narrow(this)) {
      this.sheet = 'block';
    }
  }

  #reveal(event: Reveal): void {
    reveal([...this.renderRoot.querySelectorAll<HTMLElement>('.picture, .body, .stage')], event);
  }

  #dragover(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  }

  #dragleave(event: DragEvent): void {
    if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) this.dropping = false;
  }

  #dropped(event: DragEvent): void {
    this.dropping = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.#open(file);
  }

  #fileChosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void this.#open(file);
  }

  async #open(file: File): Promise<void> {
    this.unreadable = '';
    this.busy = say('Reading {0}…', file.name);
    const read = await readTextFile(file);
    await painted();
    this.busy = '';
    if ('reason' in read) {
      this.unreadable = read.reason;
      return;
    }
    // Markdown is a lesson, which brings its script along.
    if (/\.(md|markdown)$/i.test(file.name)) this.openLesson(read.text);
    else this.runText(read.text);
    this.sheet = null;
  }

  protected openLesson(text: string): void {
    const detail = { lab: 'own', text, view: 'program', step: 0, block: null };
    this.dispatchEvent(new CustomEvent('go', { detail, bubbles: true, composed: true }));
  }

  /** Runs a text that came from a file, and shows its end. */
  protected runText(text: string): void {
    this.session.load(text, { step: Infinity });
  }

  #told(event: Event): void {
    this.telling = (event.currentTarget as HTMLDetailsElement).open;
  }

  async #savePicture(): Promise<void> {
    this.busy = say('Drawing…');
    await painted();
    this.unreadable = await savePicture(this.session as Session & LabModel);
    this.busy = '';
  }
}
