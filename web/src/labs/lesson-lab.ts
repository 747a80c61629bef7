import { LitElement, html, nothing } from 'lit';
import { bytes, count } from '../core/format.js';
import { isEmbedded, wayTo } from '../core/home.js';
import { landmark, outermost, scrollIntoView } from '../parts/around.js';
import { aims, task } from '../parts/handout.js';
import { defineElements } from '../parts/define.js';
import { followStory } from '../parts/follow-story.js';
import { heapLegend } from '../parts/legend.js';
import { faultCards, whyCard } from '../parts/meaning.js';
import { onceDrawn } from '../parts/once-drawn.js';
import { patterns } from '../parts/patterns.js';
import { beginning, prediction } from '../parts/prediction.js';
import type { LessonSession, Question } from '../state/lesson-session.js';
import type { LessonView } from '../state/address.js';
import type { ExercisePart } from '../parts/exercise.js';
import type { LessonStory } from '../parts/lesson-story.js';
import type { Frame } from '../state/session.js';
import { shows, without, type Show } from '../state/show.js';
import { base, forms } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { lesson } from '../styles/lesson.js';
import { english } from '../words/english.js';
import { say } from '../words/say.js';
import { reveal, type Reveal } from './reveal.js';

const ARENAS = [1024, 2048, 4096, 65_536];
const views = (): [LessonView, string, string][] => [
  ['program', say('Lesson'), say('The program, step by step')],
  ['exercise', say('Exercise'), say('To try it (x)')],
  ['teacher', say('For the teacher'), say('Duration, notes, answers')],
];
type Tongue = 'c++' | 'c' | 'rust';

/** A lesson: its program (left), stack and heap (middle), its story and its questions (right), time (bottom). */
export class LessonLab extends LitElement {
  static override properties = {
    session: { attribute: false },
    revision: { type: Number },
    asking: { state: true },
    telling: { state: true },
    presenting: { state: true },
    tongue: { state: true },
    show: { attribute: false },
  };
  declare session: LessonSession;
  declare revision: number;
  declare show: Show;
  declare private asking: boolean;
  declare private telling: boolean;
  declare private presenting: boolean; // large type, and nothing but program and memory
  declare private tongue: Tongue; // the language in which the program is shown

  #shown: string | undefined; // the lesson that was drawn last
  #viewed: LessonView | undefined; // and the part of it
  #judged = false; // the verdict is still to be shown

  static override styles = [base, forms, stage, lesson];

  constructor() {
    super();
    this.asking = false;
    this.telling = false;
    this.presenting = false;
    this.tongue = 'c++';
    this.show = null;
  }

  protected override render() {
    const { frame, lesson, prose, failure } = this.session;
    if (!frame || !lesson || !prose) {
      if (this.session.onlyRead) return this.#renderReading(failure);
      return failure
        ? html`<p class="first note bad" role="alert">
            ${failure} <a href=${wayTo('#/lessons')}>${say('All lessons')}</a>
          </p>`
        : html`<p class="first" role="status">${say('Fetching the lesson…')}</p>`;
    }
    // What is embedded has ways of its own.
    return html`${isEmbedded() ? nothing : this.#renderWays()} ${this.#renderView(frame)}`;
  }

