import { defineElements } from '../parts/define.js';
import { defineMachineParts } from '../parts/machine-parts.js';
import { PoolGrid } from '../parts/pool-grid.js';
import { PoolLab } from './pool-lab.js';

export function define(): void {
  defineMachineParts();
  defineElements({ 'heapyard-pool-grid': PoolGrid, 'heapyard-pool-lab': PoolLab });
}
