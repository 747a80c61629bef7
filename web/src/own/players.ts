import { exercises, heapyard, structs } from '../core/load.js';
import type {
  ExercisesModule,
  HeapyardModule,
  Problem,
  RecordLayout,
  ScriptAnswer,
  StructsModule,
} from '../core/module.js';
import type { Place } from '../state/lesson-session.js';
import { HeapSession } from '../state/heap-session.js';
import { StructModel } from '../state/structs.js';
import type { OwnLesson } from './grammar.js';

/** What plays a lesson of somebody's own: an allocator its script, a compiler's rules its structs. Sends `change`. */
export interface Player extends EventTarget {
  readonly number: number;
  readonly run: { steps: number } | null; // none yet
  readonly problems: Problem[]; // of the script
  readonly refused: string; // why it cannot be run at all
  seek(step: number): void;
  step(by: number): void;
  pause(): void;
  forget(): void; // gives back what it ran in
  stepOfLine(line: number): number; // 0 when that line is no step
  evaluated(place: Place, expressions: string[], given: string): (ScriptAnswer | null)[];
}

/** The step of a place: where the n-th of these lines is that has one. */
export function stepAt(player: Player, { lines, occurrence }: Place): number {
  const steps = lines.map((line) => player.stepOfLine(line)).filter((step) => step > 0);
  return steps[occurrence - 1] ?? 0;
}

/** Fetches what a lesson is played by, and has it run. */
export async function play(lesson: OwnLesson, step: number, block: number | null): Promise<Player> {
  if (lesson.kind === 'struct') return new StructPlayer(...(await Promise.all([structs(), exercises()])), lesson, step);
  const player = new ScriptPlayer(...(await Promise.all([heapyard(), exercises()])), lesson);
  player.load(lesson.script, { step, block });
  return player;
}

/** A script on its allocator. The script is what it is: no block can be freed with the mouse. */
export class ScriptPlayer extends HeapSession implements Player {
  readonly #exercises: ExercisesModule;
  readonly #steps = new Map<number, number>(); // by line
  #stepsOf: unknown;

  constructor(module: HeapyardModule, exercises: ExercisesModule, lesson: OwnLesson) {
    super(module);
    this.#exercises = exercises;
    this.allocator = lesson.allocator;
    this.arena = lesson.arena;
  }

  override holder(): string {
    return '';
  }

  stepOfLine(line: number): number {
    const { run } = this;
    if (this.#stepsOf !== run) {
      this.#stepsOf = run;
      this.#steps.clear();
      for (let step = run?.steps ?? 0; step > 0; --step) this.#steps.set(run!.timeline.line(step), step);
    }
    return this.#steps.get(line) ?? 0;
  }

  evaluated(place: Place, expressions: string[], given: string): (ScriptAnswer | null)[] {
    const step = stepAt(this, place);
    return this.#exercises.heapAnswers(this.text, this.allocator, this.arena, step, expressions, given);
  }
}

/** Structs, whose members come one by one, in the order in which they stand in the text. */
export class StructPlayer extends EventTarget implements Player {
  readonly model: StructModel;
  readonly refused = '';
  readonly run: { steps: number };
  readonly lines: number[] = []; // of each step: the one that declares a member
  number = 0;
  readonly #exercises: ExercisesModule;

  constructor(module: StructsModule, exercises: ExercisesModule, { script }: OwnLesson, step: number) {
    super();
    this.#exercises = exercises;
    this.model = new StructModel(module);
    this.model.addEventListener('change', () => this.#changed());
    this.model.load(script);
    let depth = 0;
    for (const [index, text] of script.split('\n').entries()) {
      const code = text.replace(/\/\/.*$/, '');
      if (depth > 0 && /\w.*;/.test(code) && !code.includes('}')) this.lines.push(index + 1);
      depth += (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
    }
    this.run = { steps: this.lines.length };
    this.seek(step);
  }

  get problems(): Problem[] {
    return this.model.problems;
  }

  seek(step: number): void {
    const number = Math.max(0, Math.min(this.run.steps, step));
    if (number === this.number) return;
    this.number = number;
    this.#changed();
  }

  step(by: number): void {
    this.seek(this.number + by);
  }

  pause(): void {
    // Nothing plays by itself.
  }

  forget(): void {
    // One text of structs takes next to nothing.
  }

  stepOfLine(line: number): number {
    return this.lines.indexOf(line) + 1;
  }

  /** The line of this step, 0 before the first. */
  get line(): number {
    return this.lines[this.number - 1] ?? 0;
  }

  whole = (name: string): RecordLayout | undefined => this.model.records().find((each) => each.name === name);

  /** The struct of this step, with the members up to this line; null before the first. */
  shown(): RecordLayout | null {
    if (this.number === 0) return null;
    const lines = this.model.text.split('\n').slice(0, this.line);
    const begin = lines.reduce((last, line, index) => (/\bstruct\b[^;]*$/.test(line) ? index : last), -1);
    const name = /\bstruct\s+(?:alignas\([^)]*\)\s*)?([A-Za-z_]\w*)/.exec(lines[begin] ?? '')?.[1] ?? '';
    const record = this.whole(name) ?? this.model.chosen();
    if (!record) return null;
    const declared = lines.slice(begin + 1).join('\n');
    const shown = record.members.filter((member) => new RegExp(`\\b${member.name}\\b`).test(declared));
    if (shown.length === record.members.length) return record;
    const members = record.members.slice(0, Math.max(1, shown.length));
    const size = Math.max(...members.map((each) => each.offset + each.size));
    const padding = record.padding.filter((each) => each.offset < size);
    return { ...record, members, size, padding, tailPadding: 0 };
  }

  evaluated(_place: Place, expressions: string[], given: string): (ScriptAnswer | null)[] {
    return this.#exercises.structAnswers(this.model.text, expressions, given);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
