import { say } from '../words/say.js';

/** A ready-made script, and the step at which it says most. */
export interface Example {
  text: string;
  arena: number; // 0: one that fits
  step: number;
  allocator?: string; // the free list, unless it says another
}

/** What a first visit shows. */
export const firstExample: Example = {
  arena: 512,
  step: 6,
  text: `# reuse after free
a = malloc 40
b = malloc 64
c = calloc 4 18
write a 0 "hello"
free b
# a smaller one fits in the hole
d = malloc 24
e = malloc 100
free a
free d
free c
free e
`,
};

/** What the menu offers; the texts of the others come when one is chosen. */
export const heapExamples = () => [
  { id: 'reuse', title: say('Reuse after free') },
  { id: 'first-steps', title: say('First steps') },
  { id: 'splitting', title: say('Splitting a free block') },
  { id: 'coalescing', title: say('Coalescing three neighbours') },
  { id: 'aligned', title: say('aligned_alloc') },
  { id: 'realloc', title: say('realloc, in place or moved') },
  { id: 'fragmentation', title: say('Enough is free, but not in one piece') },
  { id: 'double-free', title: say('Double free') },
  { id: 'use-after-free', title: say('Use after free') },
  { id: 'out-of-bounds', title: say('Out of bounds') },
  { id: 'pointers', title: say('Pointers that free refuses') },
  { id: 'damage', title: say('Damage found later') },
  { id: 'leak', title: say('A leak') },
  { id: 'markers', title: say('Markers of a stack') },
];
