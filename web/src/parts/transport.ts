import { LitElement, css, html } from 'lit';
import { bytes, percent } from '../core/format.js';
import { isEmbedded } from '../core/home.js';
import type { Session } from '../state/session.js';
import type { Frame } from '../state/session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import * as icons from './icons.js';

const SPEEDS = [0.5, 1, 2, 4];

/** The bottom edge: step and play, the timeline, the numbers. The same in every lab that has time. */
export class Transport extends LitElement {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    revision: { type: Number },
    numberless: { type: Boolean }, // the numbers are of another run than what is shown
  };
  declare session: Session;
  declare frame: Frame;
  declare revision: number;
  declare numberless: boolean;

  static override styles = [
    base,
    css`
      :host {
        background: var(--paper);
        border-top: 1px solid var(--line);
      }
      .bar {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 24px;
        align-items: center;
        padding: 8px 24px;
      }
      .buttons {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .buttons button {
        display: grid;
        place-items: center;
        width: var(--touch);
        height: var(--touch);
        padding: 0;
        border-radius: var(--round-card);
      }
      .buttons button.play {
        width: 52px;
        background: var(--ink);
        border-color: var(--ink);
        color: var(--paper);
      }
      .buttons select {
        min-height: var(--touch);
        width: 64px;
        padding: 4px;
        border-color: transparent;
        background: none;
        color: var(--soft);
        font-size: var(--size-small);
      }
      svg {
        width: 18px;
        height: 18px;
        fill: currentColor;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(4, auto);
        gap: 0 24px;
        margin: 0;
        font-size: var(--size-small);
        color: var(--soft);
      }
      dl div {
        display: flex;
        flex-direction: column-reverse;
        min-width: 72px;
      }
      dt {
        white-space: nowrap;
      }
      dd {
        margin: 0;
        font-size: var(--size-large);
        font-weight: 600;
        letter-spacing: -0.01em;
        color: var(--ink);
        white-space: nowrap;
      }
      slot {
        display: none;
      }
      @container (max-width: 1099px) {
        .bar {
          grid-template-columns: auto minmax(0, 1fr);
          gap: 4px 20px;
          padding: 8px 16px;
        }
        heapyard-timeline {
          grid-column: 1 / -1;
          grid-row: 1;
        }
        dl {
          justify-self: end;
        }
      }
      @container (max-width: 760px) {
        .bar {
          grid-template-columns: 1fr auto 1fr;
          gap: 0 8px;
          padding: 6px 12px 8px;
        }
        slot {
          display: flex;
        }
        slot[name='right'] {
          justify-content: end;
        }
        dl {
          grid-column: 1 / -1;
          grid-row: 1;
          justify-self: stretch;
          display: flex;
          justify-content: space-between;
          flex-wrap: wrap;
          gap: 0 8px;
        }
        dl div {
          flex-direction: row-reverse;
          gap: 5px;
          min-width: 0;
          align-items: baseline;
        }
        dd {
          font-size: var(--size-small);
        }
        dt {
          font-size: var(--size-label);
        }
        heapyard-timeline {
          grid-row: 2;
        }
        .buttons {
          gap: 6px;
        }
        .buttons select {
          display: none;
        }
      }
      .bar.small {
        display: flex;
        gap: 4px 16px;
        padding: 4px 16px;
      }
      .small heapyard-timeline {
        flex: 1;
        min-width: 0;
      }
      .small dl {
        display: none;
      }
      @container (max-width: 520px) {
        .bar.small {
          flex-wrap: wrap;
          justify-content: center;
        }
        .small heapyard-timeline {
          flex-basis: 100%;
          order: -1;
        }
      }
      @container (max-height: 480px) {
        .bar {
          display: flex;
          gap: 12px;
          padding: 2px 12px;
        }
        heapyard-timeline {
          flex: 1;
        }
        dl {
          display: none;
        }
      }
      @container (max-width: 359px) {
        dl {
          gap: 4px;
        }
        dl div {
          gap: 3px;
        }
        dd,
        dt {
          font-size: calc(0.6875 * var(--rem));
        }
      }
    `,
  ];

  protected override render() {
    const { session, frame } = this;
    const { statistics } = frame;
    const atStart = frame.number === 0;
    const atEnd = frame.number === frame.run.steps;
    return html`<div class="bar ${isEmbedded() ? 'small' : ''}">
      <slot name="left"></slot>
      <div class="buttons" role="group" aria-label=${say('Steps')}>
        <button
          aria-label=${say('Step back')}
          title=${say('Step back (←)')}
          aria-disabled=${atStart}
          @click=${() => session.step(-1)}
        >
          ${icons.back}
        </button>
        <button
          class="play"
          aria-label=${session.playing ? say('Pause') : say('Play')}
          title=${session.playing ? say('Pause (Space)') : say('Play (Space)')}
          @click=${() => session.play()}
        >
          ${session.playing ? icons.pause : icons.play}
        </button>
        <button
          aria-label=${say('Step forward')}
          title=${say('Step forward (→)')}
          aria-disabled=${atEnd}
          @click=${() => session.step(1)}
        >
          ${icons.forward}
        </button>
        <select
          aria-label=${say('Speed of playing')}
          @change=${(event: Event) => session.setSpeed(Number((event.target as HTMLSelectElement).value))}
        >
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === session.speed}>${speed} ×</option>`)}
        </select>
      </div>
      <slot name="right"></slot>
      <heapyard-timeline .frame=${frame} @seek=${this.#seek}></heapyard-timeline>
      <dl ?hidden=${this.numberless}>
        <div>
          <dt>${say('in use')}</dt>
          <dd>${bytes(statistics.liveBytes)}</dd>
        </div>
        <div>
          <dt>${say('high water')}</dt>
          <dd>${bytes(statistics.highWaterMark)}</dd>
        </div>
        <div title=${say('1 − largest free block ÷ all free bytes')}>
          <dt>${say('fragmented')}</dt>
          <dd>${percent(statistics.externalFragmentation)}</dd>
        </div>
        <div title=${say('Bytes of used blocks that nobody asked for')}>
          <dt>${say('lost inside')}</dt>
          <dd>${bytes(statistics.internalFragmentation)}</dd>
        </div>
      </dl>
    </div>`;
  }

  #seek(event: CustomEvent<number>): void {
    this.session.pause();
    this.session.seek(event.detail);
  }
}
