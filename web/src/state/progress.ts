import { isGuest } from '../core/home.js';
import { say } from '../words/say.js';
import { keyOf } from './storage.js';

/** What the reader has done of a lesson. */
export interface LessonProgress {
  step: number; // the furthest that was seen
  steps: number;
  at: number; // where the reader was last
  right: string[]; // the questions that were answered rightly
  solved: boolean;
  attempt: string | null; // the text of the exercise as the reader left it
}

interface Kept {
  format: 'heapyard-progress';
  version: number;
  lessons: Record<string, Partial<LessonProgress>>; // the one that the reader was in last stands last
}

const KEY = keyOf('progress');
const UNREAD = keyOf('progress-unread'); // what another version wrote and this one cannot read: never thrown away
const VERSION = 1;
const LARGEST = 1 << 20;

/** The reader's progress: in this browser only, and with a page that is somebody else's as long as that is open. Sends `change`. */
class Progress extends EventTarget {
  #read: Kept | undefined;
  #stores = true;
  #waiting: number | undefined;

  get #kept(): Kept {
    if (!this.#read) {
      this.#read = empty();
      this.#restore();
    }
    return this.#read;
  }

  set #kept(kept: Kept) {
    this.#read = kept;
  }

  #restore(): void {
    window.addEventListener('pagehide', this.#flush);
    if (isGuest()) {
      this.#stores = false;
      return;
    }
    try {
      const text = localStorage.getItem(KEY);
      if (text === null) return;
      const read = parse(text);
      if (read) this.#kept = read;
      else localStorage.setItem(UNREAD, text);
    } catch {
      this.#stores = false;
    }
  }

  /** False where the browser keeps nothing: progress then lasts as long as the page. */
  get stores(): boolean {
    return this.#kept && this.#stores;
  }

  get isEmpty(): boolean {
    return this.begun.length === 0;
  }

  /** The lessons that the reader was in, the last one last. */
  get begun(): string[] {
    return Object.keys(this.#kept.lessons);
  }

  of(lesson: string): LessonProgress {
    return { step: 0, steps: 0, at: 0, right: [], solved: false, attempt: null, ...this.#kept.lessons[lesson] };
  }

  update(lesson: string, change: Partial<LessonProgress>): void {
    const { [lesson]: before, ...others } = this.#kept.lessons;
    const after = { ...before, ...change };
    if (this.begun.at(-1) === lesson && JSON.stringify(after) === JSON.stringify(before)) return;
    this.#kept = { ...this.#kept, lessons: { ...others, [lesson]: after } };
    this.#write();
  }

  exported(): string {
    return `${JSON.stringify(this.#kept, null, 2)}\n`;
  }

  /** Takes over what was exported; why not, when it cannot. */
  import(text: string): string {
    const read = text.length <= LARGEST ? parse(text) : null;
    if (!read) return say('This file holds no progress of Heapyard. Choose one that “Export” wrote.');
    this.#kept = read;
    this.#write();
    return '';
  }

  clear(): void {
    this.#kept = empty();
    this.#write();
  }

  /** Soon: a reader who steps fast would wait for the disk. */
  #write(): void {
    this.#waiting ??= window.setTimeout(this.#flush, 400);
    this.dispatchEvent(new Event('change'));
  }

  #flush = (): void => {
    window.clearTimeout(this.#waiting);
    if (this.#waiting === undefined) return;
    this.#waiting = undefined;
    if (!this.#stores) return;
    try {
      if (this.isEmpty) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      this.#stores = false;
    }
  };
}

function empty(): Kept {
  return { format: 'heapyard-progress', version: VERSION, lessons: {} };
}

/** What an older or newer version wrote, as far as it is understood; fields that are not known are kept as they are. */
function parse(text: string): Kept | null {
  try {
    const read = JSON.parse(text) as Partial<Kept> | null;
    if (read?.format !== 'heapyard-progress' || typeof read.lessons !== 'object' || read.lessons === null) return null;
    const lessons: Kept['lessons'] = {};
    for (const [id, each] of Object.entries(read.lessons)) if (isProgress(each)) lessons[id] = each;
    return { ...read, format: 'heapyard-progress', version: Math.max(VERSION, Number(read.version) || 0), lessons };
  } catch {
    return null;
  }
}

function isProgress(each: unknown): each is Partial<LessonProgress> {
  if (typeof each !== 'object' || each === null || Array.isArray(each)) return false;
  const { step = 0, steps = 0, at = 0, right = [], solved = false, attempt = null } = each as Record<string, unknown>;
  return (
    typeof step === 'number' &&
    typeof steps === 'number' &&
    typeof at === 'number' &&
    Array.isArray(right) &&
    typeof solved === 'boolean' &&
    (attempt === null || typeof attempt === 'string')
  );
}

export const progress = new Progress();
