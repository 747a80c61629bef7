/** How the lines of a chart and what stands for them elsewhere look, by lane: a colour, and a pattern for those who see none. */
export interface LaneLook {
  color: string; // for a style sheet
  dash: number[];
}

const DASHES = [[], [8, 4], [2, 3], [12, 3, 2, 3]];
const HUES = 6;

export function lookOf(lane: number): LaneLook {
  return { color: `var(--hue-${lane % HUES})`, dash: DASHES[lane % DASHES.length]! };
}
