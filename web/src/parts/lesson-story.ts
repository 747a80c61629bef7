import { css, html, nothing, type PropertyValues } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { wayTo } from '../core/home.js';
import type { Taught } from '../state/asking.js';
import type { Prose } from '../state/lesson-session.js';
import { base } from '../styles/base.js';
import { english, told } from '../words/english.js';
import { say, saying } from '../words/say.js';
import { Afterwards } from './afterwards.js';
import { defineElements } from './define.js';
import { landmark } from './around.js';

/** The story of a lesson. A sentence leads to its step; at its step, it is marked and in view. */
export class LessonStory extends Afterwards {
  static override properties = {
    session: { attribute: false },
    number: { type: Number },
    term: { state: true },
    measuring: { state: true },
    failure: { state: true },
  };
  declare session: Taught;
  declare number: number;
  declare private measuring: boolean;
  declare private failure: string;
  declare private term: string; // the one of the glossary that is open; "" when none is

  static override styles = [
    base,
    css`
      :host {
        line-height: 1.6;
      }
      h3 {
        margin: 20px 0 6px;
        font-size: var(--size-text);
        font-weight: 650;
      }
      .story > * {
        margin: 0 0 12px;
      }
      ul {
        margin: 0 0 12px;
        padding-left: 20px;
      }
      a {
        text-decoration-color: var(--edge);
      }
      a[data-lines]:hover {
        text-decoration-color: var(--now);
      }
      a.now {
        background: var(--now-wash);
        text-decoration-color: var(--now);
        text-decoration-thickness: 2px;
        border-radius: 3px;
      }
      a[data-term] {
        text-decoration-style: dotted;
      }
      /* Opened where the reader is: at the lower edge of what is seen of the story. */
      .opened {
        position: sticky;
        bottom: 0;
      }
      .term {
        border-color: var(--edge);
        box-shadow: 0 2px 16px rgb(0 0 0 / 0.16);
      }
      .term button {
        float: right;
      }
      .wide {
        overflow-x: auto;
        margin-bottom: 12px;
      }
      table {
        border-collapse: collapse;
        font-size: var(--size-small);
        white-space: nowrap;
      }
      th,
      td {
        text-align: right;
        padding: 2px 0 2px 14px;
        border-bottom: 1px solid var(--hair);
        font-weight: 400;
      }
      thead th {
        color: var(--soft);
        vertical-align: bottom;
      }
      tbody th {
        text-align: left;
        padding-left: 0;
        font-family: var(--mono);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 20px;
      }
      .ways a {
        padding: 8px 14px;
        border: 1px solid var(--edge);
        border-radius: 10px;
        text-decoration: none;
        font-weight: 600;
      }
      /* The handout has them at places of its own. */
      @media print {
        .screen,
        .ways,
        .opened {
          display: none;
        }
        a.now {
          background: none;
        }
      }
      code {
        font-family: var(--mono);
        font-size: 0.92em;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.term = '';
    this.measuring = false;
    this.failure = '';
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('number')) return;
    const links = [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('a[data-lines]')];
    let now: HTMLAnchorElement | undefined;
    for (const link of links) {
      const here = this.#stepOf(link) === this.number;
      link.classList.toggle('now', here);
      if (here) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
      if (here) now ??= link;
    }
    if (now) this.dispatchEvent(new CustomEvent('told', { detail: now }));
  }

  protected override render() {
    const { prose } = this.session;
    if (!prose) return nothing;
    const { exercise } = prose;
    return html`<div @click=${this.#clicked}>
      <div class="screen">${section(say('You will be able to'), prose, prose.goals)}</div>
      <h3>${say('Story')}</h3>
      <div class="story">${told(prose, blocks(prose.story))}</div>
      ${this.#renderSizes()} ${this.#renderMeasured()}
      ${
        exercise.goals.length > 0
          ? html`<div class="screen">${section(say('Exercise'), prose, exercise.task)}</div>
              <p class="ways">
                <a href=${prose.number ? wayTo(`#/lessons?l=${prose.id}&v=exercise`) : '#'} @click=${this.#toExercise}
                  >${say('Do the exercise')}</a
                >
              </p>`
          : nothing
      }
      ${section(say('In the wild'), prose, prose.wild)} ${section(say('Further reading'), prose, prose.reading)}
      ${prose.number ? this.#renderNext() : nothing} ${this.#renderTerm()}
    </div>`;
  }

  #renderSizes() {
    const { prose } = this.session;
    if (!prose?.sizes) return nothing;
    const { abis, rows } = prose.sizes;
    return html`<h3>${say('Bytes, and in brackets the alignment')}</h3>
      <div class="wide" role=${landmark('region')} aria-label=${say('Sizes for each ABI')} tabindex="0">
        <table>
          <thead>
            <tr>
              <td></td>
              ${abis.map((abi) => html`<th scope="col">${abi}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ name, cells }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  ${cells.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #renderMeasured() {
    const measured = this.session.prose?.measured;
    if (!measured) return nothing;
    return html`<h3>${say('Measured')}</h3>
      <ul>
        ${measured.items.map((each) => html`<li lang=${english()}>${unsafeHTML(each.html)}</li>`)}
      </ul>
      ${told(this.session.prose!, blocks(measured.notes))}
      ${
        this.measuring
          ? html`<heapyard-measured .ids=${measured.items.map(({ id }) => id)}></heapyard-measured>`
          : html`<p class="ways"><button @click=${this.#measure}>${say('Measure it here')}</button> ${this.failure}</p>`
      }`;
  }

  #measure = async (): Promise<void> => {
    try {
      const { MeasuredPart } = await import('./measured.js');
      defineElements({ 'heapyard-measured': MeasuredPart });
      this.measuring = true;
    } catch {
      this.failure = say('The part that measures could not be fetched: is this computer still online?');
    }
  };

  #renderNext() {
    const { next } = this.session.prose!;
    return html`<p class="ways">
      ${next ? html`<a href=${wayTo(`#/lessons?l=${next.id}`)}>${saying('Next: {0}', html`<span lang=${english()}>${next.title}</span>`)}</a>` : html`<a href=${wayTo('#/lessons')}>${say('All lessons')}</a>`}
    </p>`;
  }

  /** A term of the glossary, opened in place. */
  #renderTerm() {
    const term = this.session.prose?.terms[this.term];
    return html`<div role="status" class="opened">
      ${
        term
          ? html`<div class="card term">
              <button class="quiet" aria-label=${say('Close')} @click=${this.#closeTerm}>✕</button>
              <span lang=${english()}><b>${term.term}</b>: ${unsafeHTML(term.html)}</span>
              <a href=${wayTo('#/glossary')}>${say('All terms')}</a>
            </div>`
          : nothing
      }
    </div>`;
  }

  #closeTerm(): void {
    const opener = this.renderRoot.querySelector<HTMLElement>(`a[data-term='${this.term}']`);
    this.term = '';
    opener?.focus();
  }

  /** Closes what is open; false when nothing is. */
  escape(): boolean {
    if (this.term === '') return false;
    this.#closeTerm();
    return true;
  }

  #toExercise(event: Event): void {
    event.preventDefault();
    this.session.show('exercise');
  }

  #stepOf(link: HTMLAnchorElement): number {
    const lines = link.dataset['lines']!.split(',').map(Number);
    return this.session.stepAt({ lines, occurrence: Number(link.dataset['occurrence']) });
  }

  #clicked(event: Event): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-lines], a[data-term]');
    if (!link) return;
    event.preventDefault();
    const term = link.dataset['term'];
    if (term !== undefined) {
      this.term = term;
      return;
    }
    const step = this.#stepOf(link);
    this.session.pause();
    if (step === 0) return;
    this.session.seek(step);
    this.dispatchEvent(new Event('jump'));
  }
}

/** One that a lesson of somebody's own may leave out. */
function section(title: string, lesson: Prose, each: string[]) {
  return each.length > 0
    ? html`<h3>${title}</h3>
        ${told(lesson, blocks(each))}`
    : nothing;
}

/** The project's own prose, made into HTML when the page was built; anybody else's, made harmless by own/markdown.ts. */
function blocks(blocks: string[]) {
  return blocks.map((each) => unsafeHTML(each));
}
