import { html, nothing } from 'lit';
import type { Taught } from '../state/asking.js';
import type { Question } from '../state/lesson-session.js';
import { languageOf } from '../words/english.js';
import { say, saying } from '../words/say.js';

/** Before the first step of a lesson: what it is, and what to do. */
export function beginning(session: Taught) {
  return html`<div class="card beginning">
    <p lang=${languageOf(session.prose!)}>${session.prose!.abstract}</p>
    <p>
      <button @click=${() => session.step(1)}>${say('Begin')}</button>
      <span class="soft small"
        >${saying('Then {0} steps forward, {1} back; the story follows.', html`<kbd>→</kbd>`, html`<kbd>←</kbd>`)}</span
      >
    </p>
  </div>`;
}

/** The question that the next step answers, or what was said to the answer that this step gave. */
export function prediction(session: Taught, judge: (question: Question, given: string) => void) {
  const { asking } = session;
  const lang = languageOf(session.prose!);
  const answered = asking.answered();
  const verdict = answered && asking.verdicts.get(answered);
  if (verdict) {
    const { right, given, answer, reply } = verdict;
    return html`<div class="card verdict" tabindex="-1" role="status">
      <p class="soft small" lang=${lang}>${answered.ask}</p>
      ${
        right
          ? html`<p><b>${say('✓ Right: {0}.', answer)}</b> <span lang=${lang}>${reply}</span></p>`
          : html`<p><b>${say('✗ You said {0}.', given)}</b> <span lang=${lang}>${reply}</span></p>
              <p><b>${say('It is {0}.', answer)}</b></p>`
      }
    </div>`;
  }
  const question = asking.question();
  if (!question) return nothing;
  // No form is sent: the frame that this stands in may be in a sandbox, where none can be.
  const check = (event: Event) => {
    event.preventDefault();
    const given = (event.target as Element).closest('form')!.querySelector('input')!.value.trim();
    if (given) judge(question, given);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing) check(event);
  };
  return html`<div class="card question">
    <h3>${say('Predict')}</h3>
    <p id="ask" lang=${lang}>${question.ask}</p>
    <form @keydown=${pressed}>
      <input
        id="answer"
        autocomplete="off"
        aria-labelledby="ask"
        title=${say('To write here: a')}
        placeholder=${asking.shapeOf(question)}
      />
      <button type="button" @click=${check}>${say('Check')}</button>
    </form>
  </div>`;
}
