/** What a reader did, as `<heap-yard>` tells it: the `detail` of its events. */
export type Told =
  | { type: 'ready' }
  | { type: 'failure'; reason: string }
  | { type: 'step'; step: number; steps: number }
  | { type: 'answer'; question: string; right: boolean }
  | { type: 'result'; exercise: string; solved: boolean; met: number; goals: number };

/** `<heap-yard>`: a lesson, a lab or an exercise. docs/embedding.md has its attributes and its events. */
export class HeapYard extends HTMLElement {
  /** Opens what the attributes and the text between the ends of the tag now say. */
  reopen(): Promise<void>;
  /** Whether it is shown dark. */
  readonly isDark: boolean;
  /** The height in CSS pixels with which what is shown has the room that it can use. */
  readonly wantedHeight: number;
}

/**
 * Says where Heapyard's files lie, for a script that a bundler has moved away from them: a folder of the site, as
 * `/heapyard/`, into which `node_modules/heapyard/dist` was copied. To be called before a tag comes into view.
 */
export function setFiles(folder: string | URL): void;

type Event_<Type extends Told['type']> = CustomEvent<Extract<Told, { type: Type }>>;

declare global {
  interface HTMLElementTagNameMap {
    'heap-yard': HeapYard;
  }
  interface GlobalEventHandlersEventMap {
    'heapyard-ready': Event_<'ready'>;
    'heapyard-failure': Event_<'failure'>;
    'heapyard-step': Event_<'step'>;
    'heapyard-answer': Event_<'answer'>;
    'heapyard-result': Event_<'result'>;
  }
}
