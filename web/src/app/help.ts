import { LitElement, css, html, nothing } from 'lit';
import { lettersAreKeys, setLetters } from '../state/letters.js';
import { offline, type Keeping } from '../state/offline.js';
import { base } from '../styles/base.js';
import { sheet } from '../styles/sheet.js';

const KEYS: [string, [string[], string][]][] = [
  [
    'Time',
    [
      [['←', '→'], 'step back, step forward'],
      [['Space'], 'play, pause'],
      [['Home', 'End'], 'first step, last step'],
      [['Page Up', 'Page Down'], 'ten steps'],
      [['n'], 'next fault'],
    ],
  ],
  [
    'Memory',
    [
      [['j', 'k'], 'next block, previous block (↓, ↑ too)'],
      [['Delete'], 'free the chosen block'],
      [['a'], 'allocate; answer the question of a lesson'],
      [['w'], 'why there?'],
      [['+', '−', '0'], 'zoom in, zoom out, whole heap'],
    ],
  ],
  [
    'Page',
    [
      [['e'], 'edit the text; Esc or Tab leaves it'],
      [['o'], 'open a file (or drop one)'],
      [['l'], 'lessons'],
      [['p'], 'presenter mode of a lesson: large, one step at a press'],
      [['x'], 'the exercise of a lesson, and back'],
      [['1', '2', '3', '4'], 'heap lab, race, pool lab, alignment lab'],
      [['?'], 'these keys'],
      [['Esc'], 'close, let go of the chosen block'],
    ],
  ],
];

/** Keys that an embedded part leaves to the page around it. */
const OF_THE_PAGE = new Set(['Space', 'Home', 'Page Up', 'l', 'p', '1', '?']);
const KEPT: Record<Keeping, string> = {
  none: '',
  fetching: 'The rest of Heapyard is being fetched, so that it works offline.',
  kept: 'Works offline now.',
  'no room': 'Heapyard does not work offline here: this browser has too little room for it.',
  refused: 'Heapyard does not work offline here: this browser, or this host, does not let it.',
};

/** Keys that lead to what an exported file does not have. */
const TO_OTHERS = new Set(['l', '1']);

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
    return html`<dialog aria-labelledby="title">
      <div class="head">
        <h1 id="title">Keys</h1>
        <form method="dialog"><button autofocus>Close</button></form>
      </div>
      ${this.embedded ? html`<p class="small soft">They work while the focus is inside.</p>` : nothing}
      ${KEYS.map(
        ([title, rows]) =>
          html`<h2>${title}</h2>
            <dl>
              ${rows
                .filter(([keys]) => !keys.some((key) => absent.has(key)))
                .map(
                  ([keys, words]) =>
                    html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
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
              />Single letters and digits are keys</label
            >`
      }
      <p class="small soft">
        A script has one call a line: <span class="mono">a = malloc 40</span>, <span class="mono">b = calloc 4 8</span>,
        <span class="mono">c = aligned_alloc 64 256</span>, <span class="mono">a = realloc a 120</span>,
        <span class="mono">write a 0 "text"</span>, <span class="mono">read a 0 4</span>,
        <span class="mono">free b</span>, <span class="mono">poke 0x40 "stray"</span>, and on a stack
        <span class="mono">m = mark</span>, <span class="mono">release m</span>. What follows a
        <span class="mono">#</span> is a comment.
      </p>
      ${KEPT[offline.keeping] ? html`<p class="small soft kept">${KEPT[offline.keeping]}</p>` : nothing}
    </dialog>`;
  }
}
