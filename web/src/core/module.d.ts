/**
 * The Embind module, by hand (Emscripten 3.1.6 writes no declarations); a test compares this file with the live module.
 *
 * Conventions. Sizes, addresses and offsets are bytes from the arena's first byte. Typed arrays are copies: they stay
 * valid, and cost one bulk copy. A step is a number from 0 (the empty arena) to `steps()`; everything that speaks of "now"
 * speaks of the step last sought. What does not apply is `null`.
 */

/** What a block is. The numbers are part of the contract with C++ (`BlockState`). */
export const enum BlockState {
  Control = 0, // the allocator's own words at the arena's start and end
  Used = 1,
  Free = 2,
}

/** One word each of a block in `Lab.blocks()`. */
export const enum BlockField {
  Offset = 0,
  Size = 1,
  PayloadOffset = 2, // 0 for free and control blocks
  PayloadSize = 3, // requested bytes; 0 for free and control blocks
  State = 4, // BlockState
  Allocation = 5, // ordinal of the allocation that holds it (1, 2, …), 0 for none: gives a block its hue for life
  Words = 6,
}

/** One word each in `Lab.timeline()`. */
export const enum TimelineField {
  Direction = 0, // 0 neither, 1 allocates, 2 frees, 3 fails to allocate
  Line = 1, // 1-based line of the script
  LiveBytes = 2, // requested bytes after the step
  Fault = 3, // FaultKind of the first fault that the step committed or discovered
  Words = 4,
}

/** One word each of a point in `Race.curve()`. */
export const enum CurveField {
  Step = 0,
  LiveBytes = 1, // requested bytes of the live blocks
  UsedBytes = 2, // of their blocks
  Touched = 3, // the greatest end of a used block so far
  TotalFree = 4,
  LargestFree = 5,
  Words = 6,
}

/** The numbers are part of the contract with C++. */
export const enum FaultKind {
  None = 0,
  DoubleFree = 1,
  ForeignPointer = 2,
  InteriorPointer = 3,
  WrongSize = 4,
  OutOfBounds = 5,
  UseAfterFree = 6,
  Damage = 7,
  Leak = 8,
}

export interface Problem {
  line: number; // 1-based
  column: number; // 1-based, in code points
  length: number; // at least 1
  message: string; // what is wrong and what was expected
}

export interface Step {
  number: number;
  line: number; // 0 at step 0
  call: string; // the call as written, e.g. `d = malloc 24`
  sentence: string; // what it did to memory: "d points to 0x050; its block takes 32 bytes (8 header + 24 payload). …"
  block: number | null; // offset of the block the call is about, as it stands after the step (the free block that freed bytes went to; the block around a fault's address); null when none
  failed: string | null; // why an allocation failed, in a sentence
}

export interface Fault {
  step: number;
  kind: string; // double_free, foreign_pointer, … as in the JSON contract
  line: number | null;
  allocatedLine: number | null;
  freedLine: number | null;
  address: number | null;
  allocation: number; // ordinal, 0 when unknown
  title: string; // "Double free of b"
  message: string; // one or two sentences with what is known of its lines
  silently: string; // what an ordinary malloc would silently do
}

export interface Statistics {
  allocations: number;
  deallocations: number;
  failedAllocations: number;
  liveBlocks: number;
  liveBytes: number;
  highWaterMark: number;
  internalFragmentation: number; // bytes
  externalFragmentation: number; // 0 … 1
  largestFree: number;
  totalFree: number;
}

export interface Episode {
  step: number;
  line: number;
  text: string; // "b = malloc 64"
  what: string; // "takes these bytes", "releases a part of these bytes", "5 bytes written at 0x020"
}

/** An inner step of an allocation, for "why there?". */
export interface Reason {
  kind: string; // visited, chosen, split, coalesced, grown, shrunk, moved, linked
  offset: number;
  size: number;
  text: string; // a sentence
}

export interface BlockFacts {
  name: string; // the variable that holds it when all has run, "" when none: then it can only be freed by its address
  rows: { label: string; value: string }[]; // asked for, takes, points to, padding, allocated by, …
}

