import type { LabModel } from '../app/labs.js';
import { wayTo } from '../core/home.js';
import type { ExerciseResult, Problem, ScriptAnswer } from '../core/module.js';
import type { Told } from '../embed/told.js';
import { Asking, type Taught } from '../state/asking.js';
import type { OwnState, OwnView, PageState } from '../state/address.js';
import type { Place, Prose, Question } from '../state/lesson-session.js';
import { say } from '../words/say.js';
import { checkExercise, checkRun } from './check.js';
import { example } from './example.js';
import { parse, type OwnLesson } from './grammar.js';
import { play, stepAt, type Player } from './players.js';

/** A lesson of somebody's own: its text, what is wrong with it, and how it is played. */
export class OwnModel extends EventTarget implements LabModel, Taught {
  text = '';
  problems: Problem[] = []; // with them, the lesson that was played last stays
  lesson: OwnLesson | null = null;
  player: Player | null = null;
  failure = '';
  view: OwnView = 'program';
  attempt: string | null = null;
  readonly asking: Asking = new Asking(this);
  #opening = 0;

  get prose(): Prose | null {
    return this.lesson?.prose ?? null;
  }

  get number(): number {
    return this.player?.number ?? 0;
  }

  get run(): { steps: number } | null {
    return this.player?.run ?? null;
  }

  fresh(): void {
    this.view = 'write';
    void this.open(example);
  }

  apply(state: PageState): string {
    if (state.lab !== 'own') return '';
    this.view = state.view;
    if (state.text !== this.text || !this.player) void this.open(state.text, state);
    else this.player.seek(state.step);
    this.#changed();
    return '';
  }

  state(): OwnState {
    const { text, view, number: step } = this;
    return { lab: 'own', text, view, step, block: null };
  }

  /** Reads a text and plays it. One with mistakes leaves what was played before, and says what they are. */
  async open(text: string, where: { step: number } = { step: this.number }): Promise<void> {
    const opening = ++this.#opening;
    this.text = text;
    this.failure = '';
    const { lesson, problems } = parse(text, wayTo);
    if (!lesson) return this.#tellProblems(problems);
    this.#changed();
    try {
      const player = await play(lesson, where.step, null);
      await hasRun(player);
      if (opening !== this.#opening) return player.forget();
      const wrong = checkRun(lesson, player);
      if (wrong.length > 0) {
        player.forget();
        return this.#tellProblems(wrong);
      }
      this.#adopt(lesson, player);
      if (this.view !== 'write') return;
      const more = await checkExercise(lesson);
      if (opening !== this.#opening) return;
      this.problems = more;
      this.#changed();
    } catch {
      if (opening !== this.#opening) return;
      this.failure = say('The part that plays this lesson cannot be fetched. Reload the page to try again.');
      this.#changed();
    }
  }

  #tellProblems(problems: Problem[]): void {
    this.problems = [...problems].sort((one, other) => one.line - other.line);
    const [first] = this.problems;
    this.failure = say('Line {0} of the lesson: {1}.', first!.line, first!.message);
    this.#changed();
  }

  #adopt(lesson: OwnLesson, player: Player): void {
    this.player?.removeEventListener('change', this.#changed);
    this.player?.pause();
    this.player?.forget();
    this.player = player;
    this.lesson = lesson;
    this.problems = [];
    this.attempt = null;
    this.asking.verdicts.clear();
    player.addEventListener('change', this.#changed);
    this.#changed();
  }

  fail(words: string): void {
    this.failure = words;
    this.#changed();
  }

  show(view: OwnView): void {
    this.player?.pause();
    this.view = view;
    this.#changed();
  }

  seek(step: number): void {
    this.player?.seek(step);
  }

  step(by: number): void {
    this.player?.step(by);
  }

  pause(): void {
    this.player?.pause();
  }

  stepAt(place: Place): number {
    return this.player ? stepAt(this.player, place) : 0;
  }

  evaluated({ at, answer, wrong }: Question, given: string): (ScriptAnswer | null)[] {
    const expressions = [answer, ...wrong.map((each) => each.answer ?? '')];
    return this.player?.evaluated(at, expressions, given) ?? [];
  }

  answeredTo({ ask: question }: Question, right: boolean): void {
    this.#announce({ type: 'answer', question, right });
  }

  attempted(attempt: string): void {
    this.attempt = attempt;
  }

  judged(attempt: string, { solved, goals }: ExerciseResult): void {
    this.attempt = attempt;
    const met = goals.filter((goal) => goal.met).length;
    this.#announce({ type: 'result', exercise: this.prose!.id, solved, met, goals: goals.length });
  }

  /** For the page in which this is embedded. */
  #announce(told: Told): void {
    this.dispatchEvent(new CustomEvent('told', { detail: told }));
  }

  #changed = (): void => {
    this.dispatchEvent(new Event('change'));
  };
}

/** A long script runs in pieces, and an allocator may have to be fetched first. */
function hasRun(player: Player): Promise<void> {
  const done = () => player.problems.length > 0 || player.refused !== '' || player.run !== null;
  return new Promise((resolve) => {
    const look = () => {
      if (!done()) return;
      player.removeEventListener('change', look);
      resolve();
    };
    player.addEventListener('change', look);
    look();
  });
}
