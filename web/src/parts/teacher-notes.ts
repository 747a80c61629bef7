import { LitElement, css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { wayTo } from '../core/home.js';
import type { LessonSession, Question } from '../state/lesson-session.js';
import { base } from '../styles/base.js';
import { english, told } from '../words/english.js';
import { say, saying } from '../words/say.js';
import { wordsOfChoice } from './exercise.js';

const inEnglish = (words: string) => html`<span lang=${english()}>${words}</span>`;

/** What a teacher wants to know beforehand: how long it takes, what to look out for, every answer and a solution. */
export class TeacherNotes extends LitElement {
  static override properties = { session: { attribute: false }, revision: { type: Number } };
  declare session: LessonSession;
  declare revision: number;

  static override styles = [
    base,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
      article {
        max-width: 780px;
        margin: 0 auto;
        padding: 20px 24px 40px;
        line-height: 1.6;
      }
      h2 {
        margin: 24px 0 8px;
      }
      article > h2:first-child {
        margin-top: 0;
      }
      dt {
        font-weight: 600;
        margin-top: 10px;
      }
      dd {
        margin: 0;
      }
      dd ul {
        margin: 2px 0 0;
        padding-left: 20px;
      }
      .steps {
        color: var(--soft);
      }
      kbd {
        padding: 0 6px;
        border: 1px solid var(--line);
        border-radius: 5px;
        font-family: var(--mono);
      }
      code,
      pre {
        font-family: var(--mono);
        font-size: 0.92em;
      }
      pre {
        white-space: pre-wrap;
        margin: 0;
      }
    `,
  ];

  protected override render() {
    const { prose, lesson, more, failure } = this.session;
    if (!prose || !lesson) return nothing;
    if (!more) return html`<article><p role="status">${failure || say('Fetching the notes…')}</p></article>`;
    return html`<article>
      <h2>${say('For the teacher')}</h2>
      ${told(
        prose,
        more.teacher?.map((each) => unsafeHTML(each)),
      )}
      <h2>${say('Answers, as {0} has them on {1} bytes', lesson.abi(), lesson.arenaBytes())}</h2>
      <dl>${prose.questions.map((question) => this.#renderQuestion(question))}</dl>
      <h2>${say('A solution of the exercise')}</h2>
      ${
        prose.exercise.kind === 'program'
          ? html`<p class="card">${wordsOfChoice(prose.exercise, prose.exercise.solution)}</p>`
          : html`<pre class="card">${prose.exercise.solution}</pre>`
      }
      <h2>${say('In class')}</h2>
      <p>
        ${saying('{0} turns presenter mode on: large type, and a clicker goes one step at a time.', html`<kbd>p</kbd>`)}
        ${say('The link in the address bar opens exactly what you see, on every machine.')}
      </p>
    </article>`;
  }

  #renderQuestion(question: Question) {
    const { answer, wrong } = this.session.asking.answersTo(question);
    return html`<dt lang=${english()}>${question.ask}</dt>
      <dd>
        <b>${answer}.</b>
        ${inEnglish(question.right)} ${this.#renderSteps(this.session.stepAt(question.at))}
        <ul>
          ${question.wrong.map(({ reply }, index) => {
            const given = wrong[index];
            return given
              ? html`<li>${saying('If the answer is {0}: {1}', html`<b>${given}</b>`, inEnglish(reply))}</li>`
              : html`<li>${saying('For any other answer: {0}', inEnglish(reply))}</li>`;
          })}
        </ul>
      </dd>`;
  }

  /** The question is put one step before the one that answers it. */
  #renderSteps(step: number) {
    if (step === 0) return nothing;
    const { prose, lesson } = this.session;
    const address = (at: number) => wayTo(`#/lessons?l=${prose!.id}&m=${lesson!.arenaBytes()}&n=${at}`);
    return html`<span class="steps"
      ><a href=${address(step - 1)}>${say('Asked at step {0}', step - 1)}</a>,
      <a href=${address(step)}>${say('seen at step {0}', step)}</a></span
    >`;
  }
}
