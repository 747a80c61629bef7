import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import type { StructsModule } from '../core/module.js';
import { defineElements } from '../parts/define.js';
import { ScriptEditor } from '../parts/script-editor.js';
import { StructRows } from '../parts/struct-rows.js';
import { StructModel } from '../state/structs.js';
import { AlignmentLab } from './alignment-lab.js';

export function open(module: StructsModule): OpenLab {
  defineElements({
    'heapyard-script-editor': ScriptEditor,
    'heapyard-struct-rows': StructRows,
    'heapyard-alignment-lab': AlignmentLab,
  });
  const model = new StructModel(module);
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-alignment-lab
        class="lab"
        .model=${model}
        .revision=${revision}
        .show=${show}
      ></heapyard-alignment-lab>`,
  };
}
