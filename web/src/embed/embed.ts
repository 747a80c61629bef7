import { setHome } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { HeapYard } from './heap-yard.js';

declare const HEAPYARD_FILES_AT: string;
setHome(import.meta.url, 'guest', HEAPYARD_FILES_AT);
defineElements({ 'heap-yard': HeapYard });

/** For a script that a bundler has moved away from its files: the folder in which they lie. */
export function setFiles(folder: string | URL): void {
  setHome(new URL(folder, document.baseURI).href.replace(/\/?$/, '/'), 'guest', HEAPYARD_FILES_AT);
}

export { HeapYard };
