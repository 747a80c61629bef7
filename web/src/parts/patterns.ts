import { svg } from 'lit';

/** Form before colour: free is dotted, padding is hatched, the allocator's own words are striped. */
export const patterns = svg`
  <defs>
    <pattern id="free" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill="none" />
      <circle class="dots" cx="2" cy="2" r="1" />
    </pattern>
    <pattern id="padding" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="stripes" width="2" height="5" />
    </pattern>
    <pattern id="control" width="4" height="5" patternUnits="userSpaceOnUse">
      <rect class="words" width="4" height="1" y="2" />
    </pattern>
    <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto">
      <path class="arrowhead" d="M0 0L8 4L0 8z" />
    </marker>
  </defs>
`;

export const HUES = 6;

/** A block's hue for life: by the ordinal of the allocation that holds it. */
export function hue(allocation: number): string {
  return `hue-${(allocation + HUES - 1) % HUES}`;
}
