// The pages beside the lessons as data, and what is said of one that is malformed.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parseGlossary, parseWords, readGlossary, readWords } from '../../scripts/lessons/pages.mjs';
import { root } from '../../scripts/lib/run.mjs';

const lessons = path.join(root, 'core/lessons');

const words = `# Words

What they *are*.

| what it is | C++ | C | lesson |
| --- | --- | --- | --- |
| a view | \`span<T>\` | \`a \\| b\`, by hand | \`zero-copy\` |
| a leak | none | none | \`malloc-free\` |
`;
const readTable = (markdown) => parseWords(markdown, ['zero-copy', 'malloc-free'], 'words.md');

const glossary = `# Glossary

The \`words\`.

### free list

The free blocks, *linked*
to each other.

### LP64

A data model.
`;
const readTerms = (markdown) => parseGlossary(markdown, 'glossary.md');

test('The table of words has its columns, and each row its cells in HTML and plain, and its lesson', () => {
  const { title, abstract, columns, rows } = readTable(words);
  assert.deepEqual([title, abstract], ['Words', 'What they are.']);
  assert.deepEqual(columns, ['what it is', 'C++', 'C', 'lesson']);
  assert.deepEqual(rows[0], {
    cells: [
      { html: 'a view', text: 'a view' },
      { html: '<code>span&lt;T&gt;</code>', text: 'span<T>' },
      { html: '<code>a | b</code>, by hand', text: 'a | b, by hand' },
      { html: '<code>zero-copy</code>', text: 'zero-copy' },
    ],
    lesson: 'zero-copy',
  });
  assert.equal(rows.length, 2);
});

test('What is wrong with the table of words is said with its row', () => {
  /** @type {[RegExp, string][]} */
  const mistakes = [
    [/words\.md: it begins with "# "/, words.replace('# Words', 'Words')],
    [/words\.md: behind the title stands a paragraph/, words.replace('What they *are*.', '')],
    [/words\.md: behind the paragraph stands one table/, `${words}\nAnd more.\n`],
    [/words\.md: behind the paragraph stands one table/, words.slice(0, words.indexOf('|'))],
    [/words\.md: the last column is "lesson"/, words.replace('| lesson |', '| topic |')],
    [/words\.md: the row "a leak" has nothing under "C\+\+"/, words.replace('a leak | none', 'a leak | ')],
    [/words\.md: the row "a leak" names a lesson that there is not: banana/, words.replace('malloc-free', 'banana')],
    [/words\.md: there are two rows "a view"/, words.replace('a leak', 'a view')],
    [/words\.md: code stands between backticks, not: <T>/, words.replace('`span<T>`', 'span<T>')],
    [/words\.md: the table has no row/, words.replace(/\| a (view|leak).*\n/g, '')],
  ];
  for (const [message, markdown] of mistakes) assert.throws(() => readTable(markdown), { message });
});

test('A lesson of the table of words is a folder beside it', (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'words.md');
  writeFileSync(file, words);
  mkdirSync(path.join(folder, 'zero-copy'));
  assert.throws(() => readWords(file), /words\.md: the row "a leak" names a lesson that there is not: malloc-free/);
  mkdirSync(path.join(folder, 'malloc-free'));
  assert.equal(readWords(file).rows.length, 2);
});

test('A glossary has its terms, with an anchor and what each is, in HTML and plain', () => {
  assert.deepEqual(readTerms(glossary), {
    title: 'Glossary',
    abstract: 'The words.',
    terms: [
      {
        term: 'free list',
        id: 'free-list',
        html: 'The free blocks, <em>linked</em>\nto each other.',
        text: 'The free blocks, linked to each other.',
      },
      { term: 'LP64', id: 'lp64', html: 'A data model.', text: 'A data model.' },
    ],
  });
});

test('What is wrong with a glossary is said with its term', () => {
  /** @type {[RegExp, string][]} */
  const mistakes = [
    [/glossary\.md: it begins with "# "/, glossary.replace('# Glossary', '## Glossary')],
    [/glossary\.md: behind the title stands a paragraph/, glossary.replace('The `words`.', '')],
    [/glossary\.md: a term begins with "### ", not: ## LP64/, glossary.replace('### LP64', '## LP64')],
    [/glossary\.md: a term begins with "### ", not: And more\./, `${glossary}\nAnd more.\n`],
    [/glossary\.md: behind "LP64" stands a paragraph/, glossary.replace('A data model.', '')],
    [/glossary\.md: "free list" stands there twice/, glossary.replace('LP64', 'free list')],
    [/glossary\.md: "free list" and "Free-list" are too alike/, glossary.replace('LP64', 'Free-list')],
    [/glossary\.md: "…" has no letter/, glossary.replace('LP64', '…')],
    [/glossary\.md: there is no term/, glossary.slice(0, glossary.indexOf('###'))],
  ];
  for (const [message, markdown] of mistakes) assert.throws(() => readTerms(markdown), { message });
});

test("The project's table of words has a row for each lesson, in C++, C and Rust", () => {
  const { columns, rows } = readWords(path.join(lessons, 'words.md'));
  assert.deepEqual(columns, ['what it is', 'C++', 'C', 'Rust', 'lesson']);
  const folders = readdirSync(lessons, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    assert.ok(
      rows.some(({ lesson }) => lesson === name),
      `${name} has no row`,
    );
  }
});

test("The project's glossary is sorted, and no definition is longer than three sentences", () => {
  const { terms } = readGlossary(path.join(lessons, 'glossary.md'));
  const names = terms.map(({ term }) => term.toLowerCase());
  assert.deepEqual(names, [...names].sort());
  for (const { term, text } of terms) {
    assert.ok(/[.]$/.test(text) && text.split(/[.] /).length <= 3, `${term}: ${text}`);
  }
});
