import type { Direction, Timeline } from '../core/words.js';

/** Where a timeline's steps, ticks and curve stand: pure arithmetic, at most a few points a pixel however long the run. */
export const EDGE = 12; // left and right of the first and last step
export const CURVE = { top: 18, bottom: 60 };
export const AXIS = 74;
export const HEIGHT = 104;

export interface TimelineLayout {
  curve: string; // the stepped curve of live bytes
  ticks: { up: string; down: string; dots: string; fails: string };
  faults: { step: number; x: number }[];
}

export function xOf(step: number, steps: number, width: number): number {
  return steps === 0 ? EDGE : EDGE + (step / steps) * (width - 2 * EDGE);
}

export function stepAt(x: number, steps: number, width: number): number {
  const share = (x - EDGE) / Math.max(1, width - 2 * EDGE);
  return Math.max(0, Math.min(steps, Math.round(share * steps)));
}

export function layOutTimeline(timeline: Timeline, width: number): TimelineLayout {
  const steps = timeline.length - 1;
  return {
    curve: curve(timeline, steps, width),
    ticks: ticks(timeline, steps, width),
    faults: faults(timeline, steps, width),
  };
}

function curve(timeline: Timeline, steps: number, width: number): string {
  const scale = (CURVE.bottom - CURVE.top) / Math.max(1, timeline.highest);
  const y = (live: number) => round(CURVE.bottom - live * scale);
  const stride = Math.max(1, Math.floor(steps / width));
  let path = `M${round(xOf(0, steps, width))} ${y(timeline.live(0))}`;
  for (let step = stride; step <= steps; step += stride) {
    let highest = 0;
    for (let each = step - stride + 1; each <= step; ++each) highest = Math.max(highest, timeline.live(each));
    path += `H${round(xOf(step, steps, width))}V${y(highest)}`;
  }
  return `${path}H${round(xOf(steps, steps, width))}`;
}

/** One tick a step, or, when steps are closer than three pixels, one a three pixels, as long as its share of them. */
function ticks(timeline: Timeline, steps: number, width: number): TimelineLayout['ticks'] {
  const marks: Record<Direction, string> = { allocates: '', frees: '', none: '', fails: '' };
  const column = Math.max(1, Math.ceil((3 * steps) / Math.max(1, width - 2 * EDGE)));
  for (let from = 1; from <= steps; from += column) {
    const to = Math.min(steps, from + column - 1);
    const counts: Record<Direction, number> = { allocates: 0, frees: 0, none: 0, fails: 0 };
    for (let step = from; step <= to; ++step) ++counts[timeline.direction(step)];
    const x = round(xOf((from + to) / 2, steps, width));
    const reach = (direction: Direction) => round(2 + 7 * (counts[direction] / (to - from + 1)));
    if (counts.allocates) marks.allocates += `M${x} ${AXIS}v${-reach('allocates')}`;
    if (counts.frees) marks.frees += `M${x} ${AXIS}v${reach('frees')}`;
    if (counts.none && column === 1) marks.none += `M${x} ${AXIS - 1}v2`;
    if (counts.fails) marks.fails += `M${x - 3} ${AXIS - 10}l6 6m0 -6l-6 6`;
  }
  return { up: marks.allocates, down: marks.frees, dots: marks.none, fails: marks.fails };
}

function faults(timeline: Timeline, steps: number, width: number): TimelineLayout['faults'] {
  const result: TimelineLayout['faults'] = [];
  for (const step of timeline.faultSteps) {
    const x = round(xOf(step, steps, width));
    if (result.length === 0 || x - result.at(-1)!.x >= 4) result.push({ step, x });
  }
  return result;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
