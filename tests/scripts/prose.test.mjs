// A lesson's prose as data, and what is wrong with one that is not whole.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { lessonFolders } from '../../scripts/lessons/folders.mjs';
import { minutesOf, parseProse, readLesson } from '../../scripts/lessons/prose.mjs';
import { root } from '../../scripts/lib/run.mjs';

const source = 'int main() {\n  use(1);\n  use(2);\n  return 0;\n}\n';
const whole = `# A title

What it is about.

## You will be able to

- do it

## Story

First [one thing](<step:use(1)>), then [use again](<step:use( @2>), [and on](<step:use(2) +1>). See [the page](https://example.org/).

## Questions

### How many?

- at: \`return 0\`
- answer: \`live blocks + 1\`
- right: That is
  so.
- wrong \`live blocks\`: One more.
- wrong: Count again.

## Exercise

Free it.

\`\`\`heap free-list 256
a = malloc 8
\`\`\`

- \`live blocks = 0\`: nothing \`lives\`

\`\`\`solution
a = malloc 8
free a
\`\`\`

## In the wild

- it happens

## Further reading

- a book

## For the teacher

Ten minutes.
`;
const parse = (markdown) => parseProse(markdown, source, 'lesson');
const without = (piece) => whole.replace(piece, '');

test('A story has its links resolved to lines, in HTML and beside its plain text', () => {
  const [block] = parse(whole).story;
  assert.equal(block.text, 'First one thing, then use again, and on. See the page <https://example.org/>.');
  assert.deepEqual(block.steps, [
    { lines: [2], occurrence: 1, words: 'one thing' },
    { lines: [2, 3], occurrence: 2, words: 'use again' },
    { lines: [4], occurrence: 1, words: 'and on' },
  ]);
  assert.match(block.html, /<a href="#" data-lines="2,3" data-occurrence="2">use again<\/a>/);
  assert.match(block.html, /<a href="https:\/\/example.org\/" target="_blank" rel="noopener">the page<\/a>/);
});

test('A question has its place, its answer and what is said to each other one', () => {
  assert.deepEqual(parse(whole).questions, [
    {
      ask: 'How many?',
      at: { lines: [4], occurrence: 1 },
      answer: 'live blocks + 1',
      right: 'That is so.',
      wrong: [
        { answer: 'live blocks', reply: 'One more.' },
        { answer: null, reply: 'Count again.' },
      ],
    },
  ]);
});

test('How long a lesson takes stands at the beginning of what the teacher reads, in words or digits', () => {
  const minutes = (words) => minutesOf(parse(whole.replace('Ten minutes.', words)));
  assert.equal(minutes('Ten minutes.'), 10);
  assert.equal(minutes('Forty minutes: ten for the story.'), 40);
  assert.equal(minutes('45 minutes.'), 45);
  assert.equal(minutes('Let them talk for ten minutes.'), null);
});

const measured = `
## Measured

- \`pool\`: A pool, with its
  checks **off**.
- \`malloc\`: [This system's](https://example.org/).

In batches of a hundred.
`;
const withMeasured = (section) => whole.replace('\n## In the wild', `${section}\n## In the wild`);

test('What a lesson measures has its name, its words in HTML and without marks, and what is said to all of it', () => {
  const { items, notes } = parse(withMeasured(measured)).measured;
  assert.deepEqual(items[0], {
    id: 'pool',
    html: 'A pool, with its\nchecks <strong>off</strong>.',
    text: 'A pool, with its checks off.',
  });
  assert.equal(items[1].id, 'malloc');
  assert.equal(items[1].text, "This system's <https://example.org/>.");
  assert.deepEqual(
    notes.map(({ html, text }) => [html, text]),
    [['<p>In batches of a hundred.</p>', 'In batches of a hundred.']],
  );
});

test('A lesson need not measure anything', () => {
  assert.equal(parse(whole).measured, null);
});

