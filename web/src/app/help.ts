import { LitElement, css, html, nothing } from 'lit';
import { lettersAreKeys, setLetters } from '../state/letters.js';
import { offline, type Keeping } from '../state/offline.js';
import { base } from '../styles/base.js';
import { sheet } from '../styles/sheet.js';
import { say, saying } from '../words/say.js';

const groups = (): [string, [string[], string][]][] => [
  [
    say('Time'),
    [
      [['←', '→'], say('step back, step forward')],
      [['Space'], say('play, pause')],
      [['Home', 'End'], say('first step, last step')],
      [['Page Up', 'Page Down'], say('ten steps')],
      [['n'], say('next fault')],
    ],
  ],
  [
    say('Memory'),
    [
      [['j', 'k'], say('next block, previous block (↓, ↑ too)')],
      [['Delete'], say('free the chosen block')],
      [['a'], say('allocate; answer the question of a lesson')],
      [['w'], say('why there?')],
      [['+', '−', '0'], say('zoom in, zoom out, whole heap')],
    ],
  ],
  [
    say('Page'),
    [
      [['e'], say('edit the text; Esc or Tab leaves it')],
      [['o'], say('open a file (or drop one)')],
      [['l'], say('lessons')],
      [['p'], say('presenter mode of a lesson: large, one step at a press')],
      [['x'], say('the exercise of a lesson, and back')],
      [['1', '2', '3', '4'], say('heap lab, race, pool lab, alignment lab')],
      [['?'], say('these keys')],
      [['Esc'], say('close, let go of the chosen block')],
    ],
  ],
];

/** The keys that each keyboard names in its own language. */
const caps = (): Record<string, string> => ({
  Space: say('Space'),
  Home: say('Home'),
  End: say('End'),
  'Page Up': say('Page Up'),
  'Page Down': say('Page Down'),
  Delete: say('Delete'),
});

/** Keys that an embedded part leaves to the page around it. */
const OF_THE_PAGE = new Set(['Space', 'Home', 'Page Up', 'l', 'p', '1', '?']);
const kept = (): Record<Keeping, string> => ({
  none: '',
  fetching: say('The rest of Heapyard is being fetched, so that it works offline.'),
  kept: say('Works offline now.'),
  'no room': say('Heapyard does not work offline here: this browser has too little room for it.'),
  refused: say('Heapyard does not work offline here: this browser, or this host, does not let it.'),
});

/** Keys that lead to what an exported file does not have. */
const TO_OTHERS = new Set(['l', '1']);

const CALLS = [
  'a = malloc 40',
  'b = calloc 4 8',
  'c = aligned_alloc 64 256',
  'a = realloc a 120',
  'write a 0 "text"',
  'read a 0 4',
  'free b',
  'poke 0x40 "stray"',
];

const listed = (calls: string[]) =>
  calls.map((call, index) => html`${index > 0 ? ', ' : ''}<span class="mono">${call}</span>`);

/** The sheet that lists the keys. */
export class HelpSheet extends LitElement {
  static override properties = { embedded: { type: Boolean }, alone: { type: Boolean } };
  declare embedded: boolean;
  declare alone: boolean; // in an exported file

  static override styles = [
    base,
    sheet,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(96px, 172px) 1fr;
        gap: 6px 20px;
        margin: 6px 0 18px;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 24px;
        padding: 0 6px;
        text-align: center;
        border: 1px solid var(--line);
        border-bottom-width: 2px;
        border-radius: 5px;
        font: var(--size-small) / 1.6 var(--mono);
      }
      a {
        color: inherit;
      }
      .kept {
        margin-top: 12px;
      }
      .letters {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        margin-bottom: 12px;
      }
      .letters input {
        min-height: 0;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--ink);
      }
    `,
  ];

  constructor() {
    super();
    this.embedded = false;
    this.alone = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    offline.addEventListener('change', this.#changed);
  }

  override disconnectedCallback(): void {
    offline.removeEventListener('change', this.#changed);
    super.disconnectedCallback();
  }

  #changed = (): void => this.requestUpdate();

  open(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override render() {
    const absent = this.embedded ? OF_THE_PAGE : this.alone ? TO_OTHERS : new Set();
    const named = caps();
    const keeping = kept()[offline.keeping];
    return html`<dialog aria-labelledby="title">
      <div class="head">
        <h1 id="title">${say('Keys')}</h1>
        <form method="dialog"><button autofocus>${say('Close')}</button></form>
      </div>
      ${this.embedded ? html`<p class="small soft">${say('They work while the focus is inside.')}</p>` : nothing}
      ${groups().map(
        ([title, rows]) =>
          html`<h2>${title}</h2>
            <dl>
              ${rows
                .filter(([keys]) => !keys.some((key) => absent.has(key)))
                .map(
                  ([keys, words]) =>
                    html`<dt>${keys.map((key) => html`<kbd>${named[key] ?? key}</kbd> `)}</dt>
                      <dd>${words}</dd>`,
                )}
            </dl>`,
      )}
      ${
        this.embedded
          ? nothing
          : html`<label class="letters"
              ><input
                type="checkbox"
                .checked=${lettersAreKeys()}
                @change=${(event: Event) => setLetters((event.target as HTMLInputElement).checked)}
              />${say('Single letters and digits are keys')}</label
            >`
      }
      <p class="small soft">
        ${saying(
          'A script has one call a line: {0}, and on a stack {1}. What follows a {2} is a comment.',
          listed(CALLS),
          listed(['m = mark', 'release m']),
          listed(['#']),
        )}
      </p>
      ${keeping ? html`<p class="small soft kept">${keeping}</p>` : nothing}
    </dialog>`;
  }
}
