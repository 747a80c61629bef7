// The two pages that stand beside the lessons' folders, as data: words.md, a table of what the languages call the same
// thing, and glossary.md, the terms of the field.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Marked } from 'marked';

const marked = new Marked();

/** { title, abstract, columns, rows: [{ cells: [{ html, text }], lesson }] }; the last column is the lesson's id. */
export function readWords(file) {
  const entries = readdirSync(path.dirname(file), { withFileTypes: true });
  const lessons = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return parseWords(readFileSync(file, 'utf8'), lessons, path.basename(file));
}

/** { title, abstract, terms: [{ term, id, html, text }] }; `id` is fit for an anchor. */
export function readGlossary(file) {
  return parseGlossary(readFileSync(file, 'utf8'), path.basename(file));
}

export function parseWords(markdown, lessons, name) {
  const { fail, title, abstract, rest } = openingOf(markdown, name);
  const [table, ...more] = rest;
  if (table?.type !== 'table' || more.length > 0) fail('behind the paragraph stands one table, and nothing else');
  const columns = table.header.map((cell) => plain(cell.tokens));
  if (columns.at(-1) !== 'lesson') fail('the last column is "lesson"');

  const known = new Set();
  const rows = table.rows.map((row) => {
    const cells = row.map((cell) => ({ html: marked.Parser.parseInline(cell.tokens), text: plain(cell.tokens) }));
    const [what] = cells;
    const empty = cells.findIndex((cell) => cell.text === '');
    if (empty >= 0) fail(`the row "${what.text}" has nothing under "${columns[empty]}"`);
    if (known.has(what.text)) fail(`there are two rows "${what.text}"`);
    known.add(what.text);
    const lesson = cells.at(-1).text;
    if (!lessons.includes(lesson)) fail(`the row "${what.text}" names a lesson that there is not: ${lesson}`);
    return { cells, lesson };
  });
  if (rows.length === 0) fail('the table has no row');
  return { title, abstract, columns, rows };
}

export function parseGlossary(markdown, name) {
  const { fail, title, abstract, rest } = openingOf(markdown, name);
  const terms = [];
  for (let i = 0; i < rest.length; i += 2) {
    const [heading, paragraph] = rest.slice(i, i + 2);
    if (heading.type !== 'heading' || heading.depth !== 3)
      fail(`a term begins with "### ", not: ${heading.raw.trim()}`);
    const term = plain(heading.tokens);
    if (paragraph?.type !== 'paragraph') fail(`behind "${term}" stands a paragraph that says what it is`);
    const id = anchorOf(term);
    if (id === '') fail(`"${term}" has no letter`);
    const same = terms.find((other) => other.id === id);
    if (same) fail(same.term === term ? `"${term}" stands there twice` : `"${same.term}" and "${term}" are too alike`);
    terms.push({ term, id, html: marked.Parser.parseInline(paragraph.tokens), text: plain(paragraph.tokens) });
  }
  if (terms.length === 0) fail('there is no term');
  return { title, abstract, terms };
}

function openingOf(markdown, name) {
  const fail = (words) => {
    throw new Error(`${name}: ${words}`);
  };
  /** @type {any[]} */
  const tokens = marked.lexer(markdown).filter((token) => token.type !== 'space');
  // A forgotten mark of code makes `vector<T>` a tag, which the page would swallow.
  marked.walkTokens(tokens, (token) => {
    if (token.type === 'html') fail(`code stands between backticks, not: ${token.raw.trim()}`);
  });
  const [title, abstract, ...rest] = tokens;
  if (title?.type !== 'heading' || title.depth !== 1) fail('it begins with "# " and the title');
  if (abstract?.type !== 'paragraph') fail('behind the title stands a paragraph that says what it is about');
  return { fail, title: plain(title.tokens), abstract: plain(abstract.tokens), rest };
}

const anchorOf = (term) =>
  term
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Without marks, in one line. */
const plain = (tokens) => wordsOf(tokens).replace(/\s+/g, ' ').trim();
const wordsOf = (tokens) => tokens.map((token) => (token.tokens ? wordsOf(token.tokens) : token.text)).join('');
