import type { LabName } from '../state/address.js';

const fetched = new Map<LabName, Promise<void>>();

/** Fetches the elements of a lab when it is first opened. */
export function fetchLab(name: LabName): Promise<void> {
  let lab = fetched.get(name);
  if (!lab) {
    lab = define(name);
    fetched.set(name, lab);
  }
  return lab;
}

async function define(name: LabName): Promise<void> {
  switch (name) {
    case 'heap':
      return (await import('../labs/heap.js')).define();
    case 'pool':
      return (await import('../labs/pool.js')).define();
    case 'alignment':
      return (await import('../labs/alignment.js')).define();
  }
}
