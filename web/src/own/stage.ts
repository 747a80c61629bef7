import { html, nothing } from 'lit';
import { bytes } from '../core/format.js';
import { isEmbedded } from '../core/home.js';
import type { Question } from '../state/lesson-session.js';
import type { Frame } from '../state/session.js';
import { say } from '../words/say.js';
import { HeapLab } from '../labs/heap-lab.js';
import { followStory } from '../parts/follow-story.js';
import { faultCards, whyCard } from '../parts/meaning.js';
import { beginning, prediction } from '../parts/prediction.js';
import { lesson } from '../styles/lesson.js';
import type { OwnModel } from './model.js';
import type { ScriptPlayer } from './players.js';
import { stageStyles } from './styles.js';

/** The heap lab with a story: the script is read, not written, and questions are asked above the picture. */
export class OwnStage extends HeapLab {
  static override properties = { ...HeapLab.properties, model: { attribute: false } };
  declare model: OwnModel;
  #judged = false; // the verdict is still to be shown

  static override styles = [...HeapLab.styles, lesson, stageStyles];

  protected override renderSettings(frame: Frame) {
    const { machines, allocator } = this.session as ScriptPlayer;
    const title = machines.find(({ name }) => name === allocator)?.title ?? allocator;
    return html`<span>${say('{0}, {1} arena', title, bytes(frame.run.arenaBytes))}</span>`;
  }

  protected override renderScript(frame: Frame) {
    const faulty = frame.faults.flatMap(({ line, allocatedLine, freedLine }) => [line, allocatedLine, freedLine]);
    return html`<section class="script ${this.sheet === 'script' ? 'sheet' : ''}" aria-label=${say('Script')}>
      <div class="panel-head">
        <h2>
          ${say('Script')} <span class="aside">${say('step {0} of {1}', frame.number, frame.run.steps)}</span>
          ${this.renderClose()}
        </h2>
      </div>
      <heapyard-lesson-code
        .source=${frame.run.text}
        .language=${'script'}
        .label=${say('Script')}
        .line=${frame.step.line}
        .faultLines=${faulty.filter((line): line is number => line !== null)}
        @goto=${this.#goto}
      ></heapyard-lesson-code>
    </section>`;
  }

  protected override renderAbove(frame: Frame) {
    return html`${frame.number === 0 ? beginning(this.model) : nothing} ${prediction(this.model, this.#answer)}`;
  }

  protected override renderMeaning(frame: Frame) {
    const looked = frame.pinned || this.sheet === 'block';
    return html`<section class="meaning" aria-label=${say('Story')}>
      ${faultCards(this.session, frame)} ${this.asking ? whyCard(this.session, frame) : nothing}
      ${
        looked
          ? html`<heapyard-inspector
              class=${this.sheet === 'block' ? 'sheet' : ''}
              .session=${this.session}
              .frame=${frame}
              @close=${this.closeSheet}
            ></heapyard-inspector>`
          : nothing
      }
      <heapyard-lesson-story
        .session=${this.model}
        .number=${frame.number}
        @told=${this.#storyTold}
      ></heapyard-lesson-story>
    </section>`;
  }

  protected override updated(): void {
    const verdict = this.#judged && this.renderRoot.querySelector<HTMLElement>('.verdict');
    if (!verdict) return;
    this.#judged = false;
    verdict.focus({ preventScroll: isEmbedded() });
  }

  protected override openLesson(text: string): void {
    this.model.apply({ lab: 'own', text, view: 'program', step: 0, block: null });
  }

  #answer = (question: Question, given: string): void => {
    this.#judged = true;
    this.model.asking.judge(question, given);
  };

  #goto = (event: CustomEvent<number>): void => {
    const step = this.model.stepAt({ lines: [event.detail], occurrence: 1 });
    this.model.pause();
    if (step > 0) this.model.seek(step);
  };

  #storyTold = (event: CustomEvent<HTMLElement>): void => {
    followStory(this.renderRoot.querySelector<HTMLElement>('.meaning'), event.detail);
  };
}
