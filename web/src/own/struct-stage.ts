import { LitElement, html, nothing } from 'lit';
import { count } from '../core/format.js';
import type { RecordLayout } from '../core/module.js';
import { patterns } from '../parts/patterns.js';
import type { Question } from '../state/lesson-session.js';
import { shows, without, type Show } from '../state/show.js';
import { base, forms } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { say } from '../words/say.js';
import { followStory } from '../parts/follow-story.js';
import { structLegend } from '../parts/legend.js';
import { beginning, prediction } from '../parts/prediction.js';
import { lesson } from '../styles/lesson.js';
import type { OwnModel } from './model.js';
import type { StructPlayer } from './players.js';
import { stageStyles } from './styles.js';

/** Structs with a story: their members come one by one, each to the bytes that it takes. */
export class OwnStructStage extends LitElement {
  static override properties = {
    model: { attribute: false },
    player: { attribute: false },
    revision: { type: Number },
    show: { attribute: false },
  };
  declare model: OwnModel;
  declare player: StructPlayer;
  declare revision: number;
  declare show: Show;

  static override styles = [base, forms, stage, lesson, stageStyles];

  protected override render() {
    const { show } = this;
    return html`<div class="stage ${without(show)}">
      ${shows(show, 'code') ? this.#renderText() : nothing}
      <div class="body">
        ${shows(show, 'heap') ? this.#renderBytes() : nothing}
        ${
          shows(show, 'story')
            ? html`<section class="meaning" aria-label=${say('Story')}>
                <heapyard-lesson-story
                  .session=${this.model}
                  .number=${this.player.number}
                  @told=${this.#storyTold}
                ></heapyard-lesson-story>
              </section>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderText() {
    const { player } = this;
    return html`<section class="script" aria-label=${say('Struct')}>
      <div class="panel-head">
        <h2>${say('Struct')} <span class="aside">${say('step {0} of {1}', player.number, player.run.steps)}</span></h2>
      </div>
      <heapyard-lesson-code
        .source=${player.model.text}
        .language=${'c'}
        .label=${say('Struct')}
        .line=${player.line}
        @goto=${this.#goto}
      ></heapyard-lesson-code>
    </section>`;
  }

  #renderBytes() {
    const { player, model } = this;
    const record = player.shown();
    const at = player.number;
    return html`<section class="picture" aria-label=${say('Bytes')}>
      <svg width="0" height="0" class="unseen" aria-hidden="true">${patterns}</svg>
      <div class="settings">
        <h2>${say('Bytes')}</h2>
        <span>${player.model.abis.find(({ name }) => name === 'x86_64')?.title}</span>
      </div>
      <div class="headline">
        <p class="sentence" role="status">${record ? sentence(record, player) : say('Nothing is laid out yet.')}</p>
        <span class="turns">
          <button ?disabled=${at === 0} title=${say('Back (←)')} @click=${() => player.step(-1)}>
            ${say('← Back')}
          </button>
          <button ?disabled=${at === player.run.steps} title=${say('Forward (→)')} @click=${() => player.step(1)}>
            ${say('Forward →')}
          </button>
        </span>
      </div>
      ${at === 0 ? beginning(model) : nothing} ${prediction(model, this.#answer)}
      <div class="canvas">
        ${record ? html`<heapyard-struct-rows .record=${record}></heapyard-struct-rows> ${structLegend()}` : nothing}
      </div>
    </section>`;
  }

  /** Keys of this lab; true when the key was one of them. */
  key({ key }: KeyboardEvent): boolean {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
    const by = steps[key];
    if (by === undefined) return false;
    this.player.step(by);
    return true;
  }

  #answer = (question: Question, given: string): void => this.model.asking.judge(question, given);

  #goto = (event: CustomEvent<number>): void => {
    const step = this.player.stepOfLine(event.detail);
    if (step > 0) this.player.seek(step);
  };

  #storyTold = (event: CustomEvent<HTMLElement>): void => {
    followStory(this.renderRoot.querySelector<HTMLElement>('.meaning'), event.detail);
  };
}

function sentence(record: RecordLayout, { whole }: StructPlayer): string {
  const last = record.members.at(-1)!;
  const all = whole(record.name)!;
  if (record.members.length < all.members.length) {
    const gap = record.padding.find(({ offset, size }) => offset + size === last.offset);
    const { name, size, offset } = last;
    if (!gap) return say('{0} has {1} and begins at {2}.', name, bytes(size), offset);
    return say('{0} has {1} and begins at {2}, behind {3} of padding.', name, bytes(size), offset, bytes(gap.size));
  }
  const padding = all.padding.reduce((sum, each) => sum + each.size, 0);
  if (padding === 0) return say('{0} takes {1}, none of them padding.', all.name, bytes(all.size));
  return say('{0} takes {1}, {2} of them padding.', all.name, bytes(all.size), padding);
}

const bytes = (size: number) => (size === 1 ? say('1 byte') : say('{0} bytes', count(size)));
