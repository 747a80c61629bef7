import { LitElement, css, html, nothing, type CSSResultGroup } from 'lit';
import tokens from '../tokens.css?text';
import { newLab, type OpenLab } from '../app/labs.js';
import { fileAt } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { LABS, write, type LessonView, type PageState } from '../state/address.js';
import { shows, type Show } from '../state/show.js';
import type { Theme } from '../state/theme-name.js';
import { speak } from '../state/language.js';
import { announce } from '../state/theme.js';
import { base } from '../styles/base.js';
import { language, say } from '../words/say.js';
import { bar } from './bar.js';
import { listenTo } from './keys.js';
import { ASKING, settingsOf, stepOf, textOf } from './settings.js';
import type { Told } from './told.js';
import { isDarkAround, languageAround, watchSurroundings } from './surroundings.js';

interface Lab extends HTMLElement {
  key(event: KeyboardEvent): boolean;
}

/** What the labs' models have in common, as far as a guest needs it. */
interface Stepping {
  number: number;
  run?: { steps: number } | null; // none where nothing runs
  failure?: string;
  seek(step: number): void;
  view?: LessonView;
  show?(view: LessonView): void;
  prose?: { title: string; exercise: { goals: unknown[] } } | null;
}

let speaking: Promise<void> | undefined; // one language for all tags of a page, that of the first
/** What a link to the page names: without it the page follows the reader's browser. */
const spokenElsewhere = () => (language() === 'en' ? undefined : language());

/**
 * `<heap-yard>`: a lesson, a lab or an exercise in anybody's page. It takes no key while the focus is elsewhere, no
 * focus that was not given, no style, and it scrolls nothing but itself.
 *
 * Sends `heapyard-drawn` and, bubbling, `heapyard-ready`, `heapyard-step`, `heapyard-answer`, `heapyard-result`, `heapyard-failure`; their
 * details are those of the messages of docs/embedding.md.
 */
