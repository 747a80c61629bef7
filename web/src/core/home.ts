/**
 * Where Heapyard's files lie: beside the script that was loaded, whatever page it is on. The page itself has addresses
 * of its own (`#/heap`); an embedded part has not, and its links lead to the page, in a tab of their own.
 */
let home = document.baseURI;
let data = '';
let apart = false;
let embedded = false;
let guest = false;

/**
 * To be called by the script that a page loads, before anything is fetched. Modules and data lie in the folder `files`,
 * whose name says what they hold: a page that is older than what its host has now misses them, and never gets those of
 * another version. The script alone knows it, so that what it fetches stays the same when only data change. A `file` was exported, and its home is where
 * that was done; a `unit` is such a file that a learning platform shows.
 */
export function setHome(script: string, as: 'page' | 'frame' | 'guest' | 'file' | 'unit', files = ''): void {
  home = new URL('./', script).href;
  data = files;
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

/** Where a module or a file of data lies. */
export function dataAt(file: string): string {
  return fileAt(`${data}${file}`);
}

/** The address of a place of the page, as `#/lessons`. */
export function wayTo(hash: string): string {
  return apart ? fileAt(hash) : hash;
}
