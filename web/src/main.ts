import { App } from './app/app.js';
import { HelpSheet } from './app/help.js';
import { AlignmentLab } from './labs/alignment-lab.js';
import { HeapLab } from './labs/heap-lab.js';
import { PoolLab } from './labs/pool-lab.js';
import { HeapMap } from './parts/heap-map.js';
import { HeapOverview } from './parts/heap-overview.js';
import { HeapView } from './parts/heap-view.js';
import { Inspector } from './parts/inspector.js';
import { PoolGrid } from './parts/pool-grid.js';
import { ScriptEditor } from './parts/script-editor.js';
import { StructRows } from './parts/struct-rows.js';
import { TimelinePart } from './parts/timeline.js';
import { Transport } from './parts/transport.js';
import { restoreTheme } from './state/theme.js';

restoreTheme();
const elements: Record<string, CustomElementConstructor> = {
  'heapyard-help': HelpSheet,
  'heapyard-timeline': TimelinePart,
  'heapyard-transport': Transport,
  'heapyard-heap-map': HeapMap,
  'heapyard-heap-overview': HeapOverview,
  'heapyard-heap-view': HeapView,
  'heapyard-pool-grid': PoolGrid,
  'heapyard-inspector': Inspector,
  'heapyard-script-editor': ScriptEditor,
  'heapyard-struct-rows': StructRows,
  'heapyard-heap-lab': HeapLab,
  'heapyard-pool-lab': PoolLab,
  'heapyard-alignment-lab': AlignmentLab,
  'heapyard-app': App,
};
for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
