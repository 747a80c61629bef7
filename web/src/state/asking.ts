import type { ExerciseResult, ScriptAnswer } from '../core/module.js';
import { say } from '../words/say.js';
import type { LessonView } from './address.js';
import type { Place, Prose, Question, Verdict } from './lesson-session.js';

/** What a lesson is to the parts that show its story, ask its questions and set its exercise. Sends `change`, `told`. */
export interface Taught extends EventTarget {
  readonly prose: Prose | null;
  readonly number: number;
  readonly asking: Asking;
  /** The text of the exercise as the reader left it. */
  readonly attempt: string | null;
  /** The step of a place; 0 when this run never comes there. */
  stepAt(place: Place): number;
  /** What a question's answer comes to at its step, and each wrong one that it knows; `null` for what is not there. */
  evaluated(question: Question, given: string): (ScriptAnswer | null)[];
  /** The reader gave an answer. */
  answeredTo(question: Question, right: boolean): void;
  attempted(attempt: string): void;
  /** Keeps what the core said to an attempt. */
  judged(attempt: string, result: ExerciseResult): void;
  show(view: LessonView): void;
  seek(step: number): void;
  step(by: number): void;
  pause(): void;
}

/** The questions of a lesson, each asked before the step that answers it. */
export class Asking {
  readonly verdicts = new Map<Question, Verdict>();
  readonly #of: Taught;

  constructor(of: Taught) {
    this.#of = of;
  }

  get #questions(): Question[] {
    return this.#of.prose?.questions ?? [];
  }

  /** The question that the next step answers. */
  question(): Question | null {
    return this.#questions.find((each) => this.#of.stepAt(each.at) === this.#of.number + 1) ?? null;
  }

  /** The question that this step answered. */
  answered(): Question | null {
    const { number } = this.#of;
    return this.#questions.find((each) => this.#of.stepAt(each.at) === number && this.verdicts.has(each)) ?? null;
  }

  /** How an answer to a question is written. */
  shapeOf(question: Question): string {
    const { answer } = this.answersTo(question);
    if (answer.startsWith('0x')) return say('an address, as 0x1c0');
    return /^\d/.test(answer) ? say('a number') : say('in a word');
  }

  /** Judges an answer by the step that follows, as the core computes it, and steps there. */
  judge(question: Question, given: string): void {
    const [answer, ...others] = this.#of.evaluated(question, given);
    const right = answer?.same ?? false;
    const wrong = question.wrong.find((each, index) => each.answer === null || others[index]?.same);
    this.verdicts.set(question, {
      given,
      right,
      answer: answer?.text ?? '',
      reply: right ? question.right : wrong!.reply,
    });
    this.#of.answeredTo(question, right);
    this.#of.step(1);
  }

  /** What a question comes to in this run, and each wrong answer that it knows; "" for any other. */
  answersTo(question: Question): { answer: string; wrong: string[] } {
    const [answer, ...wrong] = this.#of.evaluated(question, '').map((each) => each?.text ?? '');
    return { answer: answer ?? '', wrong };
  }
}
