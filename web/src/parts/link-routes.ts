/**
 * Free-list links run in the gutters between rows and in a margin to the right, never over a block. Gutter i lies above
 * row i. Horizontal pieces that would overlap get lanes of their own, and a gutter grows with its lanes.
 */
export interface Anchor {
  row: number;
  x: number;
  width: number;
}

export interface RouteInput {
  rows: number[]; // height of each row
  links: { from: Anchor; to: Anchor }[];
  right: number; // where the margin begins
}

export interface Route {
  path: string;
}

const GUTTER = 18;
const LANE = 6;
const MARGIN_LANES = 4;

interface Piece {
  gutter: number;
  from: number;
  to: number;
  lane: number;
}

interface Plan {
  leave: { x: number; row: number; up: boolean };
  arrive: { x: number; row: number; up: boolean };
  first: Piece;
  second: Piece | null;
  margin: number; // its lane in the margin, −1 when the link does not use it
}

export function routeLinks(input: RouteInput): { y: number[]; height: number; routes: Route[] } {
  const pieces: Piece[][] = Array.from({ length: input.rows.length + 1 }, () => []);
  const margin: { from: number; to: number }[][] = Array.from({ length: MARGIN_LANES }, () => []);
  const plans = input.links.map(({ from, to }) => plan(from, to, input.right, pieces, margin));

  const top: number[] = []; // the first lane of each gutter
  const y: number[] = [];
  let at = 0;
  for (let gutter = 0; gutter <= input.rows.length; ++gutter) {
    const lanes = 1 + Math.max(-1, ...pieces[gutter]!.map((piece) => piece.lane));
    const height = Math.max(GUTTER, LANE * lanes + 6);
    top[gutter] = at + (height - LANE * (lanes - 1)) / 2;
    at += height;
    if (gutter < input.rows.length) {
      y[gutter] = at;
      at += input.rows[gutter]!;
    }
  }
  const laneY = (piece: Piece) => top[piece.gutter]! + LANE * piece.lane;
  const edge = (end: { row: number; up: boolean }) => y[end.row]! + (end.up ? -1 : input.rows[end.row]! + 1);
  const routes = plans.map((each) => {
    const points: [number, number][] = [
      [each.leave.x, edge(each.leave)],
      [each.leave.x, laneY(each.first)],
    ];
    if (each.second) {
      const x = input.right + LANE * each.margin;
      points.push([x, laneY(each.first)], [x, laneY(each.second)]);
    }
    points.push([each.arrive.x, laneY(each.second ?? each.first)], [each.arrive.x, edge(each.arrive)]);
    return { path: rounded(points) };
  });
  return { y, height: at, routes };
}

function plan(
  from: Anchor,
  to: Anchor,
  right: number,
  pieces: Piece[][],
  margin: { from: number; to: number }[][],
): Plan {
  const back = to.row < from.row;
  const near = Math.abs(to.row - from.row) <= 1;
  const leave = { x: from.x + Math.min(26, from.width * 0.75), row: from.row, up: back };
  const arriveUp = to.row > from.row; // it comes from above, so it meets the row's upper edge
  const arrive = { x: to.x + Math.min(10, to.width * 0.3), row: to.row, up: arriveUp };
  const leaving = back ? from.row : from.row + 1;
  const arriving = arriveUp ? to.row : to.row + 1;
  if (near || leaving === arriving) {
    return { leave, arrive, first: take(pieces[leaving]!, leaving, leave.x, arrive.x), second: null, margin: -1 };
  }
  const span = { from: Math.min(leaving, arriving), to: Math.max(leaving, arriving) };
  let lane = margin.findIndex((taken) => taken.every((other) => other.to <= span.from || span.to <= other.from));
  if (lane < 0) lane = MARGIN_LANES - 1;
  margin[lane]!.push(span);
  const x = right + LANE * lane;
  return {
    leave,
    arrive,
    first: take(pieces[leaving]!, leaving, leave.x, x),
    second: take(pieces[arriving]!, arriving, x, arrive.x),
    margin: lane,
  };
}

function take(taken: Piece[], gutter: number, a: number, b: number): Piece {
  const piece = { gutter, from: Math.min(a, b) - 4, to: Math.max(a, b) + 4, lane: 0 };
  while (taken.some((other) => other.lane === piece.lane && other.from < piece.to && piece.from < other.to)) {
    ++piece.lane;
  }
  taken.push(piece);
  return piece;
}

/** A polyline with soft corners. */
function rounded(points: [number, number][]): string {
  let path = `M${points[0]![0]} ${points[0]![1]}`;
  for (let index = 1; index + 1 < points.length; ++index) {
    const [x, y] = points[index]!;
    const [px, py] = points[index - 1]!;
    const [nx, ny] = points[index + 1]!;
    const before = Math.hypot(x - px, y - py);
    const after = Math.hypot(nx - x, ny - y);
    const radius = Math.min(4, before / 2, after / 2);
    if (radius < 0.5) {
      path += `L${x} ${y}`;
      continue;
    }
    const ax = x - ((x - px) / before) * radius;
    const ay = y - ((y - py) / before) * radius;
    const bx = x + ((nx - x) / after) * radius;
    const by = y + ((ny - y) / after) * radius;
    path += `L${ax} ${ay}Q${x} ${y} ${bx} ${by}`;
  }
  const last = points.at(-1)!;
  return `${path}L${last[0]} ${last[1]}`;
}
