import type { BlockField, BlockState, FaultKind, Lab, TimelineField } from './module.js';
import { say } from '../words/say.js';

// The module hands over words of 32 bits; the numbers stand in module.d.ts, and `satisfies` holds these to its names.
const BLOCK = {
  Offset: 0,
  Size: 1,
  PayloadOffset: 2,
  PayloadSize: 3,
  State: 4,
  Allocation: 5,
  Words: 6,
} satisfies Record<keyof typeof BlockField, number>;

const MOMENT = {
  Direction: 0,
  Line: 1,
  LiveBytes: 2,
  Fault: 3,
  Words: 4,
} satisfies Record<keyof typeof TimelineField, number>;

const FAULTS = {
  None: () => '',
  DoubleFree: () => say('double free'),
  ForeignPointer: () => say('foreign pointer'),
  InteriorPointer: () => say('interior pointer'),
  WrongSize: () => say('wrong size'),
  OutOfBounds: () => say('out of bounds'),
  UseAfterFree: () => say('use after free'),
  Damage: () => say('damage'),
  Leak: () => say('leak'),
} satisfies Record<keyof typeof FaultKind, () => string>;
const FAULT_NAMES = Object.values(FAULTS);

const STATES = ['control', 'used', 'free'] satisfies Lowercase<keyof typeof BlockState>[];

export type State = (typeof STATES)[number];

export interface Block {
  offset: number;
  size: number;
  payloadOffset: number;
  payloadSize: number;
  state: State;
  allocation: number;
}

/** What `Lab.blocks()` gives. */
export function blocksFrom(words: Uint32Array): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < words.length; at += BLOCK.Words) {
    blocks.push({
      offset: words[at + BLOCK.Offset]!,
      size: words[at + BLOCK.Size]!,
      payloadOffset: words[at + BLOCK.PayloadOffset]!,
      payloadSize: words[at + BLOCK.PayloadSize]!,
      state: STATES[words[at + BLOCK.State]!]!,
      allocation: words[at + BLOCK.Allocation]!,
    });
  }
  return blocks;
}

export type Direction = 'none' | 'allocates' | 'frees' | 'fails';
const DIRECTIONS: Direction[] = ['none', 'allocates', 'frees', 'fails'];

/** What stands on the timeline: one moment a step, step 0 (the empty arena) first. */
export class Timeline {
  readonly #words: Uint32Array;
  readonly faultSteps: number[] = [];
  readonly highest: number;

  constructor(lab: Pick<Lab, 'timeline'>) {
    this.#words = lab.timeline();
    let highest = 0;
    for (let step = 0; step < this.length; ++step) {
      highest = Math.max(highest, this.live(step));
      if (this.#words[step * MOMENT.Words + MOMENT.Fault]) this.faultSteps.push(step);
    }
    this.highest = highest;
  }

  get length(): number {
    return this.#words.length / MOMENT.Words;
  }

  direction(step: number): Direction {
    return DIRECTIONS[this.#words[step * MOMENT.Words + MOMENT.Direction]!] ?? 'none';
  }

  /** The kind of a step's first fault in words, "" when it has none. */
  fault(step: number): string {
    return FAULT_NAMES[this.#words[step * MOMENT.Words + MOMENT.Fault]!]?.() ?? '';
  }

  line(step: number): number {
    return this.#words[step * MOMENT.Words + MOMENT.Line]!;
  }

  live(step: number): number {
    return this.#words[step * MOMENT.Words + MOMENT.LiveBytes]!;
  }

  /** The last step whose line is at most `line`: where an edit of that line is seen. */
  stepAtLine(line: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.line(middle) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Lists of free blocks, each in its order. */
export function freeLists(words: Uint32Array): number[][] {
  const lists: number[][] = [];
  for (let at = 0; at < words.length; at += 1 + words[at]!)
    lists.push([...words.subarray(at + 1, at + 1 + words[at]!)]);
  return lists;
}

/** Pairs (offset, length). */
export function pairs(words: Uint32Array): [number, number][] {
  const result: [number, number][] = [];
  for (let at = 0; at + 1 < words.length; at += 2) result.push([words[at]!, words[at + 1]!]);
  return result;
}
