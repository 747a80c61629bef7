import { defineElements } from '../parts/define.js';
import { ScriptEditor } from '../parts/script-editor.js';
import { StructRows } from '../parts/struct-rows.js';
import { AlignmentLab } from './alignment-lab.js';

export function define(): void {
  defineElements({
    'heapyard-script-editor': ScriptEditor,
    'heapyard-struct-rows': StructRows,
    'heapyard-alignment-lab': AlignmentLab,
  });
}
