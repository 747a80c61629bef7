import type { LabModel } from '../app/labs.js';
import { fetchJson, lesson as lessonModule } from '../core/load.js';
import type { Told } from '../embed/told.js';
import type {
  ExerciseResult,
  HeapObject,
  Lesson,
  LessonsModule,
  ScriptAnswer,
  StackFrame,
  Value,
} from '../core/module.js';
import { say } from '../words/say.js';
import type { LessonState, LessonView, PageState } from './address.js';
import { Asking, type Taught } from './asking.js';
import { progress } from './progress.js';
import { Session, type Runs } from './session.js';

/** A lesson in the list. */
export interface Entry {
  id: string;
  title: string;
  abstract: string;
}

export interface Neighbour {
  id: string;
  title: string;
}

/** Where a part of the story, or a question, stands in the program: at its n-th arrival at one of these lines. */
export interface Place {
  lines: number[];
  occurrence: number;
}

export interface Question {
  ask: string;
  at: Place;
  answer: string; // an expression that the core computes
  right: string;
  wrong: { answer: string | null; reply: string }[];
}

/** What a lesson ends with: the core judges the goals. */
export interface Exercise {
  kind: 'heap' | 'struct' | 'program';
  allocator: string; // heap
  arena: number;
  task: string[];
  start: string; // heap, struct: the text that the reader begins with
  choices: { choice: string; words: string }[]; // program: what its argument can be
  source: string | null;
  goals: { goal: string; words: string }[]; // none: there is no exercise
  solution: string;
}

/** What a lesson says: scripts/lessons/prose.mjs makes it of lesson.md. Paragraphs and lists are HTML. */
export interface Prose extends Entry {
  goals: string[];
  story: string[];
  wild: string[];
  reading: string[];
  questions: Question[];
  exercise: Exercise;
  sizes: { abis: string[]; rows: { name: string; cells: string[] }[] } | null;
  measured: { items: { id: string; html: string }[]; notes: string[] } | null;
  source: string; // of the program, as it was compiled
  more: (keyof More)[]; // what there is to fetch beside it
  number: number; // in the order in which lessons are taken, from 1; 0 of one that is none of them
  previous: Neighbour | null;
  next: Neighbour | null;
  terms: Record<string, { term: string; html: string }>; // of the glossary, those that the text links
}

/** What is fetched when it is first looked at: the same program in C and in Rust, and what the teacher reads, as HTML. */
export interface More {
  c?: string;
  rust?: string;
  teacher?: string[];
}

/** A run on another machine: what its steps say, and what lies on its stack and its heap. cli/lesson_recording.hpp */
interface Recording {
  abi: string;
  arenaBytes: number;
  steps: { sentence: string; stack?: RecordedFrame[]; objects?: RecordedObject[] }[];
}
type RecordedValue = Partial<Omit<Value, 'parts'>> & { parts?: RecordedValue[] };
type RecordedFrame = Omit<StackFrame, 'variables'> & { variables: RecordedValue[] };
type RecordedObject = Omit<HeapObject, 'value'> & { value: RecordedValue };

/** What was said to an answer. */
export interface Verdict {
  given: string;
  right: boolean;
  answer: string;
  reply: string;
}

/** The ids of all lessons: the build of the page puts them here. */
declare const HEAPYARD_LESSONS: string[];

const ARENA = 4096;

/** A session on a lesson: its program is what it is; the reader chooses the arena and the step. */
export class LessonSession extends Session implements LabModel, Taught {
  prose: Prose | null = null;
  more: More | null = null;
  #moreOf = ''; // which lesson's was asked for
  failure = '';
  onlyRead = false; // what it says is there, and nothing that runs
  view: LessonView = 'program';
  recording: Recording | null = null; // shown in place of the run
  #module: LessonsModule | null = null; // that plays this lesson
  readonly asking: Asking = new Asking(this);
  #lesson: string | null = null;
  #placesOf: Lesson | null = null;
  readonly #places = new Map<string, number>(); // of that run
  #opening = 0; // the last one that was asked for wins

