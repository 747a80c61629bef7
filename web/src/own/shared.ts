/**
 * What the chunks of lessons and labs have anyway. To import it as all else is imported would have it cut out of
 * them, and each would weigh more.
 */
const [lessons, story, heap, alignment] = await Promise.all([
  import('../labs/lessons.js'),
  import('../parts/lesson-story.js'),
  import('../labs/heap.js'),
  import('../labs/alignment.js'),
]);

export const { Asking, LessonCode, beginning, faultCards, followStory, lesson, prediction, whyCard } = lessons;
export const { LessonStory } = story;
export const { HeapLab, HeapSession, LazyStructure, defineMachineParts } = heap;
export const { StructModel, StructRows, structLegend } = alignment;
