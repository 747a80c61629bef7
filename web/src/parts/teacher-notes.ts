import { LitElement, css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { wayTo } from '../core/home.js';
import type { LessonSession, Question } from '../state/lesson-session.js';
import { base } from '../styles/base.js';
import { wordsOfChoice } from './exercise.js';

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
    if (!more) return html`<article><p role="status">${failure || 'Fetching the notes…'}</p></article>`;
    return html`<article>
      <h2>For the teacher</h2>
      ${more.teacher?.map((each) => unsafeHTML(each))}
      <h2>Answers, as ${lesson.abi()} has them on ${lesson.arenaBytes()} bytes</h2>
      <dl>${prose.questions.map((question) => this.#renderQuestion(question))}</dl>
      <h2>A solution of the exercise</h2>
      ${
        prose.exercise.kind === 'program'
          ? html`<p class="card">${wordsOfChoice(prose.exercise, prose.exercise.solution)}</p>`
          : html`<pre class="card">${prose.exercise.solution}</pre>`
      }
      <h2>In class</h2>
      <p>
        <kbd>p</kbd> turns presenter mode on: large type, and a clicker goes one step at a time. The link in the address
        bar opens exactly what you see, on every machine.
      </p>
    </article>`;
  }

  #renderQuestion(question: Question) {
    const { answer, wrong } = this.session.asking.answersTo(question);
    return html`<dt>${question.ask}</dt>
      <dd>
        <b>${answer}.</b> ${question.right} ${this.#renderSteps(this.session.stepAt(question.at))}
        <ul>
          ${question.wrong.map(({ reply }, index) => {
            const when = wrong[index] ? html`If the answer is <b>${wrong[index]}</b>` : 'For any other answer';
            return html`<li>${when}: ${reply}</li>`;
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
      ><a href=${address(step - 1)}>Asked at step ${step - 1}</a>,
      <a href=${address(step)}>seen at step ${step}</a></span
    >`;
  }
}
