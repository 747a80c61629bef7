import { heapExamples } from '../examples/heap.js';
import { poolExamples } from '../examples/pool.js';
import { structExamples } from '../examples/structs.js';
import type { LabName, PageState } from '../state/address.js';
import type { PoolSession } from '../state/pool-session.js';
import type { Session } from '../state/session.js';
import type { StructModel } from '../state/structs.js';

/** What the three labs hold. It outlives their elements: another lab and back changes nothing. */
export interface Models {
  heap: Session;
  pool: PoolSession;
  alignment: StructModel;
}

export function freshStart({ heap, pool, alignment }: Models): void {
  const script = heapExamples[0]!;
  heap.allocator = 'free-list';
  heap.arena = script.arena;
  heap.load(script.text, { step: script.step });
  const blocks = poolExamples[0]!;
  pool.shape(blocks.blockBytes, blocks.capacity);
  pool.load(blocks.text, { step: blocks.step });
  alignment.record = null;
  alignment.abi = 'x86_64';
  alignment.load(structExamples[0]!.text);
}

/** Puts a lab into the state of an address. Returns a sentence when something had to differ. */
export function apply(models: Models, state: PageState): string {
  switch (state.lab) {
    case 'heap': {
      models.heap.forget();
      models.heap.allocator = state.allocator;
      models.heap.arena = state.arena;
      models.heap.load(state.text, state);
      return stepsLeft(models.heap, state.step);
    }
    case 'pool': {
      if (!models.pool.shape(state.blockBytes, state.capacity)) {
        return `No pool has ${state.capacity} blocks of ${state.blockBytes} bytes. Here is another.`;
      }
      models.pool.forget();
      models.pool.load(state.text, state);
      return stepsLeft(models.pool, state.step);
    }
    case 'alignment': {
      const { alignment } = models;
      const known = alignment.abis.some((abi) => abi.name === state.abi);
      alignment.forget();
      alignment.abi = known ? state.abi : 'x86_64';
      alignment.record = state.record;
      alignment.load(state.text);
      return known ? '' : 'The link names an ABI that Heapyard does not have: this is x86-64.';
    }
  }
}

function stepsLeft(session: Session, wanted: number): string {
  const steps = session.run?.steps ?? 0;
  if (wanted <= steps || session.problems.length > 0) return '';
  return `The link names step ${wanted}, but this script has ${steps}: here is the last.`;
}

export function current({ heap, pool, alignment }: Models, lab: LabName): PageState {
  switch (lab) {
    case 'heap':
      return {
        lab,
        text: heap.text,
        allocator: heap.allocator,
        arena: heap.arena,
        step: heap.number,
        block: heap.pinned,
      };
    case 'pool':
      return {
        lab,
        text: pool.text,
        blockBytes: pool.blockBytes,
        capacity: pool.capacity,
        step: pool.number,
        block: pool.pinned,
      };
    case 'alignment':
      return { lab, text: alignment.text, abi: alignment.abi, record: alignment.record };
  }
}
