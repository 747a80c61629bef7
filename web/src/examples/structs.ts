import { say } from '../words/say.js';

export const structExamples = (): { id: string; title: string; text: string }[] => [
  {
    id: 'unoptimised',
    title: say('Order matters'),
    text: `struct Unoptimised {
  u8 a;
  u32 b;
  u16 c;
  u64 d;
};
`,
  },
  {
    id: 'node',
    title: say('A list node'),
    text: `struct Node {
  char tag;
  struct Node *next;
  short count;
  double weight;
};
`,
  },
  {
    id: 'nested',
    title: say('A struct in a struct'),
    text: `struct Point {
  float x;
  float y;
};

struct Sprite {
  bool visible;
  struct Point at;
  char name[5];
  long id;
  unsigned short frame;
};
`,
  },
  {
    id: 'packet',
    title: say('Arrays and tail padding'),
    text: `struct Packet {
  uint64_t time;
  uint16_t length;
  uint8_t data[13];
};
`,
  },
];
