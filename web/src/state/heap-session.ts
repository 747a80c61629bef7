import type { LabModel } from '../app/labs.js';
import { heapExamples, type Example } from '../examples/heap.js';
import type { HeapState, PageState } from './address.js';
import { Session } from './session.js';

/** A session on an allocator and an arena that the reader chooses. */
export class HeapSession extends Session implements LabModel {
  fresh(): void {
    this.open(heapExamples[0]!);
  }

  open(example: Example): void {
    this.allocator = 'free-list';
    this.arena = example.arena;
    this.load(example.text, { step: example.step });
  }

  apply(state: PageState): string {
    if (state.lab !== 'heap') return '';
    this.forget();
    this.allocator = state.allocator;
    this.arena = state.arena;
    this.load(state.text, state);
    return this.missing(state.step);
  }

  state(): HeapState {
    return {
      lab: 'heap',
      text: this.text,
      allocator: this.allocator,
      arena: this.arena,
      step: this.number,
      block: this.pinned,
    };
  }
}
