import type { LoadModule } from './module.js';
import { say } from '../words/say.js';

/**
 * What an exported file has in itself. Data stands in blocks that are not carried out, `<script data-file="…">`; the
 * scripts of the modules, which single.html allows by name, have put what loads them here.
 */
declare global {
  var heapyardModules: Record<string, { default: LoadModule<unknown> }> | undefined;
}

export function carriedModule<Module>(file: string): Promise<Module> {
  const name = file.replace(/\.js$/, '');
  const module = globalThis.heapyardModules?.[name] as { default: LoadModule<Module> } | undefined;
  if (!module) throw new Error(say('{0} is not in this file.', file));
  const wasmBinary = Uint8Array.from(atob(carried(`${name}.wasm`)), (character) => character.charCodeAt(0));
  return module.default({ locateFile: (wanted) => wanted, wasmBinary });
}

export function carriedJson<Data>(file: string): Data {
  return JSON.parse(carried(file)) as Data;
}

function carried(file: string): string {
  const block = document.querySelector(`script[data-file="${file}"]`);
  if (!block) throw new Error(say('{0} is not in this file.', file));
  return block.textContent;
}