  constructor() {
    let play: (id: string, arena: number) => Lesson | null = () => null;
    super(runsOf((id, arena) => play(id, arena)));
    play = (id, arena) => this.#module?.playLesson(id, this.prose?.source ?? '', arena) ?? null;
    this.arena = ARENA;
  }

  get lesson(): Lesson | null {
    return this.#lesson === null ? null : ((this.run?.lab as Lesson | undefined) ?? null);
  }

  fresh(): void {
    this.#leave();
  }

  again(): void {
    this.#leave();
  }

  apply(state: PageState): string {
    if (state.lab !== 'lessons') return '';
    this.view = state.view;
    void this.open(state.lesson, state);
    return '';
  }

  state(): LessonState | null {
    if (this.#lesson === null) return null;
    const { view, arena, number: step, pinned: block } = this;
    return { lab: 'lessons', lesson: this.#lesson, view, arena, step, block };
  }

  fail(words: string): void {
    this.failure = words;
    this.#tell();
  }

  show(view: LessonView): void {
    this.pause();
    this.view = view;
    this.#tell();
  }

  /** Fetches what the lesson says, plays it, and stands at a step. */
  async open(id: string, where: { arena: number; step: number; block: number | null }): Promise<void> {
    this.failure = '';
    this.onlyRead = false;
    const opening = ++this.#opening;
    if (!HEAPYARD_LESSONS.includes(id)) {
      this.#leave();
      this.fail(say('There is no lesson “{0}”.', id));
      return;
    }
    try {
      if (this.prose?.id !== id || !this.#module) {
        const starting = lessonModule(id).catch((error: unknown) =>
          error instanceof Error ? error : Error(String(error)),
        );
        const prose = await fetchJson<Prose>(`lessons/${id}.json`);
        const module = await starting;
        if (opening !== this.#opening) return;
        if (module instanceof Error) return this.#onlyRead(prose, module);
        this.asking.verdicts.clear();
        this.recording = null;
        this.forget(); // its run is of the other module
        [this.prose, this.#module] = [prose, module];
        [this.more, this.#moreOf] = [null, ''];
      }
      this.#lesson = id;
      this.arena = where.arena || ARENA;
      this.load(id, where);
    } catch {
      if (opening !== this.#opening) return;
      this.#leave();
      this.failure = say('This lesson cannot be fetched. Reload the page to try again.');
      this.#tell();
    }
  }

  /** What a lesson says can be read where it cannot run. */
  #onlyRead(prose: Prose, { message }: Error): void {
    console.warn('Heapyard: a lesson cannot run.', message);
    this.#leave();
    this.prose = prose;
    this.#module = null;
    this.onlyRead = true;
    this.fail(
      typeof WebAssembly === 'object'
        ? say(
            'The program of this lesson could not be fetched or started. Reload the page to try again; here is what the lesson says.',
          )
        : say('{0} Here is what the lesson says.', message),
    );
  }

  /** Fetches what of a lesson is looked at second. */
  async fetchMore(): Promise<void> {
    const { id } = this.prose!;
    if (this.#moreOf === id) return;
    this.#moreOf = id;
    try {
      const more = await fetchJson<More>(`lessons/${id}.more.json`);
      if (this.prose?.id === id) this.more = more;
      this.#tell();
    } catch {
      if (this.prose?.id === id)
        this.fail(say('This part of the lesson cannot be fetched. Reload the page to try again.'));
    }
  }

  stack(): StackFrame[] {
    if (!this.recording) return this.lesson?.stack() ?? [];
    const frames = this.#recorded(({ stack }) => stack);
    return frames.map((frame) => ({ ...frame, variables: frame.variables.map(valueOf) }));
  }

  objects(): HeapObject[] {
    if (!this.recording) return this.lesson?.objects() ?? [];
    const objects = this.#recorded((step) => step.objects);
    return objects.map((object) => ({ ...object, value: valueOf(object.value) }));
  }

  get sentence(): string {
    return this.recording?.steps[this.number]?.sentence ?? this.frame?.step.sentence ?? '';
  }

  /** Shows the run of a 64-bit machine in place of this one, step for step; or this one again. */
  async onOtherMachine(other: boolean): Promise<void> {
    const lesson = this.#lesson;
    this.failure = '';
    try {
      const recording = other ? await fetchJson<Recording>(`lessons/${lesson}.x86_64.json`) : null;
      if (lesson === this.#lesson) this.recording = recording;
    } catch {
      this.failure = say('The run of the other machine cannot be fetched. Try again later.');
    }
    this.#tell();
  }

  /** The last that was recorded up to this step. */
  #recorded<Part>(of: (step: Recording['steps'][number]) => Part[] | undefined): Part[] {
    for (let step = this.number; step >= 0; --step) {
      const part = of(this.recording!.steps[step]!);
      if (part) return part;
    }
    return [];
  }

  stepAt(place: Place): number {
    const { lesson } = this;
    if (!lesson) return 0;
    if (this.#placesOf !== lesson) {
      this.#placesOf = lesson;
      this.#places.clear();
    }
    const key = `${place.lines} ${place.occurrence}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const step = lesson.stepAtLines(place.lines, place.occurrence);
    this.#places.set(key, step);
    return step;
  }

  evaluated({ at, answer, wrong }: Question, given: string): (ScriptAnswer | null)[] {
    return this.#at(at, (lesson) =>
      [answer, ...wrong.map((each) => each.answer)].map((expression) => {
        const text = expression === null ? null : lesson.answer(expression);
        return text === null ? null : { text, same: lesson.isAnswer(expression!, given) };
      }),
    );
  }

  answeredTo({ ask: question }: Question, right: boolean): void {
    if (right) this.#did({ right: [...new Set([...progress.of(this.#lesson!).right, question])] });
    this.#announce({ type: 'answer', question, right });
  }

  /** Looks at the step that answers a question. Requires that a lesson is open. */
  #at<Told>(place: Place, tell: (lesson: Lesson) => Told): Told {
    const lesson = this.lesson!;
    lesson.seek(this.stepAt(place));
    const told = tell(lesson);
    lesson.seek(this.number);
    return told;
  }

  /** Keeps how far the reader has come. */
  arrived(): void {
    if (this.lesson && this.run) {
      const { step } = progress.of(this.#lesson!);
      this.#did({ step: Math.max(step, this.number), steps: this.run.steps, at: this.number });
    }
  }

  get attempt(): string | null {
    return this.#lesson === null ? null : progress.of(this.#lesson).attempt;
  }

  attempted(attempt: string): void {
    this.#did({ attempt });
  }

  judged(attempt: string, { solved, goals }: ExerciseResult): void {
    this.#did(solved ? { attempt, solved } : { attempt });
    const met = goals.filter((goal) => goal.met).length;
    this.#announce({ type: 'result', exercise: this.#lesson!, solved, met, goals: goals.length });
  }

  /** For the page in which this is embedded. */
  #announce(told: Told): void {
    this.dispatchEvent(new CustomEvent('told', { detail: told }));
  }

  #did(change: Parameters<typeof progress.update>[1]): void {
    if (this.#lesson !== null) progress.update(this.#lesson, change);
  }

  #leave(): void {
    this.pause();
    this.forget();
    this.#lesson = null;
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** A recorded value, with all that goes without saying. */
function valueOf(recorded: RecordedValue): Value {
  const parts = (recorded.parts ?? []).map(valueOf);
  const released = recorded.seen === 'released'; // recordings are in English
  const rest = { name: '', type: '', text: '', seen: '', at: null, target: null, padding: 0, leftOut: 0 };
  return { ...rest, released, ...recorded, parts };
}

/** A lesson is run at once: its program is short. */
function runsOf(play: (id: string, arena: number) => Lesson | null): Runs {
  return {
    poolArenaBytes: () => 0,
    startRun: (id, _allocator, arena) => {
      const lesson = play(id, arena);
      if (!lesson) throw new Error(`there is no lesson ${id}`);
      return { advance: () => false, progress: () => 1, take: () => lesson, delete: () => undefined };
    },
  };
}
