import type { RecordLayout } from '../core/module.js';

/** Where the bytes of a struct stand: rows of eight bytes, members and padding as segments. Pure arithmetic. */
export const ROW = 8;
const MOST_ROWS = 40; // more, and the inner rows of long members fold

export interface StructRow {
  offset: number;
  folded: number;
}

export interface StructSegment {
  kind: 'member' | 'padding' | 'tail';
  member: number; // −1 for padding
  row: number;
  column: number;
  bytes: number;
  openLeft: boolean;
  openRight: boolean;
}

export interface StructPicture {
  rows: StructRow[];
  segments: StructSegment[];
}

interface Piece {
  kind: StructSegment['kind'];
  member: number;
  from: number;
  to: number;
}

export function layOutStruct(record: RecordLayout): StructPicture {
  const pieces = piecesOf(record);
  const rows: StructRow[] = [];
  const total = Math.ceil(record.size / ROW);
  for (let row = 0; row < total;) {
    const inside = pieces.find((piece) => piece.from <= (row - 1) * ROW && (row + 1) * ROW <= piece.to);
    const alike = inside ? Math.floor(inside.to / ROW) - row - 1 : 0;
    if (total > MOST_ROWS && alike >= 3) {
      rows.push({ offset: row * ROW, folded: alike });
      row += alike;
    } else {
      rows.push({ offset: row * ROW, folded: 0 });
      ++row;
    }
  }
  const segments: StructSegment[] = [];
  rows.forEach((row, index) => {
    if (row.folded) return;
    for (const { kind, member, from, to } of pieces) {
      const start = Math.max(from, row.offset);
      const stop = Math.min(to, row.offset + ROW);
      if (start >= stop) continue;
      segments.push({
        kind,
        member,
        row: index,
        column: start - row.offset,
        bytes: stop - start,
        openLeft: from < start,
        openRight: to > stop,
      });
    }
  });
  return { rows, segments };
}

/** Members, padding, and the tail padding told apart from padding before it. Bit-fields share their bytes as one piece. */
function piecesOf(record: RecordLayout): Piece[] {
  const pieces: Piece[] = [];
  record.members.forEach((member, index) => {
    const last = pieces.at(-1);
    const to = member.offset + member.size;
    if (last && last.kind === 'member' && member.offset < last.to) last.to = Math.max(last.to, to);
    else if (member.size > 0) pieces.push({ kind: 'member', member: index, from: member.offset, to });
  });
  for (const { offset, size } of record.padding) {
    const end = offset + size;
    const tail = record.tailPadding > 0 && end === record.size ? end - record.tailPadding : end;
    if (tail > offset) pieces.push({ kind: 'padding', member: -1, from: offset, to: tail });
    if (end > tail) pieces.push({ kind: 'tail', member: -1, from: tail, to: end });
  }
  return pieces.sort((a, b) => a.from - b.from);
}
