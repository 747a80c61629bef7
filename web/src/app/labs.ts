import type { TemplateResult } from 'lit';
import { heapyard, races, structs } from '../core/load.js';
import type { LabName, PageName, PageState } from '../state/address.js';
import type { Show } from '../state/show.js';

/** What a lab holds. It outlives the lab's element: another lab and back changes nothing. Sends `change`. */
export interface LabModel extends EventTarget {
  /** Starts with what a first visit shows. */
  fresh(): void;
  /** Takes over the state of an address. Returns a sentence when something had to differ, else "". */
  apply(state: PageState): string;
  /** What the address is to hold; null: what it holds already. */
  state(): PageState | null;
  /** The reader asks for the lab that is open already. */
  again?(): void;
}

export interface OpenLab {
  model: LabModel;
  render(revision: number, show: Show): TemplateResult;
}

/** A lab, or a page to read. */
export type ViewName = LabName | PageName;

const labs = new Map<ViewName, Promise<OpenLab>>();

/** The page has one of each, fetched when it is first opened. A page to read needs no module. */
export function openLab(name: ViewName): Promise<OpenLab> {
  let lab = labs.get(name);
  if (!lab) {
    lab = isPage(name) ? fetchPage(name) : newLab(name);
    labs.set(name, lab);
  }
  return lab;
}

function isPage(name: ViewName): name is PageName {
  return name === 'start' || name === 'map' || name === 'words' || name === 'glossary';
}

async function fetchPage(name: PageName): Promise<OpenLab> {
  const { openPage } = await import('../pages/pages.js');
  return openPage(name);
}

/** Another one of a lab. The elements and the module that it shares with those before are fetched once. */
export async function newLab(name: LabName): Promise<OpenLab> {
  if (name === 'alignment') {
    const [lab, module] = await Promise.all([import('../labs/alignment.js'), structs()]);
    return lab.open(module);
  }
  if (name === 'race') {
    const [lab, module] = await Promise.all([import('../labs/race.js'), races()]);
    return lab.open(module);
  }
  if (name === 'lessons') {
    return (await import('../labs/lessons.js')).open();
  }
  if (name === 'own') {
    return (await import('../own/own.js')).open();
  }
  const fetching = name === 'heap' ? import('../labs/heap.js') : import('../labs/pool.js');
  const [lab, module] = await Promise.all([fetching, heapyard()]);
  return lab.open(module);
}
