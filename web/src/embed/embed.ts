import { setHome } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { HeapYard } from './heap-yard.js';

setHome(import.meta.url, 'guest');
defineElements({ 'heap-yard': HeapYard });

/** For a script that a bundler has moved away from its files: the folder in which they lie. */
export function setFiles(folder: string | URL): void {
  setHome(new URL(folder, document.baseURI).href.replace(/\/?$/, '/'), 'guest');
}

export { HeapYard };
