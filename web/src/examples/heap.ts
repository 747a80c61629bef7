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
export const heapExamples = [
  { id: 'reuse', title: 'Reuse after free' },
  { id: 'first-steps', title: 'First steps' },
  { id: 'splitting', title: 'Splitting a free block' },
  { id: 'coalescing', title: 'Coalescing three neighbours' },
  { id: 'aligned', title: 'aligned_alloc' },
  { id: 'realloc', title: 'realloc, in place or moved' },
  { id: 'fragmentation', title: 'Enough is free, but not in one piece' },
  { id: 'double-free', title: 'Double free' },
  { id: 'use-after-free', title: 'Use after free' },
  { id: 'out-of-bounds', title: 'Out of bounds' },
  { id: 'pointers', title: 'Pointers that free refuses' },
  { id: 'damage', title: 'Damage found later' },
  { id: 'leak', title: 'A leak' },
  { id: 'markers', title: 'Markers of a stack' },
];
