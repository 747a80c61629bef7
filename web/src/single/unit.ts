import type { Told } from '../embed/told.js';
import { MASTERY } from '../share/manifest.js';
import type { PageState } from '../state/address.js';
import type { LessonSession } from '../state/lesson-session.js';
import { progress } from '../state/progress.js';
import { say } from '../words/say.js';
import { findApi, type Api } from './api.js';

/** What the platform keeps for the next time, in no more than it must take: 4096 characters. */
interface Kept {
  right: string[]; // the questions that were answered rightly
  met: number; // the part of the exercise's goals that was met at best
  attempt: string | null;
}
const MOST_KEPT = 4096;

const absent = () =>
  say(
    'No learning platform answers here: what you do is judged, but recorded nowhere. Upload the package, as it was saved, to a platform that takes SCORM 1.2, and open it there.',
  );
const refused = () =>
  say('The learning platform did not begin: what you do is judged, but not recorded. Close this and open it again.');
const lost = () => say('The learning platform did not take the result. Tell your teacher, and open this again later.');

/**
 * A lesson or an exercise as a unit of a course: its status, score, place and time go to the platform around it. Sends
 * `change`.
 */
export class Unit extends EventTarget {
  notice = '';
  #api: Api | null = null;
  #kept: Kept = { right: [], met: 0, attempt: null };
  #began = performance.now();
  #session: LessonSession | null = null;
  #location = '';
  #soon = 0;

  constructor(readonly kind: 'lesson' | 'exercise') {
    super();
    const api = findApi();
    try {
      if (!api) this.notice = absent();
      else if (api.LMSInitialize('') === 'true') this.#api = api;
      else this.notice = refused();
    } catch {
      this.notice = refused();
    }
  }

  /** The state to open: where the learner was before. */
  resumed(state: PageState): PageState {
    if (state.lab !== 'lessons' || !this.#api) return state;
    const status = this.#get('cmi.core.lesson_status');
    if (status === '' || status === 'not attempted') this.#set('cmi.core.lesson_status', 'incomplete');
    this.#set('cmi.core.score.min', '0');
    this.#set('cmi.core.score.max', '100');
    this.#kept = parse(this.#get('cmi.suspend_data')) ?? this.#kept;
    const { attempt } = this.#kept;
    if (attempt !== null) progress.update(state.lesson, { attempt });
    this.#location = this.#get('cmi.core.lesson_location');
    this.#commit();
    return /^\d{1,9}$/.test(this.#location) ? { ...state, step: Number(this.#location) } : state;
  }

  /** Follows what the learner does. */
  follow(session: LessonSession): void {
    this.#session = session;
    session.addEventListener('told', (event) => this.#told((event as CustomEvent<Told>).detail));
    session.addEventListener('change', () => this.#soonTell());
    window.addEventListener('pagehide', this.#finish);
  }

  /** From 0 to 100. */
  get score(): number {
    const { right, met } = this.#kept;
    const questions = this.kind === 'lesson' ? (this.#session?.prose?.questions ?? []) : [];
    const answered = questions.filter(({ ask }) => right.includes(ask)).length;
    return Math.floor((100 * (answered + met)) / (questions.length + 1));
  }

  get recorded(): boolean {
    return this.#api !== null;
  }

  #told(told: Told): void {
    const kept = this.#kept;
    if (told.type === 'answer' && told.right) kept.right = [...new Set([...kept.right, told.question])];
    else if (told.type === 'result') kept.met = Math.max(kept.met, told.solved ? 1 : told.met / told.goals);
    else if (told.type !== 'answer') return;
    const { score } = this;
    this.#set('cmi.core.score.raw', String(score));
    if (score >= MASTERY[this.kind]) this.#set('cmi.core.lesson_status', 'passed');
    this.#place();
    this.#commit();
  }

  #soonTell(): void {
    window.clearTimeout(this.#soon);
    this.#soon = window.setTimeout(() => this.#place(), 1000);
  }

  #place(): void {
    const session = this.#session!;
    if (!session.prose) return;
    const location = String(session.number);
    if (location !== this.#location && session.view === 'program') {
      this.#location = location;
      this.#set('cmi.core.lesson_location', location);
    }
    this.#kept.attempt = progress.of(session.prose.id).attempt;
    let text = JSON.stringify(this.#kept);
    if (text.length > MOST_KEPT) text = JSON.stringify({ ...this.#kept, attempt: null });
    if (text.length <= MOST_KEPT) this.#set('cmi.suspend_data', text);
  }

  #finish = (): void => {
    window.clearTimeout(this.#soon);
    const api = this.#api;
    if (!api) return;
    this.#place();
    this.#set('cmi.core.session_time', timeOf(performance.now() - this.#began));
    this.#set('cmi.core.exit', 'suspend');
    this.#commit();
    this.#api = null;
    try {
      api.LMSFinish('');
    } catch {
      // The platform may be gone before its unit.
    }
  };

  #get(name: string): string {
    try {
      return this.#api?.LMSGetValue(name) ?? '';
    } catch {
      return '';
    }
  }

  #set(name: string, value: string): void {
    this.#did((api) => api.LMSSetValue(name, value));
  }

  #commit(): void {
    this.#did((api) => api.LMSCommit(''));
  }

  #did(what: (api: Api) => string): void {
    if (!this.#api) return;
    let done = false;
    try {
      done = String(what(this.#api)) === 'true';
    } catch {
      // Told as if it had been refused.
    }
    this.notice = done ? this.notice : lost();
    this.dispatchEvent(new Event('change'));
  }
}

/** Hours, minutes and seconds as SCORM 1.2 writes them: 0000:12:07.50. */
export function timeOf(milliseconds: number): string {
  const hundredths = Math.min(Math.floor(milliseconds / 10), 9999 * 360_000);
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
  const seconds = Math.floor(hundredths / 100);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${pad(hours, 4)}:${pad(minutes, 2)}:${pad(seconds % 60, 2)}.${pad(hundredths % 100, 2)}`;
}

/** What was kept, with no more trust in it than that a platform gave it back. */
function parse(text: string): Kept | null {
  try {
    const { right, met, attempt } = JSON.parse(text) as Record<string, unknown>;
    if (!Array.isArray(right) || typeof met !== 'number' || !(met >= 0 && met <= 1)) return null;
    const asks = right.filter((each): each is string => typeof each === 'string');
    return { right: asks, met, attempt: typeof attempt === 'string' ? attempt : null };
  } catch {
    return null;
  }
}
