import type { Block } from '../core/words.js';
import { routeLinks, type Route } from './link-routes.js';

/**
 * Where everything in the heap map stands: pure arithmetic on blocks and pixels, without a page. Addresses grow to the
 * right, then down; rows have a power of two of bytes. Gutters between rows carry the free-list links, so that no link
 * ever crosses a block; a gutter is as high as its links need.
 */
export interface MapInput {
  from: number; // first byte in view, a multiple of the row
  to: number; // one past the last byte in view
  blocks: Block[]; // those that touch the view, by address
  lists: number[][]; // of free blocks, each in its order
  changed: [number, number][]; // offset, length
  width: number; // CSS pixels
  bytesPerRow: number;
  left: number; // what the addresses take
}

export type Part = 'header' | 'payload' | 'padding' | 'free' | 'control';

export interface Row {
  address: number;
  end: number;
  y: number; // top of its bar
  folded: number; // rows that this one stands for, 0 for a row drawn as it is
  block: number; // index of the block that a folded row lies in
}

/** A part of a block within one row. */
export interface Segment {
  block: number;
  part: Part;
  row: number;
  x: number;
  width: number;
  openLeft: boolean; // the block comes from the row above
  openRight: boolean; // the block goes on in the row below
  edgeLeft: boolean; // the block itself begins here: rounded
  edgeRight: boolean; // the block itself ends here: rounded
}

/** All of a block within one row: what is outlined and clicked. */
export interface Span {
  block: number;
  row: number;
  x: number;
  width: number;
  openLeft: boolean;
  openRight: boolean;
}

export interface Mark {
  row: number;
  offset: number;
  length: number;
  x: number;
  width: number;
}

export interface MapLayout {
  width: number;
  height: number;
  cell: number;
  left: number;
  bar: number;
  bytesPerRow: number;
  rows: Row[];
  segments: Segment[];
  spans: Span[];
  changed: Mark[];
  links: Route[];
  linksLeftOut: number;
  headMarks: { x: number; y: number }[];
}

const BAR = 28;
const RIGHT = 34;
const FOLDED_HEIGHT = 14;
const MOST_ROWS_UNFOLDED = 16;
const MOST_LINKS = 48;

/** Bytes a row: as many as still give a readable cell; more, when the view would grow too long. */
export function chooseBytesPerRow(width: number, left: number, length: number): number {
  const space = Math.max(64, width - left - RIGHT);
  let perRow = 8;
  while (perRow < 128 && space / (perRow * 2) >= 6) perRow *= 2;
  while (perRow < 1024 && length / perRow > 48 && space / (perRow * 2) >= 2.5) perRow *= 2;
  return perRow;
}

export function layOutMap(input: MapInput): MapLayout {
  const cell = (input.width - input.left - RIGHT) / input.bytesPerRow;
  const rows = foldRows(input);
  const layout: MapLayout = {
    width: input.width,
    height: 0,
    cell,
    left: input.left,
    bar: BAR,
    bytesPerRow: input.bytesPerRow,
    rows,
    segments: [],
    spans: [],
    changed: [],
    links: [],
    linksLeftOut: 0,
    headMarks: [],
  };
  input.blocks.forEach((block, index) => placeBlock(layout, block, index));
  for (const [offset, length] of input.changed) placeMark(layout, offset, length);
  placeLinks(layout, input);
  return layout;
}

