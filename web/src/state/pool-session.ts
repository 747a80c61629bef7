import type { LabModel } from '../app/labs.js';
import { poolExamples, type PoolExample } from '../examples/pool.js';
import { say } from '../words/say.js';
import type { PageState, PoolState } from './address.js';
import { Session } from './session.js';

/** A session whose allocator is a pool of equal blocks. */
export class PoolSession extends Session implements LabModel {
  blockBytes = 32;
  capacity = 16;

  fresh(): void {
    this.open(poolExamples()[0]!);
  }

  open(example: PoolExample): void {
    this.#shape(example.blockBytes, example.capacity);
    this.load(example.text, { step: example.step });
  }

  /** Makes another pool and runs the same script on it; says so when there can be no such pool. */
  reshape(blockBytes: number, capacity: number): void {
    if (this.#shape(blockBytes, capacity)) {
      this.rerun(this.allocator, this.arena);
    } else {
      this.refused = impossible(blockBytes, capacity);
      this.dispatchEvent(new Event('change'));
    }
  }

  apply(state: PageState): string {
    if (state.lab !== 'pool') return '';
    if (!this.#shape(state.blockBytes, state.capacity)) {
      return say('{0} Here is another.', impossible(state.blockBytes, state.capacity));
    }
    this.forget();
    this.load(state.text, state);
    return this.missing(state.step);
  }

  state(): PoolState {
    return {
      lab: 'pool',
      text: this.text,
      blockBytes: this.blockBytes,
      capacity: this.capacity,
      step: this.number,
      block: this.pinned,
    };
  }

  #shape(blockBytes: number, capacity: number): boolean {
    const arena = this.module.poolArenaBytes(blockBytes, capacity);
    if (arena === 0) return false;
    this.blockBytes = blockBytes;
    this.capacity = capacity;
    this.allocator = `pool:${blockBytes}`;
    this.arena = arena;
    return true;
  }
}

function impossible(blockBytes: number, capacity: number): string {
  return say('No pool has {0} blocks of {1} bytes.', capacity, blockBytes);
}
