import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import type { HeapyardModule } from '../core/module.js';
import { defineElements } from '../parts/define.js';
import { LazyStructure } from '../parts/lazy-structure.js';
import { defineMachineParts } from '../parts/machine-parts.js';
import { HeapSession } from '../state/heap-session.js';
import { HeapLab } from './heap-lab.js';

export function open(module: HeapyardModule): OpenLab {
  defineMachineParts();
  defineElements({ 'heapyard-heap-lab': HeapLab, 'heapyard-structure': LazyStructure });
  const model = new HeapSession(module);
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-heap-lab class="lab" .session=${model} .revision=${revision} .show=${show}></heapyard-heap-lab>`,
  };
}