/** A part of what an allocator keeps beyond its blocks. */
export interface StructurePart {
  kind: string; // list, place, bits, region, count
  name: string;
  level: number; // of a region; 0 is the coarsest, and each lies inside one of the level above
  values: Uint32Array; // offsets of a list's first blocks; an offset; bits, lowest first; offset and size; a number
  words: string[]; // the same as the text twin says it
  blocks: number; // of a list: how many it has
  changed: boolean; // by this step
  before: Uint32Array; // of bits that changed: as they were
  usedBytes: number; // of a region: those that used blocks take
}

export interface Structure {
  parts: StructurePart[];
  tooSmall: number; // regions that were left out: nobody could see them
}

export interface Raster {
  width: number;
  height: number;
  pixels: Uint8ClampedArray; // RGBA
}

/** A script or trace on its way to a lab, in pieces, so that a page stays alive. Call `delete()` when done with it. */
export interface Run {
  advance(calls: number): boolean; // goes on by up to so many calls; false when all is done
  progress(): number; // from 0 to 1
  take(): Lab; // once, when all is done

  delete(): void;
}

/** What ran once on one allocator, with its whole history. Call `delete()` when done with it. */
export interface AnyLab {
  allocator(): string; // "free-list", "pool:64"
  arenaBytes(): number;
  format(): string; // "script", "malloc-lab" or "lesson"
  keepsBytes(): boolean; // false when the run was too large for byte deltas: geometry only, bytes() is empty

  steps(): number;
  now(): number;
  seek(step: number): void;

  step(): Step; // the current one
  /** BlockField.Words words for each block that holds some of `length` bytes from `offset`, by address; the first `most`. */
  blocks(offset: number, length: number, most: number): Uint32Array;
  lists(): Uint32Array; // of free blocks: for each, how many it has, and their offsets in its order
  changed(): Uint32Array; // pairs offset, length: bytes the current step changed
  bytes(offset: number, length: number): Uint8Array;
  statistics(): Statistics;
  timeline(): Uint32Array; // steps()+1 entries of TimelineField.Words
  faultCount(): number; // committed or discovered at the current step; leaks stand at the last step
  faults(most: number): Fault[]; // the first of them, leaks last
  name(allocation: number): string; // the variable, "" when none

  why(): Reason[]; // inner steps of the current call, replayed on the bytes of the step before
  twin(): string; // the text twin of the current picture

  delete(): void;
}

/** A script or trace that ran. */
export interface Lab extends AnyLab {
  problems(): Problem[]; // when not empty, nothing ran and every other answer is that of an empty run
  setupError(): string | null; // why the allocator or its arena cannot be had, in a sentence; then the run is empty
  facts(offset: number): BlockFacts; // of the block at that offset, now
  structure(mostListed: number): Structure; // what the allocator keeps, of each list the first blocks
  biography(offset: number): Episode[]; // all that happened to the bytes of the block at that offset, up to the end
  /** `length` bytes of the arena from `offset`, addresses growing right then down; leaked blocks stay visible however small. */
  raster(offset: number, length: number, width: number, height: number, dark: boolean): Raster;
}

/** What an allocator made of the script of a race. */
export interface Lane {
  allocator: string; // "free-list:best-fit"
  title: string; // "free list, best fit"
  outcome: string; // "served every allocation", "failed at step 7, line 9, and 2 times more; refused 3 releases out of order"
  completed: boolean;
  failedAt: number | null; // the first step whose allocation failed
  refusals: number; // releases out of order
  highWaterMark: number; // the most requested bytes live
  highWaterStep: number;
  touched: number; // the greatest end of a used block
  utilisation: number; // highWaterMark / touched
  internalFragmentation: number; // at the high-water step
  externalFragmentation: number; // likewise, 0 … 1
  divergesAt: number | null; // the first step that came to something else than in the first lane
}

/** Where a lane stands. */
export interface Standing {
  what: string; // what the step came to: "puts it behind b, at 0x0a0", "finds no room"; "" when allocators have no say in it
  failed: boolean; // whether it failed or was refused
  offset: number | null; // of the block that the step is about
  size: number;
}

