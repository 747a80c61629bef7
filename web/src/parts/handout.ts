import { html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Prose } from '../state/lesson-session.js';
import { say } from '../words/say.js';

/** What a lesson has on paper alone, above it. */
export function aims(prose: Prose) {
  return html`<div class="paper">
    <p>${prose.abstract}</p>
    <h3>${say('You will be able to')}</h3>
    ${blocks(prose.goals)}
  </div>`;
}

/** And below it: the questions, with room for answers, and the exercise. */
export function task({ questions, exercise }: Prose) {
  return html`<div class="paper">
    <h3>${say('Questions')}</h3>
    <ol>
      ${questions.map(({ ask }) => html`<li>${ask}</li>`)}
    </ol>
    <h3>${say('Exercise')}</h3>
    ${blocks(exercise.task)} ${exercise.start ? html`<pre class="mono">${exercise.start}</pre>` : nothing}
    ${list(exercise.choices)}
    <p>${say('Solved when:')}</p>
    ${list(exercise.goals)}
  </div>`;
}

const blocks = (html: string[]) => html.map((each) => unsafeHTML(each));
const list = (items: { words: string }[]) =>
  html`<ul>
    ${items.map(({ words }) => html`<li>${words}</li>`)}
  </ul>`;
