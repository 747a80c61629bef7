import { LitElement, css, html, nothing } from 'lit';
import { HelpSheet } from '../app/help.js';
import { isForPage } from '../app/keys.js';
import { newLab, type OpenLab } from '../app/labs.js';
import { themeChoice } from '../app/choices.js';
import { fileAt } from '../core/home.js';
import { bar } from '../embed/bar.js';
import { defineElements } from '../parts/define.js';
import type { Exported } from '../share/exported.js';
import { write, type PageState } from '../state/address.js';
import type { LessonSession } from '../state/lesson-session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { Unit } from './unit.js';

interface Lab extends HTMLElement {
  key(event: KeyboardEvent): boolean;
}

/** The shell of an exported file: one lesson or lab, keys, theme, and the way to where it comes from. */
export class SinglePage extends LitElement {
  static override properties = {
    exported: { attribute: false },
    revision: { state: true },
    notice: { state: true },
    failure: { state: true },
  };
  declare exported: Exported;
  declare private revision: number;
  declare private notice: string;
  declare private failure: string;
  #open: OpenLab | null = null;
  #unit: Unit | null = null;

  static override styles = [
    base,
    bar,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100dvh;
        container-type: size;
        min-height: 300px;
      }
      .bar select {
        border-color: transparent;
        background: none;
        color: var(--soft);
      }
      .theme {
        color: var(--soft);
      }
      main {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }
      .waiting {
        padding: 32px 24px;
        max-width: 64ch;
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
      @container (max-width: 480px) {
        .theme {
          position: absolute;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.revision = 0;
    this.notice = '';
    this.failure = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#keydown);
    this.addEventListener('click', outwards, { capture: true });
    defineElements({ 'heapyard-help': HelpSheet });
    void this.#start();
  }

  override disconnectedCallback(): void {
    window.removeEventListener('keydown', this.#keydown);
    super.disconnectedCallback();
  }

  async #start(): Promise<void> {
    try {
      const { state, unit } = this.exported;
      const open = await newLab(state.lab);
      this.#open = open;
      open.model.addEventListener('change', this.#changed);
      if (unit) this.#follow(open.model as LessonSession, unit);
      this.notice = open.model.apply(this.#unit?.resumed(state) ?? state);
      this.#changed();
    } catch (error) {
      console.warn('Heapyard: this file could not be opened.', error);
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #changed = (): void => {
    ++this.revision;
  };

  #follow(session: LessonSession, kind: 'lesson' | 'exercise'): void {
    this.#unit = new Unit(kind);
    this.#unit.addEventListener('change', this.#changed);
    this.#unit.follow(session);
  }

  protected override render() {
    const { title, from } = this.exported;
    const notice = this.#unit?.notice || this.notice;
    return html`<header class="bar">
        <b>${this.exported.state.lab === 'lessons' ? 'Heapyard' : title}</b>
        ${this.#unit?.recorded ? html`<span class="soft">${say('Recorded: {0} of 100', this.#unit.score)}</span>` : nothing}
        ${themeChoice()}
        <button class="quiet" title=${say('Print, or save as PDF')} @click=${() => window.print()}>
          ${say('Print')}
        </button>
        <button class="quiet" aria-label=${say('Keys')} title=${say('Keys (?)')} @click=${this.#help}>?</button>
        <a href=${from} title=${say('All lessons and labs, at {0}', new URL(from).host)}>Heapyard ↗</a>
      </header>
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : nothing}
      <main @go=${this.#go}>${this.#renderLab()}</main>
      <heapyard-help alone></heapyard-help>`;
  }

  #renderLab() {
    if (this.failure) {
      return html`<div class="waiting" role="alert">
        <p><b>${say('This file could not be opened.')}</b> ${this.failure}</p>
        <p class="soft">
          ${say('A current Firefox, Chrome, Edge or Safari opens it; a preview in a mail or a chat may not.')}
        </p>
      </div>`;
    }
    return this.#open?.render(this.revision, null) ?? html`<p class="waiting" role="status">${say('Opening…')}</p>`;
  }

  /** To another lab: it is not in the file. */
  #go = async ({ detail: state }: CustomEvent<PageState>): Promise<void> => {
    window.open(fileAt(await write(state)), '_blank', 'noopener');
  };

  #help = (): void => this.renderRoot.querySelector<HelpSheet>('heapyard-help')!.open();

  #keydown = (event: KeyboardEvent): void => {
    if (!this.#open || !isForPage(event)) return;
    if (event.key === '?') this.#help();
    else if (!this.renderRoot.querySelector<Lab>('.lab')?.key(event)) return;
    event.preventDefault();
  };
}

/** What leads out of the file opens beside it: the reader's place in it is not lost. */
function outwards(event: Event): void {
  for (const each of event.composedPath()) {
    if (!(each instanceof HTMLAnchorElement) || !/^https?:/.test(each.protocol)) continue;
    each.target = '_blank';
    each.rel = 'noopener';
  }
}