/** One script on several allocators. As a lab it is its first lane; all lanes stand at the same step. */
export interface Race extends AnyLab {
  problems(): Problem[]; // when not empty, nothing ran, and there are no lanes
  setupError(): string | null; // why there is no race, in a sentence; then there are no lanes
  touched(): number; // what a picture of all lanes has to show, from the arena's first byte
  firstDivergence(): number; // the first step at which not all lanes came to the same; 0 when there is none
  nextFailure(step: number): number; // the first step behind it at which a lane fails or refuses, else the first of all; 0 when there is none
  highWaterStep(): number; // where the most is live
  divergence(): string; // where the lanes part, and how
  lanes(): Lane[];
  standing(): Standing[]; // of each lane, now
  curve(lane: number): Uint32Array; // CurveField.Words words a point; the same steps in each lane
  blockWords(lane: number, offset: number): string; // "b61: 1984 bytes at 0x52a0, …"
  laneRaster(lane: number, length: number, width: number, dark: boolean): Uint8ClampedArray; // RGBA, one row for `length` bytes
}

/** A race under way, in pieces. Call `delete()` when done with it. */
export interface RaceRun {
  advance(calls: number): boolean; // goes on by up to so many calls; false when all is done
  progress(): number; // from 0 to 1
  take(): Race; // once, when all is done

  delete(): void;
}

/** The speed of the allocators of a race, in pieces of some hundredths of a second. Call `delete()` when done with it. */
export interface RaceTimes {
  advance(): boolean; // runs one batch; false when all is done
  progress(): number; // from 0 to 1
  results(): Float64Array; // by lane: nanoseconds of a call; 0 when it is not known yet

  delete(): void;
}

/** A script that is generated. */
export interface Workload {
  name: string; // "against-best-fit"
  heading: string; // "Against best fit", as the script's first line says it
  title: string; // the same, in the reader's language
  sentence: string; // what it shows
  varies: boolean; // with seed and length
  against: string; // the allocator that it breaks; "" when it is no adversary
}

/** What some bytes mean, in the words of their type. */
export interface Value {
  name: string; // of the variable or member, "[2]" of an element; "" when it has none
  type: string; // as one would write it; "" when nobody knows
  text: string; // "7", "null", "0x020", "size 2, capacity 4"; "" of a record, whose parts say all; "?" when not written yet
  seen: string; // what is seen through a pointer: "\"heap\"", "released", "shared by 2, watched by 0"
  released: boolean; // what it points to is: `seen` says so
  at: number | null; // where in the arena it lies; null on the stack
  target: number | null; // the place in the arena that it points to
  padding: number; // bytes behind this member of a record
  parts: Value[]; // members, elements; of long arrays the first ones
  leftOut: number; // how many parts are left out
}

export interface StackFrame {
  function: string;
  line: number;
  variables: Value[];
}

export interface HeapObject {
  offset: number; // of its block
  payload: number;
  size: number; // bytes asked for
  allocation: number;
  value: Value;
}

/** A lesson that was played, with its whole history: a lab, and what lies on stack and heap. */
export interface Lesson extends AnyLab {
  abi(): string; // "wasm32"
  stack(): StackFrame[]; // outermost first
  objects(): HeapObject[]; // by address
  output(): string; // what it printed up to this step
  stepAtLines(lines: number[], occurrence: number): number; // where the program comes to one of these lines for the n-th time; 0 when it never does
  answer(expression: string): string | null; // of a question, at this step; null when it speaks of what is not there
  isAnswer(expression: string, given: string): boolean;
}

export interface StructLab {
  problems(): Problem[];
  records(abi: string): RecordLayout[];
  twin(abi: string): string;
  delete(): void;
}

export interface RecordLayout {
  name: string;
  abi: string;
  size: number;
  alignment: number;
  members: {
    name: string;
    type: string;
    offset: number;
    size: number;
    alignment: number;
  }[];
  padding: { offset: number; size: number }[]; // a range each; the last may be tail padding
  tailPadding: number; // bytes of the last range that are tail padding, 0 when none
  minimal: { size: number; order: string[]; proved: boolean };
}

/** What an expression comes to, see core/include/heapyard/view/answers.hpp, and whether what was given is that. */
export interface ScriptAnswer {
  text: string;
  same: boolean;
}

/** What became of an attempt at an exercise; a goal is `largest free >= 64`, see core/include/heapyard/view/goals.hpp. */
export interface ExerciseResult {
  solved: boolean;
  problems: Problem[]; // when not empty, nothing ran and no goal is judged
  goals: { met: boolean; said: string }[]; // in the order in which they were asked
}