export class HeapYard extends LitElement {
  static override properties = {
    revision: { state: true },
    failure: { state: true },
    notice: { state: true },
    dark: { state: true },
    link: { state: true },
  };
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...ASKING, 'step', 'theme'];
  }
  declare private revision: number;
  declare private failure: string;
  declare private notice: string;
  declare private dark: boolean;
  declare private link: string; // to the same in the page, in whole
  #open: OpenLab | null = null;
  #show: Show = null;
  #opening = 0;
  #ready = 0; // the opening that was told to be ready
  #told = ''; // the step that was told last
  #failed = ''; // the failure that was told last
  #linking = 0;
  #near = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '400px' });
  #unwatch: () => void = () => undefined;

  static override styles: CSSResultGroup = [
    base,
    bar,
    css`
      :host {
        all: initial;
        display: block;
        direction: ltr;
        height: 560px;
        min-height: 320px;
      }
      :host([hidden]) {
        display: none;
      }
      .root {
        container-type: size;
        contain: layout;
        height: 100%;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--round-card);
        display: flex;
        flex-direction: column;
        background: var(--paper);
        color: var(--ink);
        font: var(--size-text) / 1.5 var(--sans);
        font-variant-numeric: tabular-nums;
      }
      .root:focus {
        outline: none;
      }
      @media print {
        .root {
          display: block;
          container-type: normal;
          contain: none;
          height: auto;
          overflow: visible;
        }
        .root.dark {
          color-scheme: light;
        }
      }
      .light {
        color-scheme: light;
      }
      .dark {
        color-scheme: dark;
      }
      .lab {
        flex: 1;
        min-height: 0;
      }
      .waiting {
        padding: 24px;
        display: grid;
        gap: 8px;
        max-width: 64ch;
        white-space: pre-wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.revision = 0;
    this.failure = '';
    this.notice = '';
    this.dark = false;
    this.link = '';
    listenTo(this, (event) => this.#key(event));
  }

  protected override createRenderRoot() {
    const root = super.createRenderRoot();
    const sheet = new CSSStyleSheet();
    // What a page around says of its root's type is its own affair; what the reader's browser says is not.
    sheet.replaceSync(tokens.replace('1rem', `${readersRem()}px`));
    (root as ShadowRoot).adoptedStyleSheets.unshift(sheet);
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch = watchSurroundings(this.#themed);
    this.#themed();
    this.#near.observe(this);
  }

  override disconnectedCallback(): void {
    this.#unwatch();
    this.#near.disconnect();
    super.disconnectedCallback();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (old === value) return;
    if (name === 'theme') this.#themed();
    else if (this.#opening === 0) return;
    else if (name === 'step') this.#toStep();
    else void this.reopen();
  }

  get isDark(): boolean {
    return this.dark;
  }

  /** The height in CSS pixels with which what is shown has the room that it can use. It does not shrink by steps. */
  get wantedHeight(): number {
    const lab = this.renderRoot.querySelector('.lab')?.shadowRoot;
    const [part, ...panels] = ['.part:not(.stage)', '.picture', '.meaning', '.stage'].map((each) =>
      lab?.querySelector(each),
    );
    if (part) return this.offsetHeight - part.clientHeight + Math.max(280, part.scrollHeight);
    const stage = panels.at(-1);
    if (!stage) return 320;
    const inside = Math.max(...panels.map((each) => each?.scrollHeight ?? 0));
    return this.offsetHeight - stage.clientHeight + Math.max(300, Math.min(inside, 560));
  }

  get #stepping(): Stepping | null {
    return (this.#open?.model as unknown as Stepping | undefined) ?? null;
  }

  /** Opens what the attributes and the text now say. */
  async reopen(): Promise<void> {
    const opening = ++this.#opening;
    this.#failed = '';
    this.failure = '';
    await (speaking ??= speak(languageAround(this)));
    const settings = await settingsOf(this, textOf(this));
    if (opening !== this.#opening) return;
    if (typeof settings === 'string') return this.#fail(settings);
    try {
      const open = await newLab(settings.lab);
      if (opening !== this.#opening) return;
      this.#show = settings.show;
      this.#open = open;
      open.model.addEventListener('change', () => this.#changed(open));
      open.model.addEventListener('told', (event) => this.#tell((event as CustomEvent<Told>).detail));
      if (settings.state) this.notice = open.model.apply(settings.state);
      else open.model.fresh();
      this.#changed(open);
    } catch (error) {
      if (opening === this.#opening) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #seen(entries: IntersectionObserverEntry[]): void {
    if (!entries.at(-1)!.isIntersecting) return;
    this.#near.disconnect();
    if (this.#opening === 0) void this.reopen();
  }

  #themed = (): void => {
    const theme = (this.getAttribute('theme') ?? 'auto') as Theme;
    this.dark = theme === 'dark' || (theme !== 'light' && isDarkAround(this));
    void this.updateComplete.then(announce);
  };

  #fail(words: string): void {
    this.failure = words;
    this.#open = null;
    this.#tell({ type: 'failure', reason: words });
  }

  #changed(open: OpenLab): void {
    if (open !== this.#open) return;
    ++this.revision;
    const { number, run, failure } = this.#stepping!;
    if (run !== null && this.#ready < this.#opening) {
      this.#ready = this.#opening;
      void this.updateComplete.then(() => this.#tell({ type: 'ready' }));
    }
    const told = `${number}/${run?.steps}`;
    if (run && told !== this.#told) {
      this.#told = told;
      this.#tell({ type: 'step', step: number, steps: run.steps });
    }
    if (failure && failure !== this.#failed) this.#tell({ type: 'failure', reason: failure });
    this.#failed = failure ?? '';
    window.clearTimeout(this.#linking);
    this.#linking = window.setTimeout(() => void this.#makeLink(open), 250);
  }

  async #makeLink(open: OpenLab): Promise<void> {
    const state = open.model.state();
    const hash = state ? await write(state, { language: spokenElsewhere() }) : '';
    if (open === this.#open) this.link = fileAt(hash);
  }

  #tell(detail: Told): void {
    this.dispatchEvent(new CustomEvent(`heapyard-${detail.type}`, { detail, bubbles: true, composed: true }));
  }

  /** To another lab: in a tab of its own. */
  #go = async ({ detail: state }: CustomEvent<PageState>): Promise<void> => {
    window.open(fileAt(await write(state, { language: spokenElsewhere() })), '_blank', 'noopener');
  };

  #toStep(): void {
    const step = stepOf(this);
    if (typeof step === 'number') this.#stepping?.seek(step);
  }

  #key(event: KeyboardEvent): boolean {
    const part = event.composedPath().some((each) => each instanceof HTMLDialogElement && each.open);
    return !part && (this.renderRoot.querySelector<Lab>('.lab')?.key(event) ?? false);
  }

  protected override updated(): void {
    requestAnimationFrame(() => this.dispatchEvent(new Event('heapyard-drawn')));
  }

  protected override render() {
    return html`<div
      part="root"
      lang=${language()}
      @go=${this.#go}
      role="group"
      aria-label="Heapyard"
      class="root ${this.dark ? 'dark' : 'light'}"
      tabindex="-1"
    >
      ${this.failure ? this.#renderFailure() : this.#open ? this.#renderLab() : this.#renderWaiting()}
    </div>`;
  }

  #renderLab() {
    const lesson = this.#stepping?.show ? this.#stepping : null;
    const both =
      lesson?.prose?.exercise.goals.length &&
      shows(this.#show, 'exercise') &&
      (this.#show === null || this.#show.size > 1);
    return html`<div class="bar">
        <b>${lesson ? lesson.prose?.title : this.#title}</b>
        ${
          both
            ? html`<div class="views" role="group" aria-label=${say('Parts of the lesson')}>
                ${(['program', 'exercise'] as const).map(
                  (view) =>
                    html`<button aria-pressed=${lesson.view === view} @click=${() => lesson.show!(view)}>
                      ${view === 'program' ? say('Lesson') : say('Exercise')}
                    </button>`,
                )}
              </div>`
            : nothing
        }
        <button class="quiet" aria-label=${say('Keys')} title=${say('Keys')} @click=${this.#help}>?</button>
        <a href=${this.link || fileAt('')} target="_blank" rel="noopener" title=${say('The same in a tab of its own')}
          >Heapyard ↗</a
        >
      </div>
      ${this.notice ? html`<p class="notice" role="status">${this.notice}</p>` : nothing}
      ${this.#open!.render(this.revision, this.#show)}
      <heapyard-help embedded></heapyard-help>`;
  }

  get #title(): string {
    const state = this.#open!.model.state();
    return LABS.find(({ name }) => name === state?.lab)?.title() ?? '';
  }

  #renderWaiting() {
    return html`<p class="waiting" role="status">${say('Fetching Heapyard…')}</p>`;
  }

  #renderFailure() {
    return html`<div class="waiting" role="alert">
      <b>${say('Heapyard cannot show this')}</b>
      <span>${this.failure}</span>
      <a href=${fileAt('')} target="_blank" rel="noopener">${say('Open Heapyard itself')}</a>
    </div>`;
  }

  #help = async (): Promise<void> => {
    const { HelpSheet } = await import('../app/help.js');
    defineElements({ 'heapyard-help': HelpSheet });
    const sheet = this.renderRoot.querySelector<InstanceType<typeof HelpSheet>>('heapyard-help')!;
    await sheet.updateComplete;
    sheet.open();
  };
}

function readersRem(): number {
  const probe = document.createElement('span');
  probe.style.font = 'medium serif'; // a monospaced medium is smaller
  document.documentElement.append(probe);
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return size;
}
