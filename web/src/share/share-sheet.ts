import { LitElement, css, html, nothing } from 'lit';
import type { LabModel } from '../app/labs.js';
import { fileAt } from '../core/home.js';

import { LABS, type LessonState, type PageState } from '../state/address.js';
import { language, say } from '../words/say.js';
import { base } from '../styles/base.js';
import { sheet } from '../styles/sheet.js';
import { pictureOf, savePng, saveSvg } from './drawing.js';
import { save } from './save.js';
import { singleFile, type Progressed } from './single-file.js';
import { textFileOf } from './texts.js';

/** Something that can be done with what is shown. What it comes to is told in a sentence; "" when there is none. */
interface Way {
  name: string;
  words: string;
  go(progressed: Progressed): Promise<string>;
}

/** The sheet of all ways to take along or pass on what is shown. Sends `say`, with a sentence. */
export class ShareSheet extends LitElement {
  static override properties = {
    said: { state: true },
    failed: { state: true },
    done: { state: true },
    state: { state: true },
  };
  /** Writes the address: null when the text is too long for one, nothing when something is still being opened. */
  declare link: () => Promise<string | null | undefined>;
  declare private said: string;
  declare private failed: boolean;
  declare private done: number | null; // of the work that is done; null when nothing is at work
  declare private state: PageState | null; // null: a page to read
  #title = '';
  #model: LabModel | null = null;

  static override styles = [
    base,
    sheet,
    css`
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: 2px;
      }
      li button {
        width: 100%;
        display: grid;
        grid-template-columns: 168px minmax(0, 1fr);
        gap: 0 16px;
        align-items: baseline;
        text-align: left;
        white-space: normal;
        padding: 8px 12px;
        margin: 0 -12px;
        width: calc(100% + 24px);
        border-color: transparent;
        background: none;
      }
      li b {
        font-weight: 600;
      }
      .said {
        min-height: 3em;
        margin-top: 12px;
      }
      .bad {
        color: var(--bad);
      }
      progress {
        width: 100%;
        accent-color: var(--now);
      }
      @media (max-width: 520px) {
        li button {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.said = '';
    this.failed = false;
    this.done = null;
    this.state = null;
  }

  async open(model: LabModel): Promise<void> {
    this.#model = model;
    this.state = model.state();
    this.#title = titleOf(this.state, model);
    this.said = '';
    this.failed = false;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog')!;
    if (!dialog.open) dialog.showModal();
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      <div class="head">
        <h1 id="title">${say('Share')}</h1>
        <form method="dialog"><button>${say('Close')}</button></form>
      </div>
      <ul>
        ${this.#ways().map(
          (way) =>
            html`<li>
              <button aria-disabled=${this.done !== null} @click=${() => this.#go(way)}>
                <b>${way.name}</b><span class="small soft">${way.words}</span>
              </button>
            </li>`,
        )}
      </ul>
      <div class="said small ${this.failed ? 'bad' : ''}" role=${this.failed ? 'alert' : 'status'}>
        ${
          this.done === null
            ? this.said
            : html`<progress aria-label=${say('The file')} max="1" value=${this.done || nothing}></progress>`
        }
      </div>
    </dialog>`;
  }

  #ways(): Way[] {
    const { state } = this;
    const ways: Way[] = [
      { name: say('Copy link'), words: say('It reopens exactly this.'), go: () => this.#copyLink() },
    ];
    if (state) {
      ways.push({
        name: say('Save as one HTML file'),
        words: say('Opens from a disk, a stick or a mail, without a network, and steps as here.'),
        go: (progressed) => this.#saveFile(state, progressed),
      });
    }
    const text = this.#model && textFileOf(this.#model);
    if (text) {
      ways.push({
        name: state?.lab === 'alignment' ? say('Save the struct') : say('Save the script'),
        words: say('A text that this page and the program heapyard open.'),
        go: async () =>
          say('{0} In a terminal: {1}', saved(text.name, save(text.name, 'text/plain', text.text)), text.command),
      });
    }
    const picture = this.#model && pictureOf(this.#model);
    if (picture) {
      ways.push(
        {
          name: say('Save as SVG'),
          words: say('The picture that the program heapyard draws, in any size, light or dark as its reader.'),
          go: async () => saved(...(await saveSvg(picture))),
        },
        {
          name: say('Save as PNG'),
          words: say('The same in pixels, for slides and mails.'),
          go: async () => saved(...(await savePng(picture))),
        },
      );
    }
    if (state?.lab === 'lessons') {
      ways.push({
        name: say('SCORM package'),
        words:
          state.view === 'exercise'
            ? say(
                'Of this exercise, for a learning platform: SCORM 1.2. Results come from the learner’s browser and prove nothing.',
              )
            : say(
                'Of this lesson, for a learning platform: SCORM 1.2. Results come from the learner’s browser and prove nothing.',
              ),
        go: (progressed) => this.#savePackage(state, progressed),
      });
    }
    ways.push({ name: say('Print'), words: say('On paper, or as PDF.'), go: () => this.#print() });
    return ways;
  }

  async #go(way: Way): Promise<void> {
    if (this.done !== null) return;
    this.failed = false;
    this.said = '';
    this.done = 0;
    try {
      this.said = await way.go((part) => {
        if (this.done !== null) this.done = part; // what was begun before a failure may end behind it
      });
    } catch (error) {
      this.failed = true;
      this.said = error instanceof Error ? error.message : String(error);
    }
    this.done = null;
  }

  async #copyLink(): Promise<string> {
    const written = await this.link();
    if (written === null) return this.#end(say('This text is too long for a link. Save it as a file instead.'));
    if (!written) return this.#end(say('Something is still being opened: share again when it is there.'));
    try {
      await navigator.clipboard.writeText(location.href);
      return this.#end(say('Link copied: it reopens exactly this.'));
    } catch {
      return this.#end(say('The link is in the address bar: copy it from there.'));
    }
  }

  async #saveFile(state: PageState, progressed: Progressed): Promise<string> {
    const text = await singleFile({ state, title: this.#title, language: language(), from: fileAt('') }, progressed);
    const name = `heapyard-${nameOf(state)}.html`;
    return saved(name, save(name, 'text/html', text));
  }

  async #savePackage(state: LessonState, progressed: Progressed): Promise<string> {
    const { scormPackage } = await import('./package.js');
    const name = `heapyard-${nameOf(state)}`;
    const zip = await scormPackage(
      { state, title: this.#title, language: language(), from: fileAt('') },
      name,
      progressed,
    );
    return saved(`${name}.zip`, save(`${name}.zip`, 'application/zip', zip as BlobPart));
  }

  async #print(): Promise<string> {
    this.#end('');
    window.print();
    return '';
  }

  /** Closes the sheet: what is to be said is said by the page. */
  #end(words: string): string {
    this.renderRoot.querySelector('dialog')!.close();
    if (words) this.dispatchEvent(new CustomEvent('say', { detail: words }));
    return '';
  }
}

function titleOf(state: PageState | null, model: LabModel): string {
  if (state?.lab === 'lessons') return (model as { prose?: { title: string } | null }).prose?.title ?? '';
  return LABS.find(({ name }) => name === state?.lab)?.title() ?? '';
}

/** For the name of a file. */
function nameOf(state: PageState): string {
  if (state.lab !== 'lessons') return state.lab === 'race' ? 'race' : `${state.lab}-lab`;
  return `${state.view === 'exercise' ? 'exercise' : 'lesson'}-${state.lesson}`;
}

function saved(name: string, bytes: number): string {
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return say('Saved as {0}: {1}.', name, size);
}
