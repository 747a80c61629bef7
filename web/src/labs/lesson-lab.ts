import { LitElement, css, html, nothing } from 'lit';
import { bytes, count } from '../core/format.js';
import { heapLegend } from '../parts/legend.js';
import { faultCards, whyCard } from '../parts/meaning.js';
import { patterns } from '../parts/patterns.js';
import type { LessonSession, Question } from '../state/lesson-session.js';
import type { Frame } from '../state/session.js';
import { base, forms } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { reveal, type Reveal } from './reveal.js';

const ARENAS = [512, 1024, 2048, 4096, 65_536];

/** A lesson: its program (left), stack and heap (middle), its story and its questions (right), time (bottom). */
export class LessonLab extends LitElement {
  static override properties = {
    session: { attribute: false },
    revision: { type: Number },
    asking: { state: true },
    telling: { state: true },
  };
  declare session: LessonSession;
  declare revision: number;
  declare private asking: boolean;
  declare private telling: boolean;

  static override styles = [
    base,
    forms,
    stage,
    css`
      @media (min-width: 1100px) {
        .stage {
          grid-template-columns: minmax(280px, 27%) minmax(0, 1fr) minmax(280px, 27%);
        }
      }
      heapyard-lesson-code {
        flex: 1;
      }
      .output {
        border-top: 1px solid var(--line);
        padding: 8px 20px;
        max-height: 26%;
        overflow: auto;
      }
      .output pre {
        margin: 2px 0 0;
        font: 13px / 1.5 var(--mono);
        white-space: pre-wrap;
      }
      .question {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        border-left: 4px solid var(--now);
      }
      .question form {
        display: flex;
        gap: 8px;
      }
      .question input {
        flex: 1;
        min-width: 0;
      }
      .right {
        border-left: 4px solid var(--edge);
      }
      .list {
        overflow: auto;
        padding: 32px 24px 48px;
        width: 100%;
        max-width: 820px;
        margin: 0 auto;
      }
      .list h2 {
        font-size: 1.5rem;
        letter-spacing: -0.01em;
        text-transform: none;
        color: var(--ink);
      }
      .list ol {
        padding: 0;
        margin: 20px 0 0;
        list-style: none;
        display: grid;
        gap: 12px;
        counter-reset: lesson;
      }
      .list li {
        counter-increment: lesson;
      }
      .list a {
        display: grid;
        grid-template-columns: 32px 1fr;
        gap: 2px 8px;
        color: inherit;
        text-decoration: none;
      }
      .list a::before {
        content: counter(lesson);
        grid-row: 1 / 3;
        font-size: var(--size-large);
        color: var(--soft);
      }
      .list a:hover {
        border-color: var(--edge);
      }
      .list b {
        font-size: var(--size-large);
        letter-spacing: -0.005em;
      }
      .settings h2 a {
        color: inherit;
      }
      .settings .name {
        font-family: inherit;
      }
      .bytes > summary {
        font-size: var(--size-small);
      }
      @media (max-width: 760px) {
        .script {
          display: flex;
          order: 2;
          flex: none;
          max-height: 260px;
          border: 1px solid var(--line);
          border-radius: var(--round-card);
        }
        .question,
        .right {
          order: 2;
        }
        .bytes {
          order: 4;
        }
        heapyard-lesson-story {
          order: 8;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.asking = false;
    this.telling = false;
  }

  protected override render() {
    const { frame, lesson } = this.session;
    return frame && lesson ? this.#renderLesson(frame) : this.#renderList();
  }

  #renderList() {
    const { entries, failure } = this.session;
    return html`<div class="list">
      ${failure ? html`<p class="note bad" role="alert">${failure}</p>` : nothing}
      <h2>Lessons</h2>
      <p class="soft">Real C++ on real bytes, one step at a time, forward and back.</p>
      <ol>
        ${entries.map(
          ({ id, title, abstract }) =>
            html`<li>
              <a class="card" href="#/lessons?l=${id}"><b>${title}</b><span class="soft">${abstract}</span></a>
            </li>`,
        )}
      </ol>
    </div>`;
  }

  #renderLesson(frame: Frame) {
    const { session } = this;
    const { prose, lesson } = session;
    const faultLines = frame.faults.flatMap((fault) => [fault.line, fault.allocatedLine, fault.freedLine]);
    const output = lesson!.output();
    return html`<div class="stage" @reveal=${this.#reveal}>
        <section class="script" aria-label="Program">
          <div class="panel-head">
            <h2>lesson.cpp <span class="aside">step ${count(frame.number)} of ${count(frame.run.steps)}</span></h2>
          </div>
          <heapyard-lesson-code
            .source=${lesson!.source()}
            .line=${frame.step.line}
            .faultLines=${faultLines.filter((line): line is number => line !== null)}
            @goto=${this.#goto}
          ></heapyard-lesson-code>
          ${
            output
              ? html`<div class="output">
                  <h2>Printed</h2>
                  <pre>${output}</pre>
                </div>`
              : nothing
          }
        </section>
        <div class="body">
          <section class="picture" aria-label="Memory">
            <svg width="0" height="0" class="unseen" aria-hidden="true">${patterns}</svg>
            <div class="settings">
              <h2><a href="#/lessons">Lessons</a><span class="name">${prose!.title}</span></h2>
              <span title="Sizes and addresses are those of this machine">runs as ${lesson!.abi()}</span>
              <label>
                <span class="unseen">Arena</span>
                <select @change=${(event: Event) => this.#arena(Number((event.target as HTMLSelectElement).value))}>
                  ${[...new Set([...ARENAS, frame.run.arenaBytes])]
                    .sort((a, b) => a - b)
                    .map(
                      (size) =>
                        html`<option value=${size} ?selected=${size === frame.run.arenaBytes}>
                          ${bytes(size)} arena
                        </option>`,
                    )}
                </select>
              </label>
            </div>
            <div class="headline">
              <p class="sentence" role="status" aria-live=${session.playing ? 'off' : 'polite'}>
                ${frame.step.sentence}
              </p>
              <button aria-pressed=${this.asking} title="The inner steps of this call (w)" @click=${this.#toggleWhy}>
                Why there?
              </button>
            </div>
            ${this.#renderQuestion()}
            <heapyard-lesson-scene
              class="canvas"
              .frames=${session.stack()}
              .objects=${session.objects()}
              .arenaBytes=${frame.run.arenaBytes}
              .now=${frame.step.block}
            ></heapyard-lesson-scene>
            <details class="bytes" open>
              <summary>The bytes of the heap</summary>
              <heapyard-heap-view
                .session=${session}
                .frame=${frame}
                .lit=${session.lit}
                @pick=${this.#picked}
              ></heapyard-heap-view>
              ${heapLegend}
            </details>
            <div class="foot">
              <details @toggle=${this.#told}>
                <summary>The same in words</summary>
                <pre class="card twin" tabindex="0">${this.telling ? lesson!.twin() : ''}</pre>
              </details>
            </div>
          </section>
          <section class="meaning" aria-label="Story">
            ${faultCards(session, frame)} ${this.asking ? whyCard(session, frame) : nothing}
            <heapyard-lesson-story
              .session=${session}
              .number=${frame.number}
              @told=${this.#storyTold}
            ></heapyard-lesson-story>
          </section>
        </div>
      </div>
      <heapyard-transport .session=${session} .frame=${frame} .revision=${this.revision}></heapyard-transport>`;
  }

  #renderQuestion() {
    const { session } = this;
    const answered = session.answered();
    const verdict = answered && session.verdicts.get(answered);
    if (verdict) {
      return html`<div class="card right" role="status">
        <p><b>${verdict.right ? 'Right' : 'Not quite'}: ${verdict.answer}.</b> ${verdict.reply}</p>
      </div>`;
    }
    const question = session.question();
    if (!question) return nothing;
    return html`<div class="card question">
      <h3>Predict</h3>
      <p id="ask">${question.ask}</p>
      <form @submit=${(event: Event) => this.#answer(event, question)}>
        <input id="answer" autocomplete="off" aria-labelledby="ask" placeholder="your answer" />
        <button>Check</button>
      </form>
    </div>`;
  }

  #answer(event: Event, question: Question): void {
    event.preventDefault();
    const given = this.renderRoot.querySelector<HTMLInputElement>('#answer')!.value.trim();
    if (given) this.session.judge(question, given);
  }

  /** Keys of a lesson; true when the key was one of them. */
  key(event: KeyboardEvent): boolean {
    const { session } = this;
    if (!session.lesson) return false;
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -Infinity,
      End: Infinity,
    };
    const by = steps[event.key];
    if (by !== undefined) session.step(by);
    else if (event.key === ' ') session.play();
    else if (event.key === 'n') session.nextFault();
    else if (event.key === 'j' || event.key === 'ArrowDown') session.selectNeighbour(1);
    else if (event.key === 'k' || event.key === 'ArrowUp') session.selectNeighbour(-1);
    else if (event.key === 'w') this.#toggleWhy();
    else if (event.key === 'a' && session.question()) this.renderRoot.querySelector<HTMLElement>('#answer')?.focus();
    else if (event.key === 'Escape' && this.asking) this.#toggleWhy();
    else return false;
    return true;
  }

  #toggleWhy = (): void => {
    this.asking = !this.asking;
    if (!this.asking) this.session.light(null);
  };

  #goto(event: CustomEvent<number>): void {
    const step = this.session.stepAt({ lines: [event.detail], occurrence: 1 });
    this.session.pause();
    if (step > 0) this.session.seek(step);
  }

  #arena(size: number): void {
    this.session.verdicts.clear();
    this.session.rerun(this.session.allocator, size);
  }

  #picked(event: CustomEvent<{ offset: number }>): void {
    this.session.select(event.detail.offset);
  }

  #told(event: Event): void {
    this.telling = (event.currentTarget as HTMLDetailsElement).open;
  }

  /** Where the story has a panel of its own, it scrolls with the steps. */
  #storyTold(event: CustomEvent<HTMLElement>): void {
    const panel = this.renderRoot.querySelector<HTMLElement>('.meaning')!;
    if (getComputedStyle(panel).overflowY !== 'auto') return;
    const [sentence, view] = [event.detail.getBoundingClientRect(), panel.getBoundingClientRect()];
    const above = sentence.top - view.top - 48;
    const below = sentence.bottom - view.bottom + 96;
    if (above < 0) panel.scrollTop += above;
    else if (below > 0) panel.scrollTop += below;
  }

  #reveal(event: Reveal): void {
    reveal([...this.renderRoot.querySelectorAll<HTMLElement>('.picture, .body, .stage')], event);
  }
}