/** How long something takes. Times are nanoseconds of one operation; all are 0 before the first batch. */
export interface Timing {
  id: string;
  title: string;
  unit: string; // what one operation is; those with the same unit may be compared
  median: number;
  lowest: number;
  highest: number;
  batches: number;
}

/** A measurement in pieces of a tenth of a second or so, so that a page stays alive. Call `delete()` when done with it. */
export interface Measuring {
  advance(): boolean; // warms something up or runs one batch; false when all is done
  progress(): number; // from 0 to 1
  results(): Timing[]; // in the order of the ids, as far as they are known

  delete(): void;
}

/** `heapyard.js`: runs heaps. */
export interface Machine {
  name: string; // "free-list:best-fit"
  title: string; // "free list, best fit"
}

/** What every module whose words are read has. */
export interface SpeakingModule {
  /** What the build made of words/LANGUAGE.po: from now on its words are said. */
  setWords(catalog: string): void;
}

export interface HeapyardModule extends SpeakingModule {
  /** `arenaBytes` 0 chooses one that fits the trace. */
  startRun(text: string, allocator: string, arenaBytes: number): Run;
  machines(): Machine[]; // the allocators that a menu offers
  hasMachine(name: string): boolean; // whether this module runs it: `allocators.js`, made as this one, has all
  /** The arena that a pool of `capacity` blocks of `blockBytes` needs. 0 when it cannot be. */
  poolArenaBytes(blockBytes: number, capacity: number): number;
}

/** `races.js`: runs races. */
export interface RacesModule extends SpeakingModule {
  /** `arenaBytes` 0 chooses what the most demanding of them needs. */
  startRace(text: string, allocators: string[], arenaBytes: number): RaceRun;
  machines(): Machine[]; // the allocators that a menu offers
  workloads(): Workload[];
  workloadScript(name: string, seed: number, operations: number): string; // "" when there is none of that name
}

/** `race-times.js`: measures the allocators of races. */
export interface RaceTimesModule {
  startRaceTimes(text: string, allocators: string[], arenaBytes: number): RaceTimes;
}

/** `lesson-ID.js`: plays a lesson. */
export interface LessonsModule extends SpeakingModule {
  /** `source` is the program's text. An arena that is too small or too large becomes the nearest that is not. `null` when there is no such lesson. */
  playLesson(id: string, source: string, arenaBytes: number): Lesson | null;
}

/** `exercises.js`: judges attempts at exercises. */
export interface ExercisesModule extends SpeakingModule {
  checkHeapExercise(text: string, allocator: string, arenaBytes: number, goals: string[]): ExerciseResult;
  checkStructExercise(text: string, goals: string[]): ExerciseResult;
  /** Runs the program of a lesson's exercise with `choice` as its argument. */
  checkProgramExercise(id: string, choice: string, goals: string[]): ExerciseResult;
  /** What expressions come to in a script's run, at a step: `null` for one that speaks of what is not there. */
  heapAnswers(
    text: string,
    allocator: string,
    arenaBytes: number,
    step: number,
    expressions: string[],
    given: string,
  ): (ScriptAnswer | null)[];
  structAnswers(text: string, expressions: string[], given: string): (ScriptAnswer | null)[];
}

/** `structs.js`: lays out structs. */
export interface StructsModule extends SpeakingModule {
  parseStructs(text: string): StructLab;
  abis(): { name: string; title: string }[]; // x86_64 "x86-64 Linux, macOS (LP64)" …
}

/** `pictures.js`: draws what is to be saved, as SVG that needs nothing else. "" for what cannot be run or laid out. */
export interface PicturesModule extends SpeakingModule {
  heapPicture(text: string, allocator: string, arenaBytes: number, step: number): string;
  structPicture(text: string, abi: string): string;
}

/** `measures.js`: measures speeds. */
export interface MeasuresModule extends SpeakingModule {
  /** The measurables take turns. `null` when one of them is unknown. */
  startMeasuring(ids: string[]): Measuring | null;
}

/** What each file exports. */
export type LoadModule<Module> = (options?: {
  wasmBinary?: ArrayBufferView;
  locateFile?: (path: string) => string;
}) => Promise<Module>;