  /** Program and story where nothing runs: without steps, predictions and exercise. */
  #renderReading(failure: string) {
    const { session } = this;
    return html`<p class="note bad" role="alert">${failure}</p>
      <div class="stage part no-heap" tabindex="-1">
        <section role=${landmark()} class="script" aria-label=${say('Program')}>
          <heapyard-lesson-code .source=${session.prose!.source}></heapyard-lesson-code>
        </section>
        <div class="body">
          <section role=${landmark()} class="meaning" aria-label=${say('Story')}>
            <heapyard-lesson-story .session=${session} .number=${0}></heapyard-lesson-story>
          </section>
        </div>
      </div>`;
  }

  #renderView(frame: Frame) {
    const { session } = this;
    if (session.view !== 'program') void this.#fetchParts();
    if (session.view === 'exercise') {
      return html`<heapyard-exercise class="part" tabindex="-1" .session=${session}></heapyard-exercise>`;
    }
    if (session.view === 'teacher') {
      void session.fetchMore();
      return html`<heapyard-teacher-notes
        class="part"
        tabindex="0"
        .session=${session}
        .revision=${this.revision}
      ></heapyard-teacher-notes>`;
    }
    return this.#renderLesson(frame);
  }

  /** Exercise and notes come when they are first looked at. */
  async #fetchParts(): Promise<void> {
    try {
      (await import('./lesson-parts.js')).define();
    } catch {
      this.session.fail(say('This part of the lesson cannot be fetched. Reload the page to try again.'));
    }
  }

  /** Who embeds a lesson without its story does not fetch what tells it. */
  async #fetchStory(): Promise<void> {
    if (customElements.get('heapyard-lesson-story')) return;
    try {
      const { LessonStory } = await import('../parts/lesson-story.js');
      defineElements({ 'heapyard-lesson-story': LessonStory });
    } catch {
      this.session.fail(say('The story of this lesson cannot be fetched. Reload the page to try again.'));
    }
  }

  /** Where one is, and the ways from here. */
  #renderWays() {
    const { session } = this;
    const { number, previous, next, more } = session.prose!;
    const there = views().filter(([view]) => view !== 'teacher' || more.includes(view));
    return html`<div class="ways">
      <h2>
        <a href=${wayTo('#/lessons')}>${say('Lessons')}</a> <span class="soft">${number}</span>
        <span lang=${english()}>${session.prose!.title}</span>
      </h2>
      <div class="views" role="group" aria-label=${say('Parts of the lesson')} ?hidden=${this.presenting}>
        ${there.map(
          ([view, title, hint]) =>
            html`<button aria-pressed=${view === session.view} title=${hint} @click=${() => session.show(view)}>
              ${title}
            </button>`,
        )}
      </div>
      <button
        class="present ${session.view === 'program' ? '' : 'absent'}"
        aria-pressed=${this.presenting}
        title=${this.presenting ? say('Back to the lesson (Escape)') : say('Large, one step at a press (p)')}
        @click=${this.#present}
      >
        ${this.presenting ? say('Leave') : say('Present')}
      </button>
      <nav aria-label=${say('Lessons beside this one')} ?hidden=${this.presenting}>
        ${previous ? html`<a href=${wayTo(`#/lessons?l=${previous.id}`)} title=${previous.title}>${say('← Previous')}</a>` : nothing}
        ${next ? html`<a href=${wayTo(`#/lessons?l=${next.id}`)} title=${next.title}>${say('Next →')}</a>` : nothing}
      </nav>
    </div>`;
  }

  #renderProgram(frame: Frame) {
    const { prose, more, failure } = this.session;
    const tongue = this.tongue === 'c++' || prose!.more.includes(this.tongue) ? this.tongue : 'c++';
    if (tongue !== 'c++') void this.session.fetchMore();
    const other = tongue === 'c++' ? null : (more?.[tongue] ?? '');
    const tongues: [Tongue, string, boolean][] = [
      ['c++', 'C++', true],
      ['c', 'C', prose!.more.includes('c')],
      ['rust', 'Rust', prose!.more.includes('rust')],
    ];
    const faultLines = frame.faults.flatMap((fault) => [fault.line, fault.allocatedLine, fault.freedLine]);
    return html`<div class="panel-head">
        <h2>
          <span class="tongues" role="group" aria-label=${say('The program in')}>
            ${tongues
              .filter(([, , there]) => there)
              .map(
                ([name, title]) =>
                  html`<button aria-pressed=${name === tongue} @click=${() => (this.tongue = name)}>${title}</button>`,
              )}
          </span>
          ${other === null ? html`<span class="aside">${say('step {0} of {1}', count(frame.number), count(frame.run.steps))}</span>` : nothing}
        </h2>
        ${
          other === null
            ? nothing
            : html`<p class="small soft" role="status">
                ${other === '' ? failure || say('Fetching the program…') : html`${say('The same in {0}: to read beside it.', tongue === 'c' ? 'C' : 'Rust')} <a href=${wayTo('#/words')}>${say('What they call what')}</a>`}
              </p>`
        }
      </div>
      ${
        other === null
          ? html`<heapyard-lesson-code
              .source=${prose!.source}
              .line=${frame.step.line}
              .faultLines=${faultLines.filter((line): line is number => line !== null)}
              @goto=${this.#goto}
            ></heapyard-lesson-code>`
          : other === ''
            ? nothing
            : html`<heapyard-lesson-code
                .source=${other}
                .language=${tongue === 'c' ? 'c++' : 'rust'}
                .label=${tongue === 'c' ? say('The program in C') : say('The program in Rust')}
              ></heapyard-lesson-code>`
      }`;
  }

  #renderLesson(frame: Frame) {
    const { session, show } = this;
    return html`<div
        class="stage part ${without(show)} ${this.presenting ? 'presenting' : ''}"
        tabindex="-1"
        @reveal=${this.#reveal}
      >
        ${aims(session.prose!)} ${shows(show, 'code') ? this.#renderCode(frame) : nothing}
        <div class="body">
          ${shows(show, 'heap') ? this.#renderMemory(frame) : nothing}
          ${shows(show, 'story') ? this.#renderStory(frame) : nothing}
        </div>
        ${task(session.prose!)}
      </div>
      <heapyard-transport
        .session=${session}
        .frame=${frame}
        .revision=${this.revision}
        ?numberless=${session.recording !== null}
      ></heapyard-transport>`;
  }

  #renderCode(frame: Frame) {
    const output = this.session.lesson!.output();
    return html`<section role=${landmark()} class="script" aria-label=${say('Program')}>
      ${this.#renderProgram(frame)}
      ${
        output && this.tongue === 'c++'
          ? html`<div class="output" role=${landmark('region')} aria-label=${say('Printed')} tabindex="0">
              <h2>${say('Printed')}</h2>
              <pre lang=${english()}>${output}</pre>
            </div>`
          : nothing
      }
    </section>`;
  }

  #renderMemory(frame: Frame) {
    const { session } = this;
    const { lesson } = session;
    return html`<section role=${landmark()} class="picture" aria-label=${say('Memory')}>
      <svg width="0" height="0" class="unseen" aria-hidden="true">${patterns}</svg>
      <div class="settings">
        <h2>${say('Memory')}</h2>
        <label title=${say('Sizes and addresses are those of the machine that is chosen')}>
          <span>${say('Machine')}</span>
          <select
            @change=${(event: Event) => void session.onOtherMachine((event.target as HTMLSelectElement).value !== '')}
          >
            <option value="" ?selected=${!session.recording}>${say('{0}, running here', lesson!.abi())}</option>
            <option value="x86_64" ?selected=${session.recording !== null}>${say('x86_64, 64 bits, recorded')}</option>
          </select>
        </label>
        <label ?hidden=${isEmbedded()}>
          <span class="unseen">${say('Arena')}</span>
          <select
            ?disabled=${session.recording !== null}
            @change=${(event: Event) => this.#arena(Number((event.target as HTMLSelectElement).value))}
          >
            ${[...new Set([...ARENAS, frame.run.arenaBytes])]
              .sort((a, b) => a - b)
              .map(
                (size) =>
                  html`<option value=${size} ?selected=${size === frame.run.arenaBytes}>
                    ${say('{0} arena', bytes(size))}
                  </option>`,
              )}
          </select>
        </label>
      </div>
      <div class="headline">
        <p
          class="sentence"
          role="status"
          lang=${session.recording ? english() : nothing}
          aria-live=${session.playing ? 'off' : 'polite'}
        >
          ${session.sentence}
        </p>
        <button aria-pressed=${this.asking} title=${say('The inner steps of this call (w)')} @click=${this.#toggleWhy}>
          ${say('Why there?')}
        </button>
      </div>
      ${session.failure ? html`<p class="note bad" role="alert">${session.failure}</p>` : nothing}
      ${
        session.recording
          ? html`<p class="small soft">
              ${say('Recorded on a 64-bit machine: the same program and the same steps, other sizes and addresses. For the bytes and the questions, choose the machine that runs here.')}
            </p>`
          : prediction(session, this.#answer)
      }
      ${faultCards(session, frame)} ${this.asking ? whyCard(session, frame) : nothing}
      ${frame.number === 0 ? beginning(session) : nothing}
      <heapyard-lesson-scene
        class="canvas"
        .frames=${session.stack()}
        .objects=${session.objects()}
        .arenaBytes=${frame.run.arenaBytes}
        .now=${session.recording ? null : frame.step.block}
      ></heapyard-lesson-scene>
      <details class="bytes" ?open=${!session.recording && !isEmbedded()} ?hidden=${session.recording !== null}>
        <summary>${say('The bytes of the heap')}</summary>
        <heapyard-lazy-heap-view
          .session=${session}
          .frame=${frame}
          .lit=${session.lit}
          @pick=${this.#picked}
          @reveal=${(event: Event) => event.stopPropagation()}
        ></heapyard-lazy-heap-view>
        ${heapLegend()}
      </details>
      <div class="foot">
        <details @toggle=${this.#told}>
          <summary>${say('The same in words')}</summary>
          <pre class="card twin" tabindex="0">${this.telling ? lesson!.twin() : ''}</pre>
        </details>
      </div>
    </section>`;
  }

  #renderStory(frame: Frame) {
    return html`<section role=${landmark()} class="meaning" aria-label=${say('Story')}>
      <heapyard-lesson-story
        .session=${this.session}
        .number=${frame.number}
        @told=${this.#storyTold}
        @jump=${this.#showScene}
      ></heapyard-lesson-story>
    </section>`;
  }

  #answer = (question: Question, given: string): void => {
    this.#judged = true;
    this.session.asking.judge(question, given);
  };

  /** Keys of a lesson; true when the key was one of them. */
  key(event: KeyboardEvent): boolean {
    const { session } = this;
    if (!session.lesson) return false;
    if (session.view !== 'program') return this.#keyOfPart(event);
    const page = this.presenting ? 1 : 10; // a clicker turns pages
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: page,
      PageUp: -page,
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
    else if (event.key === 'a' && session.asking.question())
      this.renderRoot.querySelector<HTMLElement>('#answer')?.focus();
    else if (event.key === 'p') this.#present();
    else if (event.key === 'x') session.show('exercise');
    else if (event.key === 'Escape') return this.#escape();
    else return false;
    return true;
  }

  /** Exercise and teacher's notes: Escape leads back. */
  #keyOfPart(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' || event.key === 'x') this.session.show('program');
    else if (event.key === 'e') this.renderRoot.querySelector<ExercisePart>('heapyard-exercise')?.begin();
    else return false;
    return true;
  }

  #escape(): boolean {
    if (this.renderRoot.querySelector<LessonStory>('heapyard-lesson-story')?.escape?.()) return true;
    if (this.asking) this.#toggleWhy();
    else if (this.presenting) this.#present();
    else return false;
    return true;
  }

  #present = (): void => {
    this.presenting = !this.presenting;
  };

  protected override willUpdate(): void {
    if (shows(this.show, 'story')) void this.#fetchStory();
    const { prose, view } = this.session;
    if (prose?.id === this.#shown && view === 'program') return;
    if (prose?.id !== this.#shown) this.tongue = 'c++';
    this.#shown = prose?.id;
    this.presenting = false;
  }

  #framed: Frame | null = null;

  protected override updated(): void {
    const { view, frame } = this.session;
    this.session.arrived();
    // A fault is told at the top.
    if (frame !== this.#framed && frame?.faults[0]) this.renderRoot.querySelector('.picture')?.scrollTo(0, 0);
    this.#framed = frame;
    const verdict = this.#judged && this.renderRoot.querySelector<HTMLElement>('.verdict');
    if (verdict) {
      this.#judged = false;
      verdict.focus();
    }
    // What had the focus may be gone with the part that it stood in.
    const turned = this.#viewed !== undefined && this.#viewed !== view;
    this.#viewed = view;
    if (turned && document.activeElement === document.body)
      this.renderRoot.querySelector<HTMLElement>('.part')?.focus();
  }

  #toggleWhy = async (): Promise<void> => {
    this.asking = !this.asking;
    if (!this.asking) return this.session.light(null);
    await this.updateComplete;
    const why = this.renderRoot.querySelector('.why');
    if (why) scrollIntoView(why);
  };

  #goto(event: CustomEvent<number>): void {
    const step = this.session.stepAt({ lines: [event.detail], occurrence: 1 });
    this.session.pause();
    if (step > 0) this.session.seek(step);
  }

  #arena(size: number): void {
    this.session.asking.verdicts.clear();
    this.session.rerun(this.session.allocator, size);
  }

  #picked(event: CustomEvent<{ offset: number }>): void {
    this.session.select(event.detail.offset);
  }

  #told(event: Event): void {
    this.telling = (event.currentTarget as HTMLDetailsElement).open;
  }

  #storyTold(event: CustomEvent<HTMLElement>): void {
    followStory(this.renderRoot.querySelector<HTMLElement>('.meaning'), event.detail);
  }

  /** After a jump from the story, which may stand far from what it leads to. */
  #showScene(): void {
    const [headline, scene] = this.renderRoot.querySelectorAll<HTMLElement>('.headline, heapyard-lesson-scene');
    if (!scene) return;
    onceDrawn(headline!, () => {
      const { top } = scene.getBoundingClientRect();
      const all = outermost(this).getBoundingClientRect();
      const seen = top >= headline!.getBoundingClientRect().bottom - 20 && top < all.top + 0.6 * all.height;
      return seen ? undefined : () => scrollIntoView(scene, 'start');
    });
  }

  #reveal(event: Reveal): void {
    reveal([...this.renderRoot.querySelectorAll<HTMLElement>('.picture, .body'), this], event);
  }
}
