/**
 * Where Heapyard's files lie: beside the script that was loaded, whatever page it is on. The page itself has addresses
 * of its own (`#/heap`); an embedded part has not, and its links lead to the page, in a tab of their own.
 */
let home = document.baseURI;
let apart = false;
let embedded = false;
let guest = false;

/**
 * To be called by the script that a page loads, before anything is fetched. A `file` was exported, and its home is where
 * that was done; a `unit` is such a file that a learning platform shows.
 */
export function setHome(script: string, as: 'page' | 'frame' | 'guest' | 'file' | 'unit'): void {
  home = new URL('./', script).href;
  apart = as !== 'page';
  embedded = as === 'frame' || as === 'guest';
  guest = as === 'guest' || as === 'unit';
}

/** Whether this stands in a page or on a platform of somebody else's, which has its own storage, too. */
export function isGuest(): boolean {
  return guest;
}

/** Whether this is a part that stands in somebody else's page, or in a frame of it. */
export function isEmbedded(): boolean {
  return embedded;
}

export function fileAt(file: string): string {
  return new URL(file, home).href;
}

/** The address of a place of the page, as `#/lessons`. */
export function wayTo(hash: string): string {
  return apart ? fileAt(hash) : hash;
}
