import { css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { english } from '../words/english.js';
import { say, saying } from '../words/say.js';
import { SearchPage, found } from './search-page.js';

interface Term {
  term: string;
  id: string;
  html: string;
  text: string;
  lessons: string[]; // whose text has it
}

interface Glossary {
  title: string;
  abstract: string;
  terms: Term[];
  titles: Record<string, string>; // of the lessons
}

/** The terms of the field: core/lessons/glossary.md. */
export class GlossaryPage extends SearchPage<Glossary> {
  protected readonly file = 'lessons/glossary.json';

  static override styles = [
    ...SearchPage.styles,
    css`
      .letters {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 12px 0 0;
      }
      .letters button,
      .up {
        min-width: 32px;
        padding: 2px;
      }
      .letter {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-top: 24px;
        padding-bottom: 4px;
        border-bottom: 1px solid var(--line);
      }
      h3 {
        margin: 0;
        min-width: 32px;
        font-size: var(--size-large);
        scroll-margin: 16px;
      }
      dl {
        margin: 0;
      }
      dt {
        font-weight: 650;
        margin-top: 16px;
      }
      dd {
        margin: 0;
      }
      .told {
        display: block;
        font-size: var(--size-small);
        color: var(--soft);
      }
      @media (pointer: coarse) {
        .letters button,
        .up {
          min-width: 44px;
          min-height: 44px;
        }
        .told a {
          display: inline-block;
          padding: 4px 0;
        }
      }
    `,
  ];

  protected override renderPage({ title, abstract, terms, titles }: Glossary) {
    const shown = found(terms, this.words, ({ term, text }) => [term, text]);
    return html`<h2 lang=${english()}>${title}</h2>
      <p class="soft" lang=${english()}>${abstract}</p>
      ${this.renderFind(shown.length, say('{0} of {1} terms', shown.length, terms.length))}
      ${this.words ? renderTerms(shown, titles) : this.#renderLetters(shown, titles)}`;
  }

  #renderLetters(terms: Term[], titles: Glossary['titles']) {
    const letters = [...new Set(terms.map(letterOf))];
    return html`<nav class="letters" aria-label=${say('Terms by letter')}>
        ${letters.map(
          (letter) =>
            html`<button aria-label=${say('Terms with {0}', letter)} @click=${() => this.#go(letter)}>
              ${letter}
            </button>`,
        )}
      </nav>
      ${letters.map(
        (letter) =>
          html`<div class="letter">
              <h3 id="letter-${letter}" tabindex="-1">${letter}</h3>
              <button class="quiet up" aria-label=${say('To all letters')} @click=${this.#goUp}>↑</button>
            </div>
            ${renderTerms(
              terms.filter((term) => letterOf(term) === letter),
              titles,
            )}`,
      )}`;
  }

  /** No link does this: what stands behind # in an address opens a page. */
  #go(letter: string): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(`#letter-${letter}`)!;
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }

  #goUp(): void {
    const letters = this.renderRoot.querySelector('.letters')!;
    letters.scrollIntoView({ block: 'center' });
    letters.querySelector('button')!.focus({ preventScroll: true });
  }
}

const MOST_LESSONS = 3;

const letterOf = ({ term }: Term) => term.charAt(0).toUpperCase();

function renderTerms(terms: Term[], titles: Glossary['titles']) {
  return html`<dl>
    ${terms.map(
      ({ term, html: words, lessons }) =>
        html`<dt lang=${english()}>${term}</dt>
          <dd>
            <span lang=${english()}>${unsafeHTML(words)}</span>
            ${lessons.length === 0 ? nothing : renderLessons(lessons, titles)}
          </dd>`,
    )}
  </dl>`;
}

/** A word that every lesson uses would lead everywhere, and so nowhere: the first ones will do. */
function renderLessons(lessons: string[], titles: Glossary['titles']) {
  const first = lessons.slice(0, MOST_LESSONS);
  const more = lessons.length - first.length;
  const links = first.map(
    (id, index) => html`${index > 0 ? ' · ' : ''}<a href="#/lessons?l=${id}" lang=${english()}>${titles[id]}</a>`,
  );
  return html`<span class="told"
    >${more > 0 ? saying('In lessons: {0} and {1} more', links, more) : saying('In lessons: {0}', links)}</span
  >`;
}
