import { defineElements } from './define.js';
import { HeapMap } from './heap-map.js';
import { HeapView } from './heap-view.js';

/** The picture of a heap, block by block. */
export function define(): void {
  defineElements({ 'heapyard-heap-map': HeapMap, 'heapyard-heap-view': HeapView });
}
