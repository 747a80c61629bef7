import type { HeapyardModule } from './module.js';
import type loadModule from './module.js';

let loading: Promise<HeapyardModule> | undefined;

/** The one place that imports the WebAssembly module. It stands beside the page, so that any sub-path works. */
export function heapyard(): Promise<HeapyardModule> {
  loading ??= start();
  return loading;
}

async function start(): Promise<HeapyardModule> {
  if (typeof WebAssembly !== 'object') {
    throw new Error('This browser has no WebAssembly, or it is switched off. Heapyard runs its C++ as WebAssembly.');
  }
  const address = new URL('heapyard.js', document.baseURI).href;
  const module = (await import(address)) as { default: typeof loadModule };
  return module.default({ locateFile: (path) => new URL(path, document.baseURI).href });
}
