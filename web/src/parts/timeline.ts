import { css, html, svg } from 'lit';
import type { Frame, Run } from '../state/session.js';
import { bytes } from '../core/format.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { AXIS, CURVE, EDGE, HEIGHT, layOutTimeline, stepAt, xOf, type TimelineLayout } from './timeline-layout.js';
import { Sized } from './sized.js';

/** The instrument: events as ticks, live bytes as a curve, faults in red, one playhead. Sends `seek` with a step. */
export class TimelinePart extends Sized {
  static override properties = { frame: { attribute: false } };
  declare frame: Frame;
  #drawn: { run: Run; width: number; layout: TimelineLayout } | null = null;
  #dragging = false;

  static override styles = [
    base,
    css`
      :host {
        min-width: 0;
      }
      .slider {
        cursor: ew-resize;
        touch-action: none;
        border-radius: 8px;
      }
      svg {
        display: block;
        overflow: visible;
      }
      .area {
        fill: var(--hue-0);
        opacity: 0.1;
      }
      .past {
        overflow: hidden;
      }
      .curve {
        fill: none;
        stroke: var(--hue-0);
        stroke-width: 1.5;
        opacity: 0.5;
      }
      .past .curve {
        opacity: 1;
      }
      .tick {
        stroke: var(--soft);
        stroke-width: 2.5;
        stroke-linecap: round;
      }
      .fails {
        stroke: var(--soft);
        stroke-width: 1.8;
        fill: none;
      }
      .axis {
        stroke: var(--line);
      }
      .fault {
        fill: var(--bad);
      }
      text {
        font: 12px var(--sans);
        fill: var(--soft);
      }
      text.fault {
        fill: var(--bad);
      }
      .playhead line {
        stroke: var(--now);
        stroke-width: 2;
      }
      .playhead circle {
        fill: var(--now);
        stroke: var(--paper);
        stroke-width: 2;
      }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.slider')?.focus();
  }

  protected override render() {
    const { run, number, step } = this.frame;
    const width = Math.max(80, this.width);
    if (this.#drawn?.run !== run || this.#drawn.width !== width) {
      this.#drawn = { run, width, layout: layOutTimeline(run.timeline, width) };
    }
    const { layout } = this.#drawn;
    const now = xOf(number, run.steps, width);
    const end = xOf(run.steps, run.steps, width);
    const shape = svg`
      <path class="area" d="${layout.curve}V${CURVE.bottom}H${EDGE}Z" />
      <path class="curve" d=${layout.curve} />`;
    const words =
      number === 0
        ? say('step {0} of {1}, the empty heap', number, run.steps)
        : say('step {0} of {1}, line {2}: {3}', number, run.steps, step.line, step.call);
    return html`<div
      class="slider"
      role="slider"
      tabindex="0"
      aria-label=${say('Step')}
      aria-valuemin="0"
      aria-valuemax=${run.steps}
      aria-valuenow=${number}
      aria-valuetext=${words}
      @keydown=${this.#keydown}
      @pointerdown=${this.#pointerdown}
      @pointermove=${this.#pointermove}
      @pointerup=${this.#pointerup}
      @pointercancel=${this.#pointerup}
    >
      <svg width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">
        ${shape}
        <svg class="past" width=${now} height=${HEIGHT}>${shape}</svg>
        <line class="axis" x1=${EDGE} x2=${end} y1=${AXIS} y2=${AXIS} />
        <path class="tick" d=${layout.ticks.up} />
        <path class="tick" d=${layout.ticks.down} />
        <path class="tick" d=${layout.ticks.dots} />
        <path class="fails" d=${layout.ticks.fails} />
        ${layout.faults.map(({ x }) => svg`<path class="fault" d="M${x - 5} ${AXIS + 21}h10l-5 -9z" />`)}
        ${this.#renderFaultName(layout, width)} ${this.#renderHighest(now, width)}
        <g class="playhead">
          <line x1=${now} x2=${now} y1="14" y2=${AXIS + 14} />
          <circle cx=${now} cy="14" r="7" />
        </g>
      </svg>
    </div>`;
  }

  /** On the side where the playhead is not. */
  #renderHighest(now: number, width: number) {
    const left = now > width / 2;
    return svg`<text x=${left ? EDGE : width - EDGE} y="11" text-anchor=${left ? 'start' : 'end'}>${say('{0} at most', bytes(this.frame.run.timeline.highest))}</text>`;
  }

  /** The first fault from this step on is named under its mark. */
  #renderFaultName(layout: TimelineLayout, width: number) {
    const { run, number } = this.frame;
    const next = layout.faults.find((mark) => mark.step >= number) ?? layout.faults.at(-1);
    if (!next) return '';
    const name = run.timeline.fault(next.step);
    const right = next.x + 12 + name.length * 7 > width;
    return svg`<text class="fault" x=${next.x + (right ? -9 : 9)} y=${AXIS + 21} text-anchor=${right ? 'end' : 'start'}>${name}</text>`;
  }

  #seek(event: PointerEvent): void {
    const box = this.getBoundingClientRect();
    const step = stepAt(event.clientX - box.left, this.frame.run.steps, box.width);
    this.dispatchEvent(new CustomEvent('seek', { detail: step, bubbles: true, composed: true }));
  }

  /** A slider goes up and down too; elsewhere these keys walk over blocks. */
  #keydown(event: KeyboardEvent): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const detail = Math.max(0, Math.min(this.frame.run.steps, this.frame.number + by));
    this.dispatchEvent(new CustomEvent('seek', { detail, bubbles: true, composed: true }));
  }

  #pointerdown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#dragging = true;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#seek(event);
  }

  #pointermove(event: PointerEvent): void {
    if (this.#dragging) this.#seek(event);
  }

  #pointerup(): void {
    this.#dragging = false;
  }
}
