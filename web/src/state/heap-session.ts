import type { LabModel } from '../app/labs.js';
import { allocators } from '../core/load.js';
import type { HeapyardModule, Machine } from '../core/module.js';
import { firstExample, type Example } from '../examples/heap.js';
import { say } from '../words/say.js';
import type { HeapState, PageState } from './address.js';
import { Session, type Where } from './session.js';

/** A session on an allocator and an arena that the reader chooses. */
export class HeapSession extends Session implements LabModel {
  readonly machines: Machine[];
  #module: HeapyardModule;

  constructor(module: HeapyardModule) {
    super(module);
    this.#module = module;
    this.machines = module.machines();
  }

  /** An allocator that the first module does not have is fetched with all the others. */
  override load(text: string, where: Where = {}): void {
    if (this.#module.hasMachine(this.allocator)) super.load(text, where);
    else void this.#fetchAll(text, where);
  }

  async #fetchAll(text: string, where: Where): Promise<void> {
    this.pause();
    this.text = text;
    this.running = 0;
    this.changed();
    const { allocator } = this;
    try {
      this.#module = this.module = await allocators();
    } catch {
      this.running = null;
      this.refused = say('The {0} allocator cannot be fetched. Reload the page to try again.', allocator);
      this.changed();
      return;
    }
    if (this.text === text && this.allocator === allocator) super.load(text, where);
  }

  fresh(): void {
    this.#open(firstExample);
  }

  /** Opens an example of the menu. */
  async open(id: string): Promise<void> {
    try {
      const { heapTexts } = await import('../examples/heap-texts.js');
      this.#open(heapTexts[id] ?? firstExample);
    } catch {
      this.refused = say('The examples cannot be fetched. Reload the page to try again.');
      this.changed();
    }
  }

  #open(example: Example): void {
    this.allocator = example.allocator ?? 'free-list';
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
