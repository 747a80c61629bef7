import { LitElement, css, html, nothing } from 'lit';
import { LABS, LONGEST_ADDRESS, choicesIn, read, write, type PageState, type Reading } from '../state/address.js';
import { chosenLanguage, keepLanguage } from '../state/language.js';
import { isLanguage } from '../state/language-name.js';
import { defineElements } from '../parts/define.js';
import { showTheme, theme, themes } from '../state/theme.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { isForPage } from './keys.js';
import { openLab, type OpenLab, type ViewName } from './labs.js';
import { languageChoice, themeChoice } from './choices.js';

interface Lab extends HTMLElement {
  key(event: KeyboardEvent): boolean;
}

const titles = (): Record<ViewName, string> => ({
  start: 'Heapyard',
  map: say('Lessons'),
  lessons: say('Lessons'),
  words: say('Three languages'),
  glossary: say('Glossary'),
  heap: say('Heap lab'),
  race: say('Race'),
  pool: say('Pool lab'),
  alignment: say('Alignment lab'),
  own: say('Own lesson'),
});

const viewIn = (hash: string) => /[?&]v=(\w+)/.exec(hash)?.[1];

/** A lab's title, of which a narrow page shows no more than what it begins with. */
function shortened(title: string, short: string) {
  return html`${short}<span class="kind">${title.slice(short.length).replace(' ', '\u00a0')}</span>`;
}

/** Which of the links at the top stands for a view. */
const navigatedTo = (view: ViewName) => (/^(map|words|glossary|own)$/.test(view) ? 'lessons' : view);

/** What an address opens; one that cannot be read opens the heap lab. */
function viewOf(reading: Reading): ViewName {
  switch (reading.kind) {
    case 'lab':
      return reading.lab;
    case 'page':
      return reading.page;
    case 'state':
      return reading.state.lab;
    case 'broken':
      return 'heap';
  }
}

