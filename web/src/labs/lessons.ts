import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import { defineElements } from '../parts/define.js';
import { LazyHeapView } from '../parts/lazy-heap-view.js';
import { LessonCode } from '../parts/lesson-code.js';
import { LessonScene } from '../parts/lesson-scene.js';
import { TimelinePart } from '../parts/timeline.js';
import { Transport } from '../parts/transport.js';
import { LessonSession } from '../state/lesson-session.js';
import { LessonLab } from './lesson-lab.js';

export function open(): OpenLab {
  defineElements({
    'heapyard-timeline': TimelinePart,
    'heapyard-transport': Transport,
    'heapyard-lazy-heap-view': LazyHeapView,
    'heapyard-lesson-code': LessonCode,
    'heapyard-lesson-scene': LessonScene,
    'heapyard-lesson-lab': LessonLab,
  });
  const model = new LessonSession();
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-lesson-lab
        class="lab"
        .session=${model}
        .revision=${revision}
        .show=${show}
      ></heapyard-lesson-lab>`,
  };
}
