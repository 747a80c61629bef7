import { Timeline, blocksFrom, type Block } from '../core/words.js';
import type { AnyLab, Fault, HeapyardModule, Lab, Problem, Run as Work, Statistics, Step } from '../core/module.js';
import { say } from '../words/say.js';
import { freshName, insertLine } from './script-text.js';

/** A lesson has no inspector, and its heap is too small ever to be drawn as a raster. */
type LabOfRun = AnyLab & Partial<Lab>;
type WorkOfRun = Omit<Work, 'take'> & { take(): LabOfRun };

/** One run of one text, and what never changes over its steps. */
export interface Run {
  text: string;
  lab: LabOfRun;
  steps: number;
  arenaBytes: number;
  format: string;
  keepsBytes: boolean;
  timeline: Timeline;
}

/** One step of a run, as every part of the page draws it. A new object each time something changed. */
export interface Frame {
  run: Run;
  number: number;
  step: Step;
  faults: Fault[]; // of this step, the first of them
  faultCount: number; // all of them
  statistics: Statistics;
  block: Block | null; // the block that the call of this step is about
  faulty: number[]; // offsets of the blocks that a fault of this step names
  selected: Block | null;
  pinned: boolean; // the reader chose the block; else it follows the step
}

/** Above this many live blocks the heap is drawn as a raster, and blocks are fetched only where they are looked at. */
const MANY_BLOCKS = 1000;
const MOST_FAULTS = 200;
const CALLS_AT_ONCE = 2000;
const MOMENT = 40; // milliseconds

/** Where to stand once a text has run. */
export interface Where {
  step?: number;
  line?: number;
  block?: number | null;
}

/** What a session needs of a module: something that runs. */
export interface Runs extends Pick<HeapyardModule, 'poolArenaBytes'> {
  startRun(text: string, allocator: string, arenaBytes: number): WorkOfRun;
}

export class Session extends EventTarget {
  #module: Runs;
  text = '';
  allocator = 'free-list';
  arena = 0;
  problems: Problem[] = [];
  refused = ''; // why the allocator or its arena cannot be had; then the run is empty
  run: Run | null = null;
  frame: Frame | null = null;
  running: number | null = null; // how far a long run is, from 0 to 1; the last one stays in view
  playing = false;
  speed = 1;
  lit: { offset: number; size: number } | null = null;
  #number = 0;
  #selected: number | null = null;
  #timer = 0;
  #work: WorkOfRun | null = null;
  #slice = 0;

  constructor(module: Runs) {
    super();
    this.#module = module;
  }

  get module(): Runs {
    return this.#module;
  }

  /** What comes runs on another module. */
  protected set module(module: Runs) {
    this.#module = module;
  }

  get number(): number {
    return this.#number;
  }

  get pinned(): number | null {
    return this.#selected;
  }

  /** Runs `text` from the start and stands at `step`, or at the step of `line`. A text with problems leaves the last run in view. */
  load(text: string, where: Where = {}): void {
    this.pause();
    this.#stop();
    this.text = text;
    this.refused = '';
    this.#goOn(where);
  }

  /** Works for a moment: a short script is done at once, a long one in pieces, between which the page stays alive. */
  #goOn(where: Where): void {
    const end = performance.now() + MOMENT;
    let lab: LabOfRun;
    try {
      const work = (this.#work ??= this.#module.startRun(this.text, this.allocator, this.arena));
      while (work.advance(CALLS_AT_ONCE)) {
        if (performance.now() < end) continue;
        this.running = work.progress();
        this.#slice = window.setTimeout(() => this.#goOn(where));
        this.changed();
        return;
      }
      lab = work.take();
    } catch {
      // The module ends where memory ends, and what it was at cannot be given back any more.
      this.#work = null;
      this.running = null;
      this.refused = say(
        'This text needs more memory than a page can have. Reload the page; the program runs larger ones.',
      );
      this.changed();
      return;
    }
    this.#stop();
    this.#adopt(lab, where);
  }

  #stop(): void {
    window.clearTimeout(this.#slice);
    this.#work?.delete();
    this.#work = null;
    this.running = null;
  }

