import { defineElements } from './define.js';
import { HeapMap } from './heap-map.js';
import { HeapView } from './heap-view.js';
import { Inspector } from './inspector.js';
import { ScriptEditor } from './script-editor.js';
import { TimelinePart } from './timeline.js';
import { Transport } from './transport.js';

/** What heap lab and pool lab are made of. */
export function defineMachineParts(): void {
  defineElements({
    'heapyard-timeline': TimelinePart,
    'heapyard-transport': Transport,
    'heapyard-heap-map': HeapMap,
    'heapyard-heap-view': HeapView,
    'heapyard-inspector': Inspector,
    'heapyard-script-editor': ScriptEditor,
  });
}
