/**
 * One origin may hold several deployments, each in a folder of its own: what is kept in the browser carries the folder,
 * so that none touches what is another's. The same name is that of a version's cache and of the lock that its pages hold.
 */
export function nameOf(folder: string, version: string): string {
  return `heapyard:${folder}:${version}`;
}

/** Whether a name is one of this folder's; a version holds no colon. */
export function isNameOf(folder: string, name: string): boolean {
  return name.slice(0, name.lastIndexOf(':')) === `heapyard:${folder}`;
}

/** What the worker answers to `state`. */
export interface WorkerState {
  version: string;
  whole: boolean; // all of its files are kept
}

/** Why a version could not be kept: no room for it, or it did not come as it should. */
export type Failing = 'room' | 'files';

/** What a page says to the worker; `use`: the reader wants the version that waits. */
export type Asked = 'state' | 'use';
