import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import type { HeapyardModule } from '../core/module.js';
import { defineElements } from '../parts/define.js';
import { defineMachineParts } from '../parts/machine-parts.js';
import { PoolGrid } from '../parts/pool-grid.js';
import { PoolSession } from '../state/pool-session.js';
import { PoolLab } from './pool-lab.js';

export function open(module: HeapyardModule): OpenLab {
  defineMachineParts();
  defineElements({ 'heapyard-pool-grid': PoolGrid, 'heapyard-pool-lab': PoolLab });
  const model = new PoolSession(module);
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-pool-lab class="lab" .session=${model} .revision=${revision} .show=${show}></heapyard-pool-lab>`,
  };
}