test('A section on what is measured that is not of its form is refused', () => {
  /** @type {[string, RegExp, string][]} */
  const mistakes = [
    ['no name', /what is measured is named as `id`: words, not: a pool/, '- a pool\n'],
    ['a wrong name', /named as `id`: words, not: `Pool`: it/, '- `Pool`: it\n'],
    ['no words', /named as `id`: words, not: `pool`:/, '- `pool`:\n'],
    ['no list', /the section "Measured" has no list/, 'In batches.\n'],
    ['a heading', /is a list and paragraphs, not: ### pool/, '### pool\n'],
    ['a name twice', /lesson\/lesson\.md: "pool" is measured twice/, '- `pool`: it\n- `pool`: it again\n'],
  ];
  for (const [what, message, section] of mistakes) {
    assert.throws(() => parse(withMeasured(`\n## Measured\n\n${section}`)), message, what);
  }
});

test('What is wrong with a lesson is said with its name', () => {
  /** @type {[string, RegExp, string][]} */
  const mistakes = [
    ['A title', /lesson\/lesson\.md: it begins with/, whole.replace('# A title', 'A title')],
    ['Story', /the section "Story" is missing/, whole.replace(/## Story[^#]*/, '')],
    ['a step', /no line of the lesson has "nowhere" in it/, whole.replace('use(1)>', 'nowhere>')],
    ['a heading', /there is no section "Banana"/, whole.replace('## Story', '## Banana')],
    ['a place', /needs at, answer, right, and a wrong for all other answers/, without('- at: `return 0`\n')],
    ['other answers', /needs at, answer, right/, without('- wrong: Count again.\n')],
    ['a word', /a question has at, answer, right and wrong, not: maybe/, whole.replace('- right:', '- maybe:')],
  ];
  for (const [what, message, markdown] of mistakes) assert.throws(() => parse(markdown), message, what);
});

test('Lessons are the folders that CMake lists: a page beside them is none, and one more folder was forgotten', (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'core/lessons/second'), { recursive: true });
  writeFileSync(path.join(folder, 'core/lessons/words.md'), '# Words\n');
  writeFileSync(path.join(folder, 'core/CMakeLists.txt'), 'heapyard_lessons(first second)\n');
  const expected = ['first', 'second'].map((id) => path.join(folder, 'core/lessons', id));
  assert.deepEqual(lessonFolders(folder), expected);
  mkdirSync(path.join(folder, 'core/lessons/third'));
  assert.throws(() => lessonFolders(folder), /core\/lessons\/third is missing in core\/CMakeLists\.txt/);
});

test('Every lesson of the project is whole', () => {
  const folders = lessonFolders(root);
  assert.ok(folders.length > 0);
  for (const folder of folders) {
    const lesson = readLesson(folder);
    assert.equal(lesson.id, path.basename(folder));
    assert.ok(lesson.questions.length >= 2, `${lesson.id} has fewer than two questions`);
    assert.ok(
      lesson.story.some((block) => block.steps.length > 0),
      `the story of ${lesson.id} leads to no step`,
    );
  }
});

test('An exercise has its kind, what the reader begins with, its goals and a solution', () => {
  const { exercise } = parse(whole);
  assert.equal(exercise.kind, 'heap');
  assert.deepEqual([exercise.allocator, exercise.arena], ['free-list', 256]);
  assert.equal(exercise.start, 'a = malloc 8\n');
  assert.equal(exercise.solution, 'a = malloc 8\nfree a\n');
  assert.deepEqual(exercise.goals, [{ goal: 'live blocks = 0', words: 'nothing lives' }]);
  assert.deepEqual(
    exercise.task.map(({ text }) => text),
    ['Free it.'],
  );
});

test('An exercise that is not of its form is refused', () => {
  assert.throws(() => parse(whole.replace('```heap', '```hop')), /an exercise is a task, a block heap/);
  assert.throws(() => parse(whole.replace('```solution', '```answer')), /a block solution/);
  assert.throws(() => parse(whole.replace('`live blocks = 0`: ', '')), /a goal is `what = what`: words/);
});

test('A table of sizes has for each type the members that it consists of', () => {
  const sizes = '## Sizes\n\n- `T*`: `void*`\n- `std::string` of LLVM: `char* text; size_t size`\n\n';
  const { sizes: read } = parse(whole.replace('## In the wild', `${sizes}## In the wild`));
  assert.deepEqual(read, [
    { name: 'T*', members: 'void* value;' },
    { name: 'std::string of LLVM', members: 'char* text; size_t size;' },
  ]);
  assert.equal(parse(whole).sizes, null);
});
