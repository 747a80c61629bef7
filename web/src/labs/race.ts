import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import type { RacesModule } from '../core/module.js';
import { defineElements } from '../parts/define.js';
import { RaceLanes } from '../parts/race-lanes.js';
import { ScriptEditor } from '../parts/script-editor.js';
import { TimelinePart } from '../parts/timeline.js';
import { Transport } from '../parts/transport.js';
import { RaceSession } from '../state/race-session.js';
import { RaceLab } from './race-lab.js';

export function open(module: RacesModule): OpenLab {
  defineElements({
    'heapyard-timeline': TimelinePart,
    'heapyard-transport': Transport,
    'heapyard-script-editor': ScriptEditor,
    'heapyard-race-lanes': RaceLanes,
    'heapyard-race-lab': RaceLab,
  });
  const model = new RaceSession(module);
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-race-lab class="lab" .session=${model} .revision=${revision} .show=${show}></heapyard-race-lab>`,
  };
}
