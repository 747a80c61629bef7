import type { LabModel } from '../app/labs.js';
import { fetchJson } from '../core/load.js';
import type { HeapObject, HeapyardModule, Lesson, LessonsModule, StackFrame } from '../core/module.js';
import type { LessonState, PageState } from './address.js';
import { Session } from './session.js';

/** A lesson in the list. */
export interface Entry {
  id: string;
  title: string;
  abstract: string;
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

/** What a lesson says: scripts/lessons/prose.mjs makes it of lesson.md. */
export interface Prose extends Entry {
  goals: Block[];
  story: Block[];
  wild: Block[];
  reading: Block[];
  teacher: Block[];
  questions: Question[];
}

export interface Block {
  html: string;
  steps: Place[];
}

/** What was said to an answer. */
export interface Verdict {
  right: boolean;
  answer: string;
  reply: string;
}

const ARENA = 4096;

/** A session on a lesson: its program is what it is; the reader chooses the arena and the step. */
export class LessonSession extends Session implements LabModel {
  entries: Entry[] = [];
  prose: Prose | null = null;
  failure = '';
  readonly verdicts = new Map<Question, Verdict>();
  readonly #ids: string[];
  #lesson: string | null = null;

  constructor(module: LessonsModule) {
    super(runsOf(module));
    this.#ids = module.lessonIds();
    this.arena = ARENA;
    void this.#list();
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
    if (state.lesson === null || !this.#ids.includes(state.lesson)) {
      this.#leave();
      return state.lesson === null ? '' : `There is no lesson “${state.lesson}”: here are those that there are.`;
    }
    void this.open(state.lesson, state);
    return '';
  }

  state(): LessonState {
    return { lab: 'lessons', lesson: this.#lesson, arena: this.arena, step: this.number, block: this.pinned };
  }

  /** Fetches what the lesson says, plays it, and stands at a step. */
  async open(id: string, where: { arena: number; step: number; block: number | null }): Promise<void> {
    this.failure = '';
    try {
      if (this.prose?.id !== id) {
        this.verdicts.clear();
        this.prose = await fetchJson<Prose>(`lessons/${encodeURIComponent(id)}.json`);
      }
      this.#lesson = id;
      this.arena = where.arena || ARENA;
      this.load(id, where);
    } catch {
      this.#leave();
      this.failure = 'This lesson cannot be fetched. Reload the page to try again.';
      this.#tell();
    }
  }

  stack(): StackFrame[] {
    return this.lesson?.stack() ?? [];
  }

  objects(): HeapObject[] {
    return this.lesson?.objects() ?? [];
  }

  /** The step of a place; 0 when this run never comes there. */
  stepAt(place: Place): number {
    return this.lesson?.stepAtLines(place.lines, place.occurrence) ?? 0;
  }

  /** The question that the next step answers. */
  question(): Question | null {
    return this.prose?.questions.find((each) => this.stepAt(each.at) === this.number + 1) ?? null;
  }

  /** The question that this step answered. */
  answered(): Question | null {
    return (
      this.prose?.questions.find((each) => this.stepAt(each.at) === this.number && this.verdicts.has(each)) ?? null
    );
  }

  /** Judges an answer by the step that follows, as the core computes it, and steps there. */
  judge(question: Question, given: string): void {
    const { lesson } = this;
    if (!lesson) return;
    lesson.seek(this.stepAt(question.at));
    const right = lesson.isAnswer(question.answer, given);
    const wrong = question.wrong.find(({ answer }) => answer === null || lesson.isAnswer(answer, given));
    const verdict = {
      right,
      answer: lesson.answer(question.answer) ?? '',
      reply: right ? question.right : wrong!.reply,
    };
    this.verdicts.set(question, verdict);
    lesson.seek(this.number);
    this.step(1);
  }

  async #list(): Promise<void> {
    try {
      this.entries = await fetchJson<Entry[]>('lessons/index.json');
    } catch {
      this.failure = 'The list of lessons cannot be fetched. Reload the page to try again.';
    }
    this.#tell();
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

/** A lesson is run at once: its program is short. */
function runsOf(module: LessonsModule): HeapyardModule {
  return {
    poolArenaBytes: () => 0,
    startRun: (id, _allocator, arena) => {
      const lesson = module.playLesson(id, arena);
      if (!lesson) throw new Error(`there is no lesson ${id}`);
      return { advance: () => false, progress: () => 1, take: () => lesson, delete: () => undefined };
    },
  };
}
