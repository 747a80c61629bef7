// A lesson's prose, lesson.md, as data: for the page, which shows it as HTML, and for the program, which prints it. A
// link `[words](<step:a piece of a line>)` leads to the step at which the program first comes to a line that has the piece
// in it; `<step:piece @2>` to where it does so for the second time; `<step:piece +1>` to the line behind such a line.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Lexer, Marked } from 'marked';

const sections = {
  'You will be able to': 'goals',
  Story: 'story',
  Questions: 'questions',
  Exercise: 'exercise',
  Sizes: 'sizes',
  Measured: 'measured',
  'In the wild': 'wild',
  'Further reading': 'reading',
  'For the teacher': 'teacher',
};

const optional = ['sizes', 'measured'];

/** The lesson in a folder: what its files say, with every link resolved to a line. Throws an Error for what is wrong. */
export function readLesson(folder) {
  const read = (name) => readFileSync(path.join(folder, name), 'utf8');
  const ifThere = (name) => (existsSync(path.join(folder, name)) ? read(name) : null);
  const id = path.basename(folder);
  const source = read('lesson.cpp');
  const prose = parseProse(read('lesson.md'), source, id);
  return {
    id,
    ...prose,
    source,
    c: ifThere('in_c.c'),
    rust: ifThere('in_rust.rs'),
    exerciseSource: ifThere('exercise.cpp'),
  };
}

const lengths = ['ten', 'fifteen', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'ninety'];
const minutes = [10, 15, 20, 30, 40, 50, 60, 90];

/** How long a lesson takes, as its words for the teacher begin: `Forty minutes`. null when they do not say. */
export function minutesOf({ teacher }) {
  const [, word = '', number] = /^(?:([A-Za-z]+)|(\d+)) minutes\b/.exec(teacher[0]?.text ?? '') ?? [];
  return number ? Number(number) : (minutes[lengths.indexOf(word.toLowerCase())] ?? null);
}

export function parseProse(markdown, source, id) {
  const fail = (words) => {
    throw new Error(`${id}/lesson.md: ${words}`);
  };
  const place = placesIn(source, fail);
  const marked = new Marked({ renderer: rendererOf(place) });
  /** @type {any[]} */
  const tokens = marked.lexer(markdown).filter((token) => token.type !== 'space');
  const [title, abstract] = tokens;
  if (title?.type !== 'heading' || title.depth !== 1) fail('it begins with "# " and the title');
  if (abstract?.type !== 'paragraph') fail('behind the title stands a paragraph that says what it is about');

  /** @type {any} */
  const told = { title: title.text, abstract: bare(abstract.text) };
  for (const name of Object.values(sections)) told[name] = [];
  let section;
  for (const token of tokens.slice(2)) {
    if (token.type === 'heading' && token.depth === 2) {
      section = sections[token.text] ?? fail(`there is no section "${token.text}"`);
    } else {
      told[section ?? fail('a text stands before the first section')].push(token);
    }
  }
  for (const [heading, name] of Object.entries(sections)) {
    if (told[name].length === 0 && !optional.includes(name)) fail(`the section "${heading}" is missing`);
  }
  const blocks = (name) => told[name].map((token) => blockOf(token, marked, place));
  return {
    title: told.title,
    abstract: told.abstract,
    goals: blocks('goals'),
    story: blocks('story'),
    questions: questionsOf(told.questions, place, fail),
    exercise: exerciseOf(told.exercise, blocks, fail),
    sizes: sizesOf(told.sizes, fail),
    measured: measuredOf(told.measured, marked, place, fail),
    wild: blocks('wild'),
    reading: blocks('reading'),
    teacher: blocks('teacher'),
  };
}

// `piece @2` → { lines, occurrence }: the lines of the program in which it stands.
function placesIn(source, fail) {
  const lines = source.split('\n');
  return (words) => {
    const [, piece, behind = '0', occurrence = '1'] = /^(.*?)(?: \+(\d+))?(?: @(\d+))?$/.exec(words);
    const found = lines.flatMap((each, index) => (each.includes(piece) ? [index + 1 + Number(behind)] : []));
    if (found.length === 0) fail(`no line of the lesson has "${piece}" in it`);
    return { lines: found, occurrence: Number(occurrence) };
  };
}

const stepOf = (href) => (href.startsWith('step:') ? href.slice(5) : undefined);

function rendererOf(place) {
  return {
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      const step = stepOf(href);
      if (step === undefined) return `<a href="${href}" target="_blank" rel="noopener">${words}</a>`;
      const { lines, occurrence } = place(step);
      return `<a href="#" data-lines="${lines}" data-occurrence="${occurrence}">${words}</a>`;
    },
  };
}

/** A paragraph, a list or a code block: as HTML, as plain text, and the steps that its links lead to, in their order. */
function blockOf(token, marked, place) {
  const items = token.type === 'list' ? token.items.map((item) => plain(item.tokens)) : [];
  const html = marked.parser([token]).trim();
  if (html.includes('step:')) throw new Error(`a link is not one: ${/.{0,40}step:.{0,40}/.exec(html)[0]}`);
  return { html, text: token.type === 'list' ? '' : plain([token]), items, steps: stepsIn([token], place) };
}

function stepsIn(tokens, place) {
  return tokens.flatMap((token) => {
    const inside = stepsIn([...(token.tokens ?? []), ...(token.items ?? [])], place);
    const step = token.type === 'link' ? stepOf(token.href) : undefined;
    return step === undefined ? inside : [{ ...place(step), words: plain(token.tokens) }];
  });
}

