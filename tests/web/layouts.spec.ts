import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { chooseBytesPerRow, layOutMap, type MapLayout } from '../../web/src/parts/heap-map-layout.js';
import { indexOfColumn, tokens } from '../../web/src/parts/highlight.js';
import { layOutStruct } from '../../web/src/parts/struct-rows-layout.js';
import { stepAt, xOf } from '../../web/src/parts/timeline-layout.js';
import { read, write, type PageState } from '../../web/src/state/address.js';
import { freshName, insertLine } from '../../web/src/state/script-text.js';
import { reorder } from '../../web/src/state/struct-text.js';
import type { Block } from '../../web/src/core/words.js';

// HEAPYARD_SEED repeats a run.
const seed = Number(process.env['HEAPYARD_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

function random(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Heap {
  blocks: Block[];
  lists: number[][];
  arena: number;
}

function someHeap(next: () => number): Heap {
  const arena = 64 * (4 + Math.floor(next() * 60));
  const blocks: Block[] = [];
  for (let offset = 0, allocation = 0; offset < arena;) {
    const size = Math.min(arena - offset, 16 + 8 * Math.floor(next() ** 3 * 60));
    const state = offset === 0 ? 'control' : next() < 0.6 && size >= 16 ? 'used' : 'free';
    const used = state === 'used';
    const payloadSize = used ? Math.max(1, size - 8 - Math.floor(next() * 8)) : 0;
    blocks.push({
      offset,
      size,
      state,
      payloadOffset: used ? offset + 8 : 0,
      payloadSize,
      allocation: used ? ++allocation : 0,
    });
    offset += size;
  }
  const free = blocks.filter((block) => block.state === 'free').map((block) => block.offset);
  free.sort(() => next() - 0.5);
  return { blocks, lists: [free], arena };
}

function layout(heap: Heap, width: number): MapLayout {
  const left = 50;
  return layOutMap({
    from: 0,
    to: heap.arena,
    blocks: heap.blocks,
    lists: heap.lists,
    changed: [],
    width,
    left,
    bytesPerRow: chooseBytesPerRow(width, left, heap.arena),
  });
}

test('The picture of any heap shows every byte once, in rows of a power of two [layout]', () => {
  console.log(`seed ${seed}`);
  const next = random(seed);
  for (let round = 0; round < 200; ++round) {
    const heap = someHeap(next);
    const picture = layout(heap, 260 + Math.floor(next() * 900));
    expect(Math.log2(picture.bytesPerRow) % 1).toBe(0);
    const folded = picture.rows.reduce((sum, row) => sum + (row.folded ? row.end - row.address : 0), 0);
    const drawn = picture.segments.reduce((sum, segment) => sum + segment.width / picture.cell, 0);
    expect(drawn + folded, `seed ${seed}, round ${round}`).toBeCloseTo(heap.arena, 3);
    const right = picture.left + picture.bytesPerRow * picture.cell + 0.001;
    const outside = picture.segments.filter(({ x, width }) => x < picture.left - 0.001 || x + width > right);
    expect(outside, `seed ${seed}, round ${round}`).toEqual([]);
  }
});

test('No free-list link ever runs over a block [layout]', () => {
  console.log(`seed ${seed}`);
  const next = random(seed);
  let links = 0;
  for (let round = 0; round < 200; ++round) {
    const picture = layout(someHeap(next), 260 + Math.floor(next() * 900));
    for (const { path } of picture.links) {
      ++links;
      const corners = [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)|Q[\d.-]+ [\d.-]+ ([\d.-]+) ([\d.-]+)/g)].map(
        (match) => ({
          x: Number(match[1] ?? match[3]),
          y: Number(match[2] ?? match[4]),
        }),
      );
      for (let index = 1; index < corners.length; ++index) {
        const [a, b] = [corners[index - 1]!, corners[index]!];
        const crossed = picture.spans.some((span) => {
          const top = picture.rows[span.row]!.y;
          return (
            Math.min(a.x, b.x) < span.x + span.width &&
            Math.max(a.x, b.x) > span.x &&
            Math.min(a.y, b.y) < top + picture.bar &&
            Math.max(a.y, b.y) > top
          );
        });
        if (crossed) throw new Error(`seed ${seed}, round ${round}: ${path} runs over a block`);
      }
    }
  }
  expect(links).toBeGreaterThan(200);
});

test('A long run of rows inside one block folds, and says how many [layout]', () => {
  const blocks: Block[] = [
    { offset: 0, size: 64, state: 'control', payloadOffset: 0, payloadSize: 0, allocation: 0 },
    { offset: 64, size: 64 * 1024 - 64, state: 'free', payloadOffset: 0, payloadSize: 0, allocation: 0 },
  ];
  const picture = layout({ blocks, lists: [[64]], arena: 64 * 1024 }, 700);
  expect(picture.rows.length).toBeLessThan(10);
  const shown = picture.rows.reduce((sum, row) => sum + (row.folded || 1), 0);
  expect(shown * picture.bytesPerRow).toBe(64 * 1024);
});

test('The rows of a struct show every byte once [layout]', () => {
  const record = {
    name: 'T',
    abi: 'x86_64',
    size: 24,
    alignment: 8,
    members: [
      { name: 'a', type: 'u8', offset: 0, size: 1, alignment: 1 },
      { name: 'b', type: 'u64', offset: 8, size: 8, alignment: 8 },
      { name: 'c', type: 'u8', offset: 16, size: 1, alignment: 1 },
    ],
    padding: [
      { offset: 1, size: 7 },
      { offset: 17, size: 7 },
    ],
    tailPadding: 7,
    minimal: { size: 16, order: ['b', 'a', 'c'], proved: true },
  };
  const { segments } = layOutStruct(record);
  expect(segments.reduce((sum, segment) => sum + segment.bytes, 0)).toBe(24);
  expect(segments.map((segment) => segment.kind)).toEqual(['member', 'padding', 'member', 'member', 'tail']);
});

test('A step and its place on the timeline lead to each other [layout]', () => {
  for (const steps of [1, 7, 500, 2_000_000]) {
    for (const width of [200, 751]) {
      for (let step = 0; step <= steps; step += Math.max(1, Math.floor(steps / 40))) {
        expect(stepAt(xOf(step, steps, width), steps, width)).toBe(step);
      }
    }
  }
});

test('Every state survives its address [address]', async () => {
  const states: PageState[] = [
    { lab: 'heap', text: 'a = malloc 40 # ☃ &=?#%\n', allocator: 'pool:64', arena: 0, step: 3, block: null },
    { lab: 'heap', text: '', allocator: 'free-list', arena: 4096, step: 0, block: 24 },
    { lab: 'pool', text: 'a = malloc 1\n', blockBytes: 48, capacity: 9, step: 1, block: 16 },
    { lab: 'alignment', text: 'struct T { u8 a; };', abi: 'msvc_x64', record: 'T' },
  ];
  for (const state of states) expect(await read(await write(state))).toEqual({ kind: 'state', state });

  // Also where the platform cannot compress, or not in this format.
  const { CompressionStream, DecompressionStream } = globalThis;
  const without = function () {
    throw new TypeError('The format is not supported');
  };
  Object.assign(globalThis, { CompressionStream: without, DecompressionStream: without });
  try {
    for (const state of states) {
      const address = await write(state);
      expect(address).toContain('?t=');
      expect(await read(address)).toEqual({ kind: 'state', state });
    }
    expect(await read('#/heap?s=abc')).toMatchObject({
      kind: 'broken',
      reason: expect.stringContaining('this browser cannot'),
    });
  } finally {
    Object.assign(globalThis, { CompressionStream, DecompressionStream });
  }
});

test('A line is put where it belongs, under a name that is free [text]', () => {
  expect(insertLine('a\nb\n', 1, 'x')).toBe('a\nx\nb\n');
  expect(insertLine('a\nb', 9, 'x')).toBe('a\nb\nx\n');
  expect(insertLine('', 0, 'x')).toBe('x\n');
  expect(freshName('a = malloc 1\nb = malloc 2\n')).toBe('c');
  expect(freshName([...'abcdefghijklmnopqrstuvwxyz'].join(' '))).toBe('a2');
});

test('A struct’s text is put into another order, its words and comments kept [text]', () => {
  const text = 'struct A { int x; };\nstruct B {\n  u8 a; // first\n  struct A *next[2];\n  u16 b, *c;\n};\n';
  expect(reorder(text, 'B', ['next', 'c', 'b', 'a'])).toBe(
    'struct A { int x; };\nstruct B {\n  struct A *next[2];\n  u16 *c;\n  u16 b;\n  u8 a; // first\n};\n',
  );
  expect(reorder(text, 'B', ['a', 'b'])).toBeNull();
  expect(reorder(text, 'C', ['x'])).toBeNull();
  expect(reorder('typedef struct { u8 a; u32 b; } T;', 'T', ['b', 'a'])).toBe('typedef struct { u32 b; u8 a; } T;');
});

test('Columns are counted in code points, as the core counts them [text]', () => {
  expect(indexOfColumn('a☃b', 3)).toBe(2);
  expect(indexOfColumn('😀b', 2)).toBe(2);
  expect(indexOfColumn('ab', 9)).toBe(2);
});

test('The words of a line are coloured by what they are [text]', () => {
  const kinds = (line: string, language: 'script' | 'c') =>
    tokens(line, language).map(({ from, to, kind }) => [line.slice(from, to), kind]);
  expect(kinds('a = malloc 40 # free', 'script')).toEqual([
    ['malloc', 'keyword'],
    ['40', 'number'],
    ['# free', 'comment'],
  ]);
  expect(kinds('write a 0 "free # b"', 'script').at(-1)).toEqual(['"free # b"', 'string']);
  expect(kinds('struct T { u8 a; };', 'c').slice(0, 2)).toEqual([
    ['struct', 'keyword'],
    ['u8', 'type'],
  ]);
});

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

test('Every text keeps 4.5:1 on what it stands on, in both themes [look]', () => {
  const css = readFileSync(new URL('../../web/src/tokens.css', import.meta.url), 'utf8');
  const tokensOf = new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map((match) => [
      match[1]!,
      [match[2]!, match[3]!],
    ]),
  );
  const pairs: [string, string][] = [];
  for (const text of ['ink', 'soft', 'keyword', 'string', 'bad'])
    for (const on of ['paper', 'card']) pairs.push([text, on]);
  for (const text of ['ink', 'soft', 'keyword', 'string']) pairs.push([text, 'now-wash']);
  for (const text of ['ink', 'bad', 'keyword', 'string']) pairs.push([text, 'bad-wash']);
  for (let hue = 0; hue < 6; ++hue) pairs.push(['on-hue', `hue-${hue}`]);
  for (const [text, on] of pairs) {
    for (const theme of [0, 1]) {
      const ratio = contrast(tokensOf.get(text)![theme]!, tokensOf.get(on)![theme]!);
      expect(ratio, `${text} on ${on}, ${['light', 'dark'][theme]}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const theme of [0, 1]) {
    expect(contrast(tokensOf.get('now')![theme]!, tokensOf.get('paper')![theme]!)).toBeGreaterThanOrEqual(3);
  }
});
