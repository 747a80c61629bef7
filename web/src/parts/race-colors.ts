import { html } from 'lit';

/** How the lines of a chart and what stands for them elsewhere look, by lane: a colour, and a pattern for those who see none. */
export interface LaneLook {
  color: string; // for a style sheet
  dash: number[];
}

const DASHES = [[], [8, 4], [2, 3], [12, 3, 2, 3], [16, 4], [4, 2, 1, 2], [1, 4]];
const HUES = 6;

export function lookOf(lane: number): LaneLook {
  return { color: `var(--hue-${lane % HUES})`, dash: DASHES[lane % DASHES.length]! };
}

/** A piece of a lane's line, to stand before its name. */
export function lineOf(lane: number) {
  const { color, dash } = lookOf(lane);
  return html`<svg width="28" height="8" aria-hidden="true">
    <line x1="0" y1="4" x2="28" y2="4" stroke=${color} stroke-width="2.5" stroke-dasharray=${dash.join(' ')} />
  </svg>`;
}
