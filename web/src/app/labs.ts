import type { TemplateResult } from 'lit';
import { heapyard, lessons, structs } from '../core/load.js';
import type { LabName, PageState } from '../state/address.js';

/** What a lab holds. It outlives the lab's element: another lab and back changes nothing. Sends `change`. */
export interface LabModel extends EventTarget {
  /** Starts with what a first visit shows. */
  fresh(): void;
  /** Takes over the state of an address. Returns a sentence when something had to differ, else "". */
  apply(state: PageState): string;
  state(): PageState;
  /** The reader asks for the lab that is open already. */
  again?(): void;
}

export interface OpenLab {
  model: LabModel;
  render(revision: number): TemplateResult;
}

const labs = new Map<LabName, Promise<OpenLab>>();

/** Fetches a lab's elements and its module when it is first opened. */
export function openLab(name: LabName): Promise<OpenLab> {
  let lab = labs.get(name);
  if (!lab) {
    lab = fetchLab(name);
    labs.set(name, lab);
  }
  return lab;
}

async function fetchLab(name: LabName): Promise<OpenLab> {
  if (name === 'alignment') {
    const [lab, module] = await Promise.all([import('../labs/alignment.js'), structs()]);
    return lab.open(module);
  }
  if (name === 'lessons') {
    const [lab, module] = await Promise.all([import('../labs/lessons.js'), lessons()]);
    return lab.open(module);
  }
  const fetching = name === 'heap' ? import('../labs/heap.js') : import('../labs/pool.js');
  const [lab, module] = await Promise.all([fetching, heapyard()]);
  return lab.open(module);
}
