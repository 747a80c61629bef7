import { defineElements } from '../parts/define.js';
import { defineMachineParts } from '../parts/machine-parts.js';
import { HeapLab } from './heap-lab.js';

export function define(): void {
  defineMachineParts();
  defineElements({ 'heapyard-heap-lab': HeapLab });
}
