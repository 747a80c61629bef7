import { css, html } from 'lit';
import uPlot from 'uplot';
import { bytes, percent } from '../core/format.js';
import type { CurveField, Lane, Race } from '../core/module.js';
import type { RaceSession } from '../state/race-session.js';
import type { Frame } from '../state/session.js';
import { base } from '../styles/base.js';
import { lineOf, lookOf } from './race-colors.js';
import { themes } from '../state/theme.js';
import { say } from '../words/say.js';
import { Sized } from './sized.js';

const HEIGHT = 190; // CSS pixels
const NARROW = 640;

// As in core/words.ts: the numbers stand in module.d.ts, and `satisfies` holds these to its names.
const POINT = {
  Step: 0,
  LiveBytes: 1,
  UsedBytes: 2,
  Touched: 3,
  TotalFree: 4,
  LargestFree: 5,
  Words: 6,
} satisfies Record<keyof typeof CurveField, number>;

interface Curve {
  title: () => string;
  words: (value: number) => string;
  value: (point: Uint32Array) => number;
  steps: number[]; // between the lines of its axis
  most?: number;
}

const CURVES: Curve[] = [
  {
    title: () => say('Bytes touched'),
    words: bytes,
    value: (point) => point[POINT.Touched]!,
    steps: Array.from({ length: 28 }, (_, bit) => 2 ** (bit + 4)),
  },
  {
    title: () => say('External fragmentation'),
    words: percent,
    value: (point) => {
      const free = point[POINT.TotalFree]!;
      return free === 0 ? 0 : 1 - point[POINT.LargestFree]! / free;
    },
    steps: [0.25],
    most: 1,
  },
];

/** The curves of a race over its steps, with the step that is shown as a line. Sends `seek` with a step. */
export class RaceCurves extends Sized {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
  };
  declare session: RaceSession;
  declare frame: Frame;
  #race: Race | null = null; // the one that is drawn
  #lanes: Lane[] = [];
  #plots: uPlot[] = [];
  #themed = () => this.#draw();

  static override styles = [
    base,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
        gap: 16px 24px;
      }
      figure {
        margin: 0;
        min-width: 0;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        margin-bottom: 8px;
        font-size: var(--size-small);
        color: var(--soft);
      }
      .key span {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      figcaption {
        font-weight: 600;
        margin-bottom: 6px;
      }
      .over {
        font-weight: 400;
        color: var(--soft);
      }
      .uplot,
      .u-wrap {
        position: relative;
      }
      .u-over,
      .u-under,
      .u-axis,
      .u-select,
      .u-cursor-x,
      .u-cursor-y,
      .u-cursor-pt {
        position: absolute;
      }
      .u-over {
        cursor: ew-resize;
      }
      .u-under {
        overflow: hidden;
      }
      .uplot canvas {
        display: block;
        width: 100%;
        height: 100%;
      }
      .u-axis,
      .u-cursor-x,
      .u-cursor-pt {
        pointer-events: none;
      }
      .u-cursor-x {
        left: 0;
        top: 0;
        height: 100%;
        border-right: 1px dashed var(--soft);
      }
      .u-cursor-pt {
        top: 0;
        left: 0;
        border-radius: 50%;
      }
      .u-off {
        display: none;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener('change', this.#themed);
  }

  override disconnectedCallback(): void {
    themes.removeEventListener('change', this.#themed);
    this.#clear();
    super.disconnectedCallback();
  }

  protected override render() {
    if (this.session.race !== this.#race) this.#lanes = this.session.race?.lanes() ?? [];
    return html`<p class="key" aria-hidden="true">
        ${this.#lanes.map(({ title }, lane) => html`<span>${lineOf(lane)} ${title}</span>`)}
      </p>
      <div class="charts">
        ${CURVES.map(
          ({ title }) =>
            html`<figure>
              <figcaption>${title()}<span class="over"> ${say('over the steps')}</span></figcaption>
              <div
                class="plot"
                role="img"
                aria-label=${say('{0} over the steps, a line for each allocator; the table below has the numbers', title())}
              ></div>
            </figure>`,
        )}
      </div>`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (this.session.race !== this.#race || changed.has('width')) this.#draw();
    else for (const plot of this.#plots) plot.redraw(false, false);
  }

  #clear(): void {
    for (const plot of this.#plots) plot.destroy();
    this.#plots = [];
  }

  #draw(): void {
    this.#clear();
    const race = (this.#race = this.session.race);
    if (!race || this.width <= 0) return;
    const curves = this.#lanes.map((_, lane) => race.curve(lane));
    this.renderRoot.querySelectorAll<HTMLElement>('.plot').forEach((place, index) => {
      this.#plots.push(this.#plot(CURVES[index]!, curves, place));
    });
  }

  /** A colour of the style sheet as a canvas knows it. */
  #painted(color: string): string {
    const probe = this.renderRoot.querySelector<HTMLElement>('.charts')!;
    probe.style.color = color;
    const painted = getComputedStyle(probe).color;
    probe.style.color = '';
    return painted;
  }

  #plot(curve: Curve, curves: Uint32Array[], place: HTMLElement): uPlot {
    const soft = this.#painted('var(--soft)');
    const line = this.#painted('var(--line)');
    const now = this.#painted('var(--now)');
    const axis = {
      stroke: soft,
      grid: { stroke: line, width: 1 },
      ticks: { stroke: line, width: 1 },
      font: `11px ${getComputedStyle(this).fontFamily}`,
    };
    const data = [pointsOf(curves[0]!, (point) => point[POINT.Step]!)];
    for (const points of curves) data.push(pointsOf(points, curve.value));
    const options: uPlot.Options = {
      width: place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false },
        y: { range: (_, __, most) => [0, curve.most ?? Math.max(64, most * 1.05)] },
      },
      axes: [
        { ...axis, values: (_, steps) => steps.map((step) => (step % 1 === 0 ? String(step) : '')) },
        {
          ...axis,
          size: this.width < NARROW ? 56 : 64,
          incrs: curve.steps,
          values: (_, values) => values.map(curve.words),
        },
      ],
      series: [
        {},
        ...this.#lanes.map((lane, index) => {
          const { color, dash } = lookOf(index);
          return { label: lane.title, stroke: this.#painted(color), width: 2, dash, points: { show: false } };
        }),
      ],
      hooks: { draw: [(plot) => this.#drawNow(plot, now)] },
    };
    const plot = new uPlot(options, data as uPlot.AlignedData, place);
    plot.over.addEventListener('click', () => {
      const { left } = plot.cursor;
      if (left !== undefined && left >= 0) this.#seek(Math.round(plot.posToVal(left, 'x')));
    });
    return plot;
  }

  /** The step that is shown, as a line. */
  #drawNow(plot: uPlot, color: string): void {
    const x = Math.round(plot.valToPos(this.frame.number, 'x', true)) + 0.5;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = color;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash([]); // not that of the last curve
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  #seek(step: number): void {
    this.dispatchEvent(new CustomEvent('seek', { detail: step, bubbles: true, composed: true }));
  }
}

function pointsOf(curve: Uint32Array, value: (point: Uint32Array) => number): number[] {
  const points = [];
  for (let at = 0; at < curve.length; at += POINT.Words) points.push(value(curve.subarray(at, at + POINT.Words)));
  return points;
}