  #adopt(lab: LabOfRun, where: Where): void {
    this.problems = lab.problems?.() ?? [];
    if (this.problems.length > 0 && this.run) {
      lab.delete();
      this.changed();
      return;
    }
    this.refused = this.problems.length > 0 ? '' : (lab.setupError?.() ?? '');
    const timeline = new Timeline(lab);
    const next: Run = {
      text: this.text,
      lab,
      steps: lab.steps(),
      arenaBytes: lab.arenaBytes(),
      format: lab.format(),
      keepsBytes: lab.keepsBytes(),
      timeline,
    };
    this.run?.lab.delete();
    this.run = next;
    this.lit = null;
    this.#selected = where.block ?? null;
    this.#stand(where.line === undefined ? (where.step ?? 0) : timeline.stepAtLine(where.line));
  }

  /** Runs the same text again on another allocator or arena. */
  rerun(allocator: string, arena: number): void {
    this.allocator = allocator;
    this.arena = arena;
    this.load(this.text, { step: this.#number });
  }

  /** Forgets the last run, so that a text with problems does not stand beside the picture of another. */
  forget(): void {
    this.run?.lab.delete();
    this.run = null;
    this.frame = null;
  }

  seek(step: number): void {
    if (this.run && step !== this.#number) this.#stand(step);
  }

  step(by: number): void {
    this.pause();
    this.seek(this.#number + by);
  }

  nextFault(): void {
    const steps = this.run?.timeline.faultSteps ?? [];
    if (steps.length === 0) return;
    this.pause();
    this.seek(steps.find((step) => step > this.#number) ?? steps[0]!);
  }

  play(): void {
    if (!this.run || this.run.steps === 0) return;
    if (this.playing) return this.pause();
    this.playing = true;
    if (this.#number >= this.run.steps) this.#stand(0);
    const stride = Math.max(1, Math.round(this.run.steps / 400));
    const tick = () => {
      if (!this.run) return;
      this.seek(Math.min(this.run.steps, this.#number + stride));
      if (this.#number >= this.run.steps) return this.pause();
      this.#timer = window.setTimeout(tick, 800 / this.speed);
    };
    this.#timer = window.setTimeout(tick, 300 / this.speed);
    this.changed();
  }

  pause(): void {
    if (!this.playing) return;
    window.clearTimeout(this.#timer);
    this.playing = false;
    this.changed();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.changed();
  }

  /** A sentence when a link names a step that this script does not have. */
  protected missing(step: number): string {
    const steps = this.run?.steps ?? 0;
    if (step <= steps || this.problems.length > 0 || this.running !== null) return '';
    return say('The link names step {0}, but this script has {1}: here is the last.', step, steps);
  }

  /** The blocks that hold bytes of a range at this step, by address: the first `most` of them. */
  blocks(from: number, to: number, most = Infinity): Block[] {
    return this.run ? blocksFrom(this.run.lab.blocks(from, to - from, most)) : [];
  }

  get large(): boolean {
    return (this.frame?.statistics.liveBlocks ?? 0) > MANY_BLOCKS;
  }

  blockAt(offset: number): Block | null {
    return this.blocks(offset, offset + 1, 1)[0] ?? null;
  }

  select(offset: number | null): void {
    this.#selected = offset;
    this.#stand(this.#number);
  }

  /** The block before or after the selected one, by address. */
  selectNeighbour(by: 1 | -1): void {
    if (!this.run) return;
    const from = this.frame?.selected;
    const last = this.run.arenaBytes - 1;
    const next = from ? (by > 0 ? from.offset + from.size : from.offset - 1) : by > 0 ? 0 : last;
    const block = this.blockAt(Math.max(0, Math.min(last, next)));
    if (block) this.select(block.offset);
  }

  light(range: { offset: number; size: number } | null): void {
    this.lit = range;
    this.changed();
  }

  /** The name by which the script can free a block now, "" when none does. */
  holder(block: Block): string {
    const current = this.running === null && this.problems.length === 0;
    return current && block.state === 'used' && this.run?.format === 'script'
      ? this.run.lab.facts!(block.offset).name
      : '';
  }

  /** The name that a block was allocated under: it may mean another block by now. */
  nameOf(block: Block): string {
    return block.allocation ? (this.run?.lab.name(block.allocation) ?? '') : '';
  }

  free(block: Block): void {
    this.#insert(`free ${this.holder(block)}`, block.offset);
  }

  allocate(size: string): void {
    this.#insert(`${freshName(this.text)} = malloc ${size}`, null);
  }

  /** Puts a call after the line of this step (at the end, when this is the last step) and steps to it. */
  #insert(call: string, block: number | null): void {
    if (!this.run) return;
    const last = this.#number >= this.run.steps;
    const line = last ? Number.MAX_SAFE_INTEGER : this.run.timeline.line(this.#number);
    const number = this.#number;
    this.load(insertLine(this.text, line, call), { step: number + 1, block });
  }

  #stand(step: number): void {
    const run = this.run;
    if (!run) return;
    this.#number = Math.max(0, Math.min(run.steps, step));
    run.lab.seek(this.#number);
    const current = run.lab.step();
    const statistics = run.lab.statistics();
    const faulty = new Set<number>();
    const faults = run.lab.faults(MOST_FAULTS);
    for (const fault of faults) {
      const block = fault.address === null ? null : this.blockAt(fault.address);
      if (block) faulty.add(block.offset);
    }
    const block = current.block === null ? null : this.blockAt(current.block);
    const pinned = this.#selected === null ? null : this.blockAt(this.#selected);
    this.frame = {
      run,
      number: this.#number,
      step: current,
      faults,
      faultCount: run.lab.faultCount(),
      statistics,
      block,
      faulty: [...faulty],
      selected: pinned ?? block,
      pinned: pinned !== null,
    };
    this.changed();
  }

  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