/** Without marks; what a link to a page leads to stands behind its words. */
function plain(tokens) {
  return tokens
    .map((token) => {
      if (token.type === 'link' && stepOf(token.href) === undefined) return `${plain(token.tokens)} <${token.href}>`;
      if (token.tokens) return plain(token.tokens);
      return token.text ?? '';
    })
    .join('')
    .replace(/\s+/g, ' ');
}

/** `### the question`, then a list of `at: \`piece\``, `answer: \`expression\``, `right: …`, `wrong \`expression\`: …`. */
function questionsOf(tokens, place, fail) {
  const questions = [];
  for (const token of tokens) {
    if (token.type === 'heading' && token.depth === 3) {
      questions.push({ ask: bare(token.text), at: null, answer: '', right: '', wrong: [] });
    } else if (token.type === 'list' && questions.length > 0) {
      for (const item of token.items) readItem(questions.at(-1), item.text, place, fail);
    } else {
      fail(`a question is a heading and a list, not: ${token.raw.trim()}`);
    }
  }
  for (const { ask, at, answer, right, wrong } of questions) {
    const whole = at && answer && right && wrong.some((each) => each.answer === null);
    if (!whole) fail(`the question "${ask}" needs at, answer, right, and a wrong for all other answers`);
  }
  return questions;
}

/**
 * The task; a fenced block that says of which kind it is and what the reader begins with; a list of goals, ``- `goal`:
 * words``; a fenced block `solution`. Kinds: `heap ALLOCATOR ARENA`, a script; `struct`, declarations; `program`, whose
 * lines `choice: words` are what can be chosen.
 */
function exerciseOf(tokens, blocks, fail) {
  const codes = tokens.filter((token) => token.type === 'code');
  const list = tokens.find((token) => token.type === 'list');
  const [begin, solution] = codes;
  const [, kind, setting = ''] = /^(heap|struct|program)(?: (.+))?$/.exec(begin?.lang ?? '') ?? [];
  if (!kind || !list || codes.length !== 2 || solution.lang !== 'solution') {
    fail('an exercise is a task, a block heap, struct or program, a list of goals, and a block solution');
  }
  const goals = list.items.map((item) => {
    const match = /^`([^`]+)`: ([^]+)/.exec(item.text);
    if (!match) fail(`a goal is \`what = what\`: words, not: ${item.text}`);
    return { goal: match[1], words: bare(match[2]) };
  });
  const choices = kind === 'program' ? begin.text.split('\n').map((line) => choiceOf(line, fail)) : [];
  const [allocator = '', arena = '0'] = setting.split(' ');
  const task = blocks('exercise').filter((_, index) => !['code', 'list'].includes(tokens[index].type));
  const start = kind === 'program' ? '' : `${begin.text}\n`;
  return { kind, allocator, arena: Number(arena), task, start, choices, goals, solution: `${solution.text}\n` };
}

function choiceOf(line, fail) {
  const match = /^([\w-]+): (.+)$/.exec(line);
  if (!match) fail(`a choice is a word, a colon and what it means, not: ${line}`);
  return { choice: match[1], words: match[2] };
}

/** ``- `type`: `members` ``: what a type consists of, as the declarations of a struct's members. */
function sizesOf(tokens, fail) {
  if (tokens.length === 0) return null;
  const items = tokens.flatMap((token) => token.items ?? fail('the sizes are a list'));
  return items.map((item) => {
    const match = /^`([^`]+)`([^:`]*): `([^`]+)`$/.exec(item.text);
    if (!match) fail(`a size is \`type\`: \`members\`, not: ${item.text}`);
    const [, type, of, members] = match;
    const named = members.includes(' ') && !/^(long long|long double)$/.test(members) ? members : `${members} value`;
    return { name: type + of, members: `${named};` };
  });
}

/** A list of `- \`id\`: words`, and paragraphs; null when there is nothing. What the ids are is known to core/src/measure. */
function measuredOf(tokens, marked, place, fail) {
  if (tokens.length === 0) return null;
  const lists = tokens.filter((token) => token.type === 'list');
  const notes = tokens.filter((token) => token.type === 'paragraph');
  const odd = tokens.find((token) => token.type !== 'list' && token.type !== 'paragraph');
  if (odd) fail(`what is measured is a list and paragraphs, not: ${odd.raw.trim()}`);
  const items = lists
    .flatMap((list) => list.items)
    .map(({ text }) => {
      const match = /^`([a-z][\w-]*)`: ([^]+)$/.exec(text);
      if (!match) fail(`what is measured is named as \`id\`: words, not: ${text}`);
      const [, id, words] = match;
      return { id, html: marked.parseInline(words), text: plain(Lexer.lexInline(words)) };
    });
  if (items.length === 0) fail('the section "Measured" has no list of what is measured');
  const twice = items.find(({ id }, index) => items.findIndex((each) => each.id === id) < index);
  if (twice) fail(`"${twice.id}" is measured twice`);
  return { items, notes: notes.map((token) => blockOf(token, marked, place)) };
}

/** A text that is shown as it is: without the marks of code, in one line. */
const bare = (words) => words.replace(/`/g, '').replace(/\s+/g, ' ');

function readItem(question, text, place, fail) {
  const match = /^(at|answer|right|wrong)(?: `([^`]+)`)?: (?:`([^`]+)`$|([^]*))/.exec(text);
  if (!match) fail(`a question has at, answer, right and wrong, not: ${text}`);
  const [, key, expression, code, words] = match;
  if (key === 'at') question.at = place(code);
  else if (key === 'answer') question.answer = code;
  else if (key === 'right') question.right = bare(words);
  else question.wrong.push({ answer: expression ?? null, reply: bare(words) });
}
