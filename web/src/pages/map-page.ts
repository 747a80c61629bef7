import { css, html, nothing } from 'lit';
import { save } from '../share/save.js';
import type { Entry } from '../state/lesson-session.js';
import { progress } from '../state/progress.js';
import { english } from '../words/english.js';
import { language, say, saying } from '../words/say.js';
import { Page } from './page.js';

/** A lesson as dist/lessons/index.json lists it. */
export interface Listed extends Entry {
  minutes: number | null; // that it takes in class
}

/** How far a lesson is, in words; the mark says the same in a shape. */
export function stateOf(id: string): { state: 'new' | 'begun' | 'solved'; words: string } {
  const { step, steps, right, solved } = progress.of(id);
  if (solved) return { state: 'solved', words: say('Exercise solved') };
  if (step === 0 && right.length === 0) return { state: 'new', words: '' };
  const seen = step >= steps ? say('All steps seen') : say('Step {0} of {1} seen', step, steps);
  return { state: 'begun', words: right.length > 0 ? withAnswers(seen, right.length) : seen };
}

function withAnswers(seen: string, right: number): string {
  return right === 1 ? say('{0}, 1 answer right', seen) : say('{0}, {1} answers right', seen, right);
}

/** The lesson that the reader was in last. */
export function lastOf(entries: Listed[]): Listed | undefined {
  const known = progress.begun.map((begun) => entries.find(({ id }) => id === begun));
  return known.filter((each) => each !== undefined).at(-1);
}

/** Where the reader was last in a lesson. */
export function addressOf(id: string): string {
  const { at } = progress.of(id);
  return at > 0 ? `#/lessons?l=${id}&n=${at}` : `#/lessons?l=${id}`;
}

/** The lessons in the order in which they are taken, and how far the reader is. */
export class MapPage extends Page<Listed[]> {
  static override properties = { ...Page.properties, refused: { state: true }, asking: { state: true } };
  declare private refused: string;
  declare private asking: boolean;
  protected readonly file = 'lessons/index.json';

  static override styles = [
    ...Page.styles,
    css`
      ol {
        padding: 0;
        margin: 20px 0 0;
        list-style: none;
        display: grid;
        gap: 12px;
      }
      li a {
        display: grid;
        grid-template-columns: 40px 1fr;
        gap: 2px 8px;
        text-decoration: none;
        line-height: 1.45;
      }
      li a:hover {
        border-color: var(--edge);
      }
      li b {
        font-size: var(--size-large);
        letter-spacing: -0.005em;
      }
      .mark {
        grid-row: 1 / 5;
        width: 28px;
        height: 28px;
        border-radius: 50%;
        border: 2px solid var(--line);
        display: grid;
        place-items: center;
        font-size: var(--size-small);
        color: var(--soft);
      }
      .begun {
        border-color: var(--now);
      }
      .solved {
        border-color: var(--ink);
        background: var(--ink);
        color: var(--paper);
      }
      .far {
        font-size: var(--size-small);
        color: var(--soft);
        display: flex;
        flex-wrap: wrap;
        gap: 0 16px;
      }
      .sum {
        font-weight: 600;
        margin-top: 12px;
      }
      a[aria-current] {
        border-color: var(--ink);
        box-shadow: inset 4px 0 var(--ink);
      }
      .here {
        font-size: var(--size-small);
        font-weight: 600;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        margin-top: 24px;
      }
      .tools p {
        flex-basis: 100%;
      }
    `,
  ];

  constructor() {
    super();
    this.refused = '';
    this.asking = false;
  }

  protected override renderPage(entries: Listed[]) {
    const last = lastOf(entries);
    const solved = entries.filter(({ id }) => progress.of(id).solved).length;
    return html`<h2>${say('Lessons')}</h2>
      ${language() === 'en' ? nothing : html`<p class="soft">${say('What the lessons tell is English.')}</p>`}
      <p class="soft">
        ${say('Real C++ on real bytes, one step at a time, forward and back. Each ends with an exercise that is checked.')}
        ${saying(
          'Beside them: {0} and {1}.',
          html`<a href="#/words">${say('what C++, C and Rust call it')}</a>`,
          html`<a href="#/glossary">${say('the glossary')}</a>`,
        )}
        ${saying('You teach? {0}.', html`<a href="#/own">${say('Write your own lesson')}</a>`)}
      </p>
      ${progress.isEmpty ? nothing : html`<p class="sum">${say('{0} of {1} solved', solved, entries.length)}</p>`}
      <ol>
        ${entries.map((entry, index) => this.#renderLesson(entry, index + 1, entry === last))}
      </ol>
      <div class="tools">
        <p class="soft small">
          ${
            progress.stores
              ? say('Your progress is kept in this browser, and nowhere else.')
              : say('This browser keeps nothing: your progress lasts as long as this page. Export it to keep it.')
          }
        </p>
        ${this.refused ? html`<p role="alert" class="small">${this.refused}</p>` : ''}
        <button ?disabled=${progress.isEmpty} @click=${this.#export}>${say('Export')}</button>
        <button @click=${this.#choose}>${say('Import…')}</button>
        <input type="file" accept=".json,application/json" hidden @change=${this.#import} />
        ${
          this.asking
            ? html`<span role="alert" class="small">${say('Forget all progress?')}</span>
                <button autofocus @click=${this.#clear}>${say('Yes, forget it')}</button>
                <button @click=${() => (this.asking = false)}>${say('No')}</button>`
            : html`<button ?disabled=${progress.isEmpty} @click=${() => (this.asking = true)}>${say('Clear…')}</button>`
        }
      </div>`;
  }

  #renderLesson({ id, title, abstract, minutes }: Listed, number: number, here: boolean) {
    const { state, words } = stateOf(id);
    return html`<li>
      <a class="card" href=${addressOf(id)} aria-current=${here ? 'location' : nothing}
        ><span class="mark ${state}" aria-hidden="true">${state === 'solved' ? '✓' : number}</span
        ><b lang=${english()}>${title}</b
        >${here ? html`<span class="here"><span aria-hidden="true">▸</span> ${say('You are here')}</span>` : nothing}<span
          class="soft"
          lang=${english()}
          >${abstract}</span
        ><span class="far"
          >${words ? html`<span>${words}</span>` : nothing}
          ${minutes === null ? nothing : html`<span>${say('About {0} minutes', minutes)}</span>`}</span
        ></a
      >
    </li>`;
  }

  #export(): void {
    save('heapyard-progress.json', 'application/json', progress.exported());
  }

  #choose(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')!.click();
  }

  async #import(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    try {
      this.refused = progress.import(await file.text());
    } catch {
      this.refused = say('This file cannot be read as text.');
    }
  }

  #clear(): void {
    progress.clear();
    this.asking = false;
  }
}
