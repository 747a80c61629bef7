import { html } from 'lit';
import type { OpenLab } from '../app/labs.js';
import { defineElements } from '../parts/define.js';
import { ExercisePart } from '../parts/exercise.js';
import { LazyStructure } from '../parts/lazy-structure.js';
import { LessonCode } from '../parts/lesson-code.js';
import { LessonStory } from '../parts/lesson-story.js';
import { defineMachineParts } from '../parts/machine-parts.js';
import { StructRows } from '../parts/struct-rows.js';
import { OwnModel } from './model.js';
import { OwnLab } from './own-lab.js';
import { OwnStage } from './stage.js';
import { OwnStructStage } from './struct-stage.js';

export function open(): OpenLab {
  defineMachineParts();
  defineElements({
    'heapyard-structure': LazyStructure,
    'heapyard-exercise': ExercisePart,
    'heapyard-lesson-code': LessonCode,
    'heapyard-lesson-story': LessonStory,
    'heapyard-struct-rows': StructRows,
    'heapyard-own-stage': OwnStage,
    'heapyard-own-struct-stage': OwnStructStage,
    'heapyard-own-lab': OwnLab,
  });
  const model = new OwnModel();
  return {
    model,
    render: (revision, show) =>
      html`<heapyard-own-lab class="lab" .model=${model} .revision=${revision} .show=${show}></heapyard-own-lab>`,
  };
}