/** The shell: labs, address, keys, theme, and what is said while the C++ is on its way. */
export class App extends LitElement {
  static override properties = {
    lab: { state: true },
    revision: { state: true },
    notice: { state: true },
    failure: { state: true },
  };
  declare private lab: ViewName;
  declare private revision: number;
  declare private notice: string;
  declare private failure: string;
  #open: OpenLab | null = null;
  #heard = new Set<OpenLab>();
  #timer = 0;
  #standing = ''; // the address as it was last seen or written
  #opening = 0; // navigations under way: until they end, what is open is not what the address says
  #noticeTimer = 0;

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100dvh;
        container-type: size;
        min-height: 300px;
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px 28px;
        padding: 0 24px;
        min-height: 54px;
        border-bottom: 1px solid var(--line);
      }
      h1 {
        margin: 0;
        font-size: var(--size-large);
        letter-spacing: -0.01em;
      }
      h1 a {
        color: inherit;
        text-decoration: none;
      }
      nav {
        display: flex;
        align-self: stretch;
        gap: 22px;
      }
      nav a {
        display: flex;
        align-items: center;
        color: var(--soft);
        text-decoration: none;
        border-bottom: 2px solid transparent;
        margin-bottom: -1px;
        white-space: nowrap;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        border-color: var(--ink);
      }
      .right {
        margin-left: auto;
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--soft);
      }
      .right select {
        border-color: transparent;
        background: none;
        color: var(--soft);
      }
      .theme {
        margin-right: -8px;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 6px 24px;
        border-bottom: 1px solid var(--line);
        background: var(--card);
      }
      .notice button {
        margin-left: auto;
      }
      main {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }
      main:focus {
        outline: none;
      }
      .skip:not(:focus) {
        position: absolute;
        clip-path: inset(50%);
      }
      .waiting {
        padding: 32px 24px;
        max-width: 64ch;
        display: grid;
        gap: 8px;
      }
      .waiting h2 {
        font-size: var(--size-large);
        text-transform: none;
        letter-spacing: 0;
        color: var(--ink);
      }
      @media print {
        :host,
        main {
          display: block;
        }
        header,
        .notice {
          display: none;
        }
      }
      @container (max-width: 1120px) {
        .kind {
          display: none;
        }
        .theme {
          position: absolute;
          clip-path: inset(50%);
        }
      }
      @container (max-width: 900px) {
        header {
          gap: 4px 16px;
        }
        nav {
          gap: 16px;
        }
      }
      @container (max-width: 760px) {
        header {
          flex-wrap: wrap;
          padding: 4px 12px 0;
          gap: 0 12px;
        }
        nav {
          order: 3;
          flex-basis: 100%;
          gap: 18px;
          min-height: var(--touch);
        }
        @container (max-width: 359px) {
          nav {
            gap: 12px;
            font-size: var(--size-small);
          }
        }
        .right {
          gap: 0;
        }
        .right > * {
          padding-inline: 6px;
        }
        @container (max-width: 420px) {
          h1 {
            font-size: var(--size-text);
          }
          .right {
            font-size: var(--size-small);
          }
          .right > * {
            padding-inline: 4px;
          }
        }
        .notice {
          padding: 6px 12px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.lab = 'start';
    this.revision = 0;
    this.notice = '';
    this.failure = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#navigated);
    window.addEventListener('keydown', this.#keydown);
    themes.addEventListener('change', this.#themed);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    window.removeEventListener('hashchange', this.#navigated);
    window.removeEventListener('keydown', this.#keydown);
    themes.removeEventListener('change', this.#themed);
    super.disconnectedCallback();
  }

  #fail(error: unknown): void {
    console.warn('Heapyard: a part of it did not start.', error);
    this.failure = error instanceof Error ? error.message : String(error);
  }

  /** With what no address could hold when the page was loaded anew, or what the address says. */
  async #begin(): Promise<void> {
    // Only now: to go back in the browser's history is not to bring back an earlier theme.
    const asked = choicesIn(location.hash).theme;
    if (asked) showTheme(asked);
    const kept = history.state as PageState | null;
    history.replaceState(null, '');
    if (kept && location.hash === `#/${kept.lab}`) await this.#take(kept).catch(() => undefined);
    await this.#navigate(location.hash);
  }

  /** Opens what an address says; one that cannot be read says so and leaves a fresh start. */
  async #navigate(hash: string): Promise<void> {
    const again = this.#open !== null;
    this.#standing = hash;
    ++this.#opening;
    try {
      const reading = await read(hash);
      const lab = viewOf(reading);
      const open = await openLab(lab);
      // A later address may be open already: what came slowly is not to take its place.
      if (this.#standing !== hash) return;
      if (reading.kind === 'broken' || !this.#heard.has(open)) open.model.fresh();
      else if (reading.kind === 'lab' && open === this.#open) open.model.again?.();
      this.#hear(open);
      const said = reading.kind === 'state' ? open.model.apply(reading.state) : '';
      if (said) this.#say(said, false);
      if (reading.kind === 'broken') {
        this.#say(say('This link cannot be opened: {0}. Here is a fresh start instead.', reading.reason), false);
      }
      this.#open = open;
      this.lab = lab;
      document.title = lab === 'start' ? 'Heapyard' : `${titles()[lab]} · Heapyard`;
      this.#changed();
      await this.updateComplete;
      if (again) this.#skip();
      window.setTimeout(this.#keepOffline, 1000);
    } catch (error) {
      if (this.#standing === hash) this.#fail(error);
    } finally {
      --this.#opening;
    }
  }

  /** What is not needed for the first view waits until that is there. */
  #keepOffline = (): void => {
    import('../offline/register.js').then(({ register }) => register()).catch(() => undefined);
  };

  /** Opens a lab with a state of its own: a text may be too long for an address. */
  #go = async ({ detail: state }: CustomEvent<PageState>): Promise<void> => {
    try {
      await this.#take(state);
      location.hash = `#/${state.lab}`;
    } catch (error) {
      this.#fail(error);
    }
  };

  async #take(state: PageState): Promise<void> {
    const open = await openLab(state.lab);
    this.#hear(open);
    open.model.apply(state);
  }

  #hear(open: OpenLab): void {
    if (this.#heard.has(open)) return;
    this.#heard.add(open);
    open.model.addEventListener('change', () => this.#changed());
  }

  #navigated = (): void => {
    if (location.hash !== this.#standing) void this.#navigate(location.hash);
  };

  /** Every change shows in the address soon, in place of the last: the browser's history holds places, not steps. */
  #changed(): void {
    ++this.revision;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#writeAddress(), 250);
  }

  /** The address; null when the text is too long for one, nothing while another is written or opened. */
  async #writeAddress(): Promise<string | null | undefined> {
    if (!this.#open || this.#opening > 0) return undefined;
    const state = this.#open.model.state();
    if (!state) return location.hash;
    const standing = this.#standing;
    const long = state.lab !== 'lessons' && state.text.length > 40 * LONGEST_ADDRESS;
    const hash = long ? null : await write(state, { theme: theme(), language: chosenLanguage() });
    // One that the reader has just changed is to be opened, not to be written over.
    if (location.hash !== standing || this.#standing !== standing) return undefined;
    const written = hash === null || hash.length > LONGEST_ADDRESS ? `#/${state.lab}` : hash;
    if (location.hash !== written) {
      // To turn from a lesson to its exercise is a step of the browser's history, too.
      history[viewIn(written) === viewIn(standing) ? 'replaceState' : 'pushState'](null, '', written);
    }
    this.#standing = location.hash;
    return written === hash ? hash : null;
  }

  /** The address as soon as it is written; null when the text is too long for one, nothing when it takes too long. */
  async #written(): Promise<string | null | undefined> {
    window.clearTimeout(this.#timer);
    let written = await this.#writeAddress();
    for (let tries = 0; written === undefined && tries < 100; ++tries) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      written = await this.#writeAddress();
    }
    return written;
  }

  /** Brings what is open to where the page finds it when it is loaded again. False while it is still being opened. */
  #settle = async (): Promise<boolean> => {
    if (!this.#open) return true;
    const written = await this.#written();
    if (written === null) history.replaceState(this.#open.model.state(), '');
    return written !== undefined;
  };

  #themed = (): void => {
    this.requestUpdate();
    this.#changed();
  };

  /** What is said already stays as it is: the page is loaded again, where it is. */
  #speak = async (event: Event): Promise<void> => {
    const { value } = event.target as HTMLSelectElement;
    if (!isLanguage(value)) return;
    keepLanguage(value);
    await this.#settle();
    location.reload();
  };

  #share = async (): Promise<void> => {
    try {
      const { ShareSheet } = await import('../share/share-sheet.js');
      defineElements({ 'heapyard-share': ShareSheet });
      const sheet = this.renderRoot.querySelector<InstanceType<typeof ShareSheet>>('heapyard-share')!;
      sheet.link = () => this.#written();
      await sheet.open(this.#open!.model);
    } catch {
      this.#say(say('The part that shares could not be fetched: is this computer still online?'));
    }
  };

  #say(notice: string, fades = true): void {
    window.clearTimeout(this.#noticeTimer);
    this.notice = notice;
    if (fades) this.#noticeTimer = window.setTimeout(() => (this.notice = ''), 6000);
  }

  protected override render() {
    return html`<button class="skip" @click=${this.#skip}>${say('Skip to the content')}</button>
      <header>
        <h1><a href="#/">Heapyard</a></h1>
        <nav aria-label=${say('Lessons and labs')}>
          ${LABS.map(
            ({ name, title, short }) =>
              html`<a href="#/${name}" aria-current=${name === navigatedTo(this.lab) ? 'page' : nothing}
                >${short ? shortened(title(), short()) : title()}</a
              >`,
          )}
        </nav>
        <div class="right">
          ${languageChoice(this.#speak)} ${themeChoice()}
          <button class="quiet" title=${say('Copy a link, save, print')} @click=${this.#share} ?disabled=${!this.#open}>
            ${say('Share')}
          </button>
          <button class="quiet" aria-label=${say('Keys')} title=${say('Keys (?)')} @click=${this.#help}>?</button>
        </div>
      </header>
      ${
        this.notice
          ? html`<div class="notice" role="status">
              <span>${this.notice}</span
              ><button class="quiet" aria-label=${say('Dismiss')} @click=${() => (this.notice = '')}>✕</button>
            </div>`
          : nothing
      }
      <heapyard-update .settle=${this.#settle}></heapyard-update>
      <main tabindex="-1" @go=${this.#go}>${this.#renderLab()}</main>
      <heapyard-help></heapyard-help>
      <heapyard-share @say=${({ detail }: CustomEvent<string>) => this.#say(detail)}></heapyard-share>`;
  }

  #renderLab() {
    if (this.failure) {
      return html`<div class="waiting" role="alert">
        <h2>${say('Heapyard could not start')}</h2>
        <p>${this.failure}</p>
        <p class="soft">${say('Reload the page to try again; a current Firefox, Chrome, Edge or Safari runs it.')}</p>
      </div>`;
    }
    if (!this.#open) return html`<p class="waiting" role="status">${say('Fetching the C++, as WebAssembly…')}</p>`;
    return this.#open.render(this.revision, null);
  }

  /** Where one has come to is where the keyboard goes on. */
  #skip = (): void => this.renderRoot.querySelector('main')!.focus();

  #help = async (): Promise<void> => {
    const { HelpSheet } = await import('./help.js');
    defineElements({ 'heapyard-help': HelpSheet });
    const sheet = this.renderRoot.querySelector<InstanceType<typeof HelpSheet>>('heapyard-help')!;
    await sheet.updateComplete;
    sheet.open();
  };

  #keydown = (event: KeyboardEvent): void => {
    if (!this.#open || !isForPage(event)) return;
    if (this.#ownKey(event) || this.renderRoot.querySelector<Lab>('.lab')?.key(event)) event.preventDefault();
  };

  #ownKey(event: KeyboardEvent): boolean {
    if (event.key === '?') {
      void this.#help();
      return true;
    }
    const lab = LABS['l1234'.indexOf(event.key)];
    if (event.key.length === 1 && lab) {
      location.hash = `#/${lab.name}`;
      return true;
    }
    return false;
  }
}
