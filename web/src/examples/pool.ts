import { say } from '../words/say.js';

export interface PoolExample {
  id: string;
  title: string;
  text: string;
  blockBytes: number;
  capacity: number;
  step: number;
}

export const poolExamples = (): PoolExample[] => [
  {
    id: 'lifo',
    title: say('Last freed, first reused'),
    blockBytes: 32,
    capacity: 16,
    step: 8,
    text: `# the block freed last is handed out next
a = malloc 32
b = malloc 20
c = malloc 32
d = malloc 8
e = malloc 32
free b
free d
f = malloc 16
g = malloc 32
free a
free c
free e
free f
free g
`,
  },
  {
    id: 'exhaustion',
    title: say('Exhaustion'),
    blockBytes: 64,
    capacity: 4,
    step: 5,
    text: `# four blocks, five wishes
a = malloc 64
b = malloc 10
c = malloc 64
d = malloc 33
e = malloc 1
free b
e = malloc 1
free a
free c
free d
free e
`,
  },
  {
    id: 'too-large',
    title: say('Larger than a block'),
    blockBytes: 32,
    capacity: 8,
    step: 2,
    text: `# every block has 32 bytes: no more to be had in one
a = malloc 32
b = malloc 33
free a
`,
  },
  {
    id: 'double-free',
    title: say('Double free'),
    blockBytes: 32,
    capacity: 8,
    step: 4,
    text: `a = malloc 32
b = malloc 32
free a
free a
c = malloc 32
free b
free c
`,
  },
];
