import { html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Prose } from '../state/lesson-session.js';
import { languageOf, told } from '../words/english.js';
import { say } from '../words/say.js';

/** What a lesson has on paper alone, above it. */
export function aims(prose: Prose) {
  return html`<div class="paper">
    <p lang=${languageOf(prose)}>${prose.abstract}</p>
    <h3>${say('You will be able to')}</h3>
    ${told(prose, blocks(prose.goals))}
  </div>`;
}

/** And below it: the questions, with room for answers, and the exercise. */
export function task(prose: Prose) {
  const { questions, exercise } = prose;
  return html`<div class="paper">
    <h3>${say('Questions')}</h3>
    <ol>
      ${questions.map(({ ask }) => html`<li lang=${languageOf(prose)}>${ask}</li>`)}
    </ol>
    <h3>${say('Exercise')}</h3>
    ${told(prose, blocks(exercise.task))} ${exercise.start ? html`<pre class="mono">${exercise.start}</pre>` : nothing}
    ${told(prose, list(exercise.choices))}
    <p>${say('Solved when:')}</p>
    ${told(prose, list(exercise.goals))}
  </div>`;
}

const blocks = (html: string[]) => html.map((each) => unsafeHTML(each));
const list = (items: { words: string }[]) =>
  html`<ul>
    ${items.map(({ words }) => html`<li>${words}</li>`)}
  </ul>`;
