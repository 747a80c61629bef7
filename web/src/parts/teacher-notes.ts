import { LitElement, css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { LessonSession } from '../state/lesson-session.js';
import { base } from '../styles/base.js';

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
      a {
        color: inherit;
        text-underline-offset: 3px;
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
    const { prose, lesson } = this.session;
    if (!prose || !lesson) return nothing;
    const answers = this.session.answers();
    return html`<article>
      <h2>For the teacher</h2>
      ${prose.teacher.map((each) => unsafeHTML(each))}
      <h2>Answers, as ${lesson.abi()} has them on ${lesson.arenaBytes()} bytes</h2>
      <dl>
        ${prose.questions.map(
          ({ ask, right, wrong }, index) =>
            html`<dt>${ask}</dt>
              <dd>
                <b>${answers[index]}.</b> ${right}
                ${wrong.filter(({ answer }) => answer !== null).map(({ reply }) => html`<br />To a wrong idea: ${reply}`)}
              </dd>`,
        )}
      </dl>
      <h2>A solution of the exercise</h2>
      <pre class="card">${prose.exercise.solution}</pre>
      <h2>In class</h2>
      <p>
        <kbd>p</kbd> turns presenter mode on: large type, and a clicker goes one step at a time. The link in the address
        bar opens exactly what you see, on every machine.
      </p>
    </article>`;
  }
}
