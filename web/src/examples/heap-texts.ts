import type { Example } from './heap.js';

/** The examples of the menu but the first, by their names. */
export const heapTexts: Record<string, Example> = {
  'first-steps': {
    arena: 512,
    step: 2,
    text: `# ask for 16 bytes, write, read, give back
a = malloc 16
write a 0 "memory!"
read a 0 7
free a
`,
  },
  splitting: {
    arena: 512,
    step: 4,
    text: `# a large free block is cut in two
a = malloc 200
b = malloc 16
free a
c = malloc 48
d = malloc 48
free c
free d
free b
`,
  },
  coalescing: {
    arena: 512,
    step: 7,
    text: `# free the outer two, then the one between them
a = malloc 48
b = malloc 48
c = malloc 48
wall = malloc 16
free a
free c
free b
whole = malloc 160
free whole
free wall
`,
  },
  aligned: {
    arena: 1024,
    step: 2,
    text: `# a cache line starts at a multiple of 64: a gap stays free before it
a = malloc 8
line = aligned_alloc 64 64
b = malloc 8
free a
free line
free b
`,
  },
  realloc: {
    arena: 512,
    step: 3,
    text: `# room behind a: it grows where it stands
a = malloc 32
write a 0 "keep me"
a = realloc a 80
# b now stands behind a: growing means moving
b = malloc 32
a = realloc a 160
read a 0 7
a = realloc a 16
free a
free b
`,
  },
  fragmentation: {
    arena: 512,
    step: 12,
    text: `# fill the heap, free every other block
a = malloc 56
b = malloc 56
c = malloc 56
d = malloc 56
e = malloc 56
f = malloc 56
g = malloc 40
free a
free c
free e
free g
# far more than 120 bytes are free by now
big = malloc 120
free b
big = malloc 120
free big
free d
free f
`,
  },
  'double-free': {
    arena: 512,
    step: 4,
    text: `a = malloc 24
b = malloc 24
free a
free a
c = malloc 24
free b
free c
`,
  },
  'use-after-free': {
    arena: 512,
    step: 5,
    text: `name = malloc 16
write name 0 "Ada"
free name
other = malloc 16
write name 0 "Eve"
read other 0 4
free other
`,
  },
  'out-of-bounds': {
    arena: 512,
    step: 3,
    text: `# 8 bytes asked for, 12 written
a = malloc 8
b = malloc 8
write a 0 "far too long"
read b 0 8
free a
free b
`,
  },
  pointers: {
    arena: 512,
    step: 2,
    text: `# into the middle, out of nowhere, with the wrong size
a = malloc 64
free a + 16
free 0x100
free a 32
free a
`,
  },
  damage: {
    arena: 512,
    step: 5,
    text: `# poke writes as a wild pointer does: no one checks it
a = malloc 20
b = malloc 20
poke 0x033 "oops"
c = malloc 40
# only now does somebody look at the bytes behind a
free a
free b
free c
`,
  },
  leak: {
    arena: 512,
    step: 5,
    text: `# p moves on, and nothing knows the first block any more
p = malloc 48
q = malloc 32
p = malloc 64
free q
free p
`,
  },
  markers: {
    arena: 512,
    step: 7,
    allocator: 'stack',
    text: `# what a frame allocated goes all at once
level = malloc 96
m = mark
a = malloc 24
b = malloc 40
c = malloc 16
# b is not the newest: it cannot go alone
free b
release m
d = malloc 64
free d
free level
`,
  },
};