/** The row that shows `address`, or −1. */
export function rowAt(rows: Row[], address: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (address < row.address) high = middle - 1;
    else if (address >= row.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Long runs of rows inside one block say nothing each: they fold into one, and the row says how many. */
function foldRows(input: MapInput): Row[] {
  const { from, to, bytesPerRow } = input;
  const plain = Math.ceil((to - from) / bytesPerRow);
  const rows: Row[] = [];
  const add = (address: number, end: number, folded: number, block: number) =>
    rows.push({ address, end, y: 0, folded, block });
  let address = from;
  const advance = (end: number) => {
    for (; address < end; address += bytesPerRow) add(address, Math.min(to, address + bytesPerRow), 0, -1);
  };
  if (plain > MOST_ROWS_UNFOLDED) {
    input.blocks.forEach((block, index) => {
      const first = Math.ceil(Math.max(block.offset, from) / bytesPerRow) * bytesPerRow + bytesPerRow;
      const last = Math.floor(Math.min(block.offset + block.size, to) / bytesPerRow) * bytesPerRow - bytesPerRow;
      const folded = (last - first) / bytesPerRow;
      if (folded < 3 || first < address) return;
      advance(first);
      add(first, last, folded, index);
      address = last;
    });
  }
  advance(to);
  return rows;
}

function placeBlock(layout: MapLayout, block: Block, index: number): void {
  const end = block.offset + block.size;
  for (const [part, from, to] of partsOf(block)) {
    eachRow(layout, from, to, (row, x, width, start, stop) => {
      const line = layout.rows[row]!;
      layout.segments.push({
        block: index,
        part,
        row,
        x,
        width,
        openLeft: start === line.address && block.offset < start,
        openRight: stop === line.end && end > stop,
        edgeLeft: start === block.offset,
        edgeRight: stop === end,
      });
    });
  }
  eachRow(layout, block.offset, end, (row, x, width, start, stop) => {
    layout.spans.push({ block: index, row, x, width, openLeft: block.offset < start, openRight: end > stop });
  });
}

function partsOf(block: Block): [Part, number, number][] {
  const end = block.offset + block.size;
  if (block.state !== 'used') return [[block.state, block.offset, end]];
  const payloadEnd = block.payloadOffset + block.payloadSize;
  const parts: [Part, number, number][] = [
    ['header', block.offset, block.payloadOffset],
    ['payload', block.payloadOffset, payloadEnd],
    ['padding', payloadEnd, end],
  ];
  return parts.filter(([, from, to]) => to > from);
}

function placeMark(layout: MapLayout, offset: number, length: number): void {
  eachRow(layout, offset, offset + length, (row, x, width, start, stop) =>
    layout.changed.push({ row, offset: start, length: stop - start, x, width }),
  );
}

function eachRow(
  layout: MapLayout,
  from: number,
  to: number,
  place: (row: number, x: number, width: number, start: number, stop: number) => void,
): void {
  const { rows, left, cell } = layout;
  const first = rows[0];
  if (!first) return;
  let row = rowAt(rows, Math.max(from, first.address));
  for (; row >= 0 && row < rows.length; ++row) {
    const line = rows[row]!;
    if (line.address >= to) break;
    if (line.folded) continue;
    const start = Math.max(from, line.address);
    const stop = Math.min(to, line.end);
    place(row, left + (start - line.address) * cell, (stop - start) * cell, start, stop);
  }
}

function placeLinks(layout: MapLayout, input: MapInput): void {
  const first = new Map<number, Span>();
  for (const span of layout.spans) {
    const offset = input.blocks[span.block]!.offset;
    if (!span.openLeft && !first.has(offset)) first.set(offset, span);
  }
  const links = input.lists.flatMap((list) => list.slice(1).map((to, index) => [list[index]!, to] as const));
  const visible = links.filter(([from, to]) => first.has(from) && first.has(to));
  const drawn = visible.slice(0, MOST_LINKS);
  layout.linksLeftOut = links.length - drawn.length;
  const heads = input.lists.flatMap(([head]) => first.get(head!) ?? []);
  const result = routeLinks({
    rows: layout.rows.map((row) => (row.folded ? FOLDED_HEIGHT : BAR)),
    links: drawn.map(([from, to]) => ({ from: first.get(from)!, to: first.get(to)! })),
    right: layout.left + layout.bytesPerRow * layout.cell + 10,
  });
  layout.rows.forEach((row, index) => (row.y = result.y[index]!));
  layout.links = result.routes;
  layout.height = result.height;
  layout.headMarks = heads.map(({ x, row }) => ({ x, y: layout.rows[row]!.y }));
}
