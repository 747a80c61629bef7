import type { Segment, Span } from './heap-map-layout.js';

const ROUND = 3;
const POINT = 5; // a block that goes on in the next row ends in a point, and begins there with the notch that fits it

/** The filled form of a segment. */
export function ribbon(segment: Segment, y: number, height: number): string {
  const left = segment.x + (segment.openLeft ? 0 : 0.5);
  const right = segment.x + segment.width - (segment.openRight ? 0 : 0.5);
  const leftRound = segment.edgeLeft ? Math.min(ROUND, (right - left) / 2) : 0;
  const rightRound = segment.edgeRight ? Math.min(ROUND, (right - left) / 2) : 0;
  const bottom = y + height;
  let path = `M${left + leftRound} ${y}H${right - rightRound}`;
  if (segment.openRight) path += `L${right + POINT} ${y + height / 2}L${right} ${bottom}`;
  else if (rightRound)
    path += `q${rightRound} 0 ${rightRound} ${rightRound}V${bottom - rightRound}q0 ${rightRound} ${-rightRound} ${rightRound}`;
  else path += `V${bottom}`;
  path += `H${left + leftRound}`;
  if (segment.openLeft) path += `L${left + POINT} ${y + height / 2}`;
  else if (leftRound)
    path += `q${-leftRound} 0 ${-leftRound} ${-leftRound}V${y + leftRound}q0 ${-leftRound} ${leftRound} ${-leftRound}`;
  return `${path}Z`;
}

/** A block's whole bar in one row: what is clicked. */
export function openBar(span: Span, y: number, height: number): string {
  return `M${span.x} ${y}h${span.width}v${height}h${-span.width}Z`;
}

/** A line around a block's bar, left out where the block goes on. */
export function outline(span: Span, y: number, height: number, by: number): string {
  const left = span.x - by + 0.5;
  const right = span.x + span.width + by - 0.5;
  const top = y - by;
  const bottom = y + height + by;
  const middle = y + height / 2;
  const leftSide = span.openLeft ? '' : `V${top}`;
  const rightEnd = span.openRight ? span.x + span.width + POINT : right;
  const leftEnd = span.openLeft ? span.x : left;
  if (span.openLeft && span.openRight) {
    return `M${leftEnd} ${top}H${right}L${rightEnd} ${middle}L${right} ${bottom}H${leftEnd}`;
  }
  if (span.openRight) {
    return `M${right} ${top}H${leftEnd}V${bottom}H${right}`;
  }
  if (span.openLeft) {
    return `M${leftEnd} ${top}H${right}V${bottom}H${leftEnd}`;
  }
  return `M${leftEnd} ${bottom}${leftSide}H${right}V${bottom}Z`;
}
