// The parser of lessons that somebody writes on their own, as the page has it. Its text may come out of a link: no text
// makes it throw, hang, or give HTML that does anything.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { lessonFolders } from '../../scripts/lessons/folders.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'own-lessons-'));
/** @type {{ parse(text: string): any, example: string, tagOf(text: string, script: string, link: string): string }} */
let own;

before(async () => {
  const contents = ['grammar', 'example', 'tag'].map((name) => `export * from './web/src/own/${name}.ts';`).join('\n');
  const outfile = path.join(folder, 'own.mjs');
  await build({ stdin: { contents, resolveDir: root }, bundle: true, format: 'esm', outfile, logLevel: 'error' });
  own = await import(pathToFileURL(outfile).href);
});
after(() => rmSync(folder, { recursive: true }));

const guide = readFileSync(path.join(root, 'docs/own-lessons.md'), 'utf8');
const documented = /^````markdown\n([^]*?)^````$/m.exec(guide)[1];

const told = (text) => own.parse(text).problems.map(({ line, message }) => `${line}: ${message}`);
const script = '```heap free-list 1024\na = malloc 8\n# a word\nfree a\n```\n';
const lesson = (rest, begin = script) => `# T\n\nAbout it.\n\n${begin}\n${rest}`; // `rest` begins at line 11

test('A lesson is read: title, script, story, questions, exercise', () => {
  const { lesson, problems } = own.parse(documented);
  assert.deepEqual(problems, []);
  assert.equal(lesson.kind, 'heap');
  assert.match(lesson.allocator, /^free-list/);
  assert.ok(lesson.arena > 0);
  assert.match(lesson.script, /^a = malloc/);
  assert.ok(lesson.prose.story.some((html) => html.includes('<a href="#" data-lines="1" data-occurrence="1">')));
  assert.ok(lesson.prose.questions.length > 0);
  assert.ok(lesson.prose.exercise.goals.length > 0);
  const lines = documented.split('\n');
  assert.equal(lines[lesson.lines.script - 1], lesson.script.split('\n')[0]);
  assert.equal(lines[lesson.lines.exercise - 1], lesson.prose.exercise.start.split('\n')[0]);
  assert.equal(lines[lesson.lines.solution - 1], lesson.prose.exercise.solution.split('\n')[0]);
  assert.match(lines[lesson.lines.questions[0] - 1], /^### /);
  assert.ok(lesson.lines.goals.every((line) => lines[line - 1].startsWith('- `')));
});

test('What somebody begins with in the page has no mistakes', () => assert.deepEqual(told(own.example), []));

test('A title, a sentence and a script are enough', () => assert.deepEqual(told(lesson('')), []));

test('A lesson may have a struct in place of a script', () => {
  const text = lesson('## Story\n\n[Here](<step:char c>) it begins.\n', '```struct\nstruct s {\n  char c;\n};\n```\n');
  const { lesson: read, problems } = own.parse(text);
  assert.deepEqual([problems, read.kind, read.places], [[], 'struct', [{ line: 2, at: 13 }]]);
});

test('Windows line ends change nothing', () => {
  assert.deepEqual(own.parse(documented.replaceAll('\n', '\r\n')), own.parse(documented));
});

const wrong = [
  ['', '1: a lesson begins with “# ” and its title'],
  ['Words', '1: a lesson begins with “# ” and its title'],
  ['# T\n\n## Story', '3: behind the title stands a paragraph that says what the lesson is about'],
  [
    '# T\n\nWords.\n\n## Story',
    '5: behind the first paragraph stands the script, in a block that begins with “```heap free-list 1024” or “```struct”',
  ],
  [
    lesson('', '```heap free-list many\na = malloc 8\n```\n'),
    '5: behind the first paragraph stands the script, in a block that begins with “```heap free-list 1024” or “```struct”, not with “heap free-list many”',
  ],
  [lesson('Words.'), '11: a text stands before the first section: put “## Story” before it'],
  [lesson('## Stroy'), /^11: there is no section “Stroy”: the sections are You will be able to, Story, /],
  [lesson('## constructor'), /^11: there is no section “constructor”/],
  [lesson('## Story\n\nFirst\n[it](<step:a = maloc>).'), '14: no line of the script holds “a = maloc”'],
  [lesson('## Story\n\n[it](<step:free a @2>).'), '13: the script has one line with “free a”, so there is no @2'],
  [lesson('## Story\n\n- one\n- [it](<step:>)'), '14: a step is named by a piece of its line'],
  [lesson('## Story\n\n[it](step:a = malloc)'), '13: a link to a step is written [words](<step:piece of a line>)'],
  [
    lesson('## Story\n\n[x](javascript:alert(1))'),
    '13: a link leads to https://, http://, mailto: or a place of Heapyard (#/…), not to “javascript:alert(1)”',
  ],
  [
    lesson('## Questions\n\nWhy?'),
    '13: a question is “### ” with what is asked, and behind it a list: at, answer, right, wrong',
  ],
  [
    lesson('## Questions\n\n### Why?\n\n- at: `free a`\n- right: So.'),
    '13: the question lacks “- answer: `expression`”, “- wrong: what to say to any other”',
  ],
  [
    lesson('## Questions\n\n### Why?\n\n- at: `fre a`\n- answer: `leaks`\n- right: So.\n- wrong: No.'),
    '15: no line of the script holds “fre a”',
  ],
  [
    lesson(
      '## Questions\n\n### Why?\n\n- at: `free a`\n- reply: `leaks`\n- answer: `leaks`\n- right: So.\n- wrong: No.',
    ),
    '16: a question has “- at: `piece of a line`”, “- answer: `expression`”, “- right: …” and “- wrong: …”',
  ],
  [
    lesson('## Exercise\n\nDo it.'),
    '13: an exercise is a task, a block “```heap free-list 1024” or “```struct” to begin with, a list of goals, and a block “```solution”',
  ],
  [
    lesson('## Exercise\n\nDo it.\n\n```heap\n```\n\n- leaks = 0\n\n```solution\n```\n'),
    '18: a goal is written - `leaks = 0`: and what it means',
  ],
];
for (const [text, words] of wrong) {
  test(`A mistake is told with its line: ${words}`, () => {
    const all = told(text);
    assert.equal(all.length, 1, all.join('\n'));
    if (typeof words === 'string') assert.equal(all[0], words);
    else assert.match(all[0], words);
  });
}

const heavy = [
  [`Words.\n\n${'*a '.repeat(81)}`, '15: a paragraph has at most 80 of the marks *, _ and ~: split it'],
  [`- ${'[a '.repeat(161)}`, '13: a paragraph has at most 160 of the marks [, ] and !: split it'],
  [`Words.\n\n${'> '.repeat(40)}a`, '15: this is nested or indented too deep'],
];
for (const [text, words] of heavy) {
  test(`What would keep the parser busy is told: ${words}`, () => {
    assert.deepEqual(told(lesson(`## Story\n\n${text}`)), [words]);
  });
}

test('A script may be as long as a lesson', () => {
  const long = `\`\`\`heap free-list 65536\n${'a = aligned_alloc 16 16\n'.repeat(1000)}\`\`\`\n`;
  assert.deepEqual(told(lesson('', long)), []);
});

test('Several mistakes are told at once, by line', () => {
  const all = told(lesson('## Story\n\n[a](<step:x>) [b](<step:y>)\n\n## Nothing\n'));
  assert.deepEqual(
    all.map((each) => each.slice(0, 3)),
    ['13:', '13:', '15:'],
  );
});

test('A text that is too long is told at once', () => {
  const started = performance.now();
  assert.deepEqual(told(`# T\n${'['.repeat(5_000_000)}`), [
    '1: a lesson has at most 32768 characters, and this has 5000004: split it',
  ]);
  assert.ok(performance.now() - started < 500);
});

const allowedTags =
  /^<(\/?)(p|a|em|strong|code|pre|ul|ol|li|blockquote|br|hr|del|table|thead|tbody|tr|th|td|h[4-6])((?: [a-z-]+="[^"<>]*")*)>$/;
const allowedAttributes = {
  href: /^(#|#\/[^"]*|https?:\/\/[^"]*|mailto:[^"]*)$/i,
  target: /^_blank$/,
  rel: /^noopener noreferrer$/,
  'data-lines': /^\d+$/,
  'data-occurrence': /^1$/,
  start: /^\d+$/,
};

/** Fails for HTML with anything in it but what Markdown is made of. */
function assertHarmless(html) {
  for (const [tag] of html.matchAll(/<[^]*?(?:>|$)/g)) {
    const [, , name, attributes] = allowedTags.exec(tag) ?? assert.fail(`${tag} in ${html}`);
    for (const [, key, value] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
      assert.ok(allowedAttributes[key]?.test(value), `${name} has ${key}="${value}" in ${html}`);
    }
  }
}

function assertAllHarmless({ lesson: read }) {
  const { goals, story, wild, reading, exercise } = read.prose;
  for (const html of [...goals, ...story, ...wild, ...reading, ...read.teacher, ...exercise.task]) assertHarmless(html);
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<pre><img src=x onerror=alert(1)',
  '<code> <svg/onload=alert(1)> </code>',
  'a <script> b <img src=x onerror=alert(1)//',
  '<a href="javascript:alert(1)">x</a>',
  '![x" onerror="alert(1)](https://a.example/b.png "t\\" onload=\\"alert(1)")',
  '![x](javascript:alert(1))',
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](https://a.example/ "t\\" onclick=\\"alert(1)")',
  '`<script>alert(1)</script>`',
  '```"><script>\n<script>alert(1)</script>\n```',
  '- [ ] <b onclick=alert(1)>x</b>\n- [x] y',
  '| a |\n|:-:|\n| <img onerror=alert(1)> |',
  '<!-- <script> --> <style>*{}</style> <iframe srcdoc="x">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\<script>alert(1)</script>',
];
for (const text of hostile) {
  test(`Hostile Markdown becomes harmless: ${text.split('\n')[0]}`, () => {
    for (const each of [text, `> ${text}`, `- ${text}`, `**${text}**`, `#### ${text}`]) {
      const parsed = own.parse(lesson(`## Story\n\n${each}\n`));
      if (parsed.lesson) assertAllHarmless(parsed);
      else assert.match(parsed.problems[0].message, /^a link leads to/);
    }
  });
}

for (const href of [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//a.example',
  '#x',
  'java\tscript:x',
  '&#106;avascript:alert(1)',
  'file:///etc/passwd',
]) {
  test(`A link that leads elsewhere than links may is a mistake: ${href}`, () => {
    assert.match(told(lesson(`## Story\n\n[x](<${href}>)`)).join(), /^13: a link leads to/);
  });
}

test('A link leads to a page in a tab of its own, a picture is a link to it', () => {
  const { lesson: read } = own.parse(lesson('## Story\n\n[x](https://a.example/?a=1&b) ![y](https://a.example/y.png)'));
  assert.equal(
    read.prose.story[0],
    '<p><a href="https://a.example/?a=1&#38;b" target="_blank" rel="noopener noreferrer">x</a> <a href="https://a.example/y.png" target="_blank" rel="noopener noreferrer">y</a></p>',
  );
});

test('Nothing makes the parser slow: what is nested, unclosed, repeated', () => {
  const pieces = [
    '[',
    '![',
    '*',
    '_',
    '`',
    '> ',
    '<',
    '<a ',
    '- ',
    '\t',
    '&',
    '~',
    '|',
    '[a](<step:',
    '**a_',
    '1. ',
    '\\',
    '"',
    '(',
    '](',
    '<!--',
    '#',
    '\n',
    '[x]: ',
    '| - ',
  ];
  for (const piece of pieces) {
    const text = lesson(`## Story\n\n${piece.repeat(Math.floor(30_000 / piece.length))}`);
    const started = performance.now();
    own.parse(text);
    const took = performance.now() - started;
    assert.ok(took < 4000, `${JSON.stringify(piece)} took ${Math.round(took)} ms`);
  }
});

test('No mutation of good lessons makes it throw or gives HTML that does anything', () => {
  const seed = Number(process.env['HEAPYARD_SEED'] ?? Date.now() % 2 ** 31);
  let state = seed;
  const random = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const seeds = [
    documented,
    own.example,
    ...lessonFolders(root).map((folder) => {
      const markdown = readFileSync(path.join(folder, 'lesson.md'), 'utf8');
      return markdown.replace(/\n\n## /, `\n\n${script}\n## `).replace(/\(<?step:[^)]*\)/g, '(<step:a>)');
    }),
  ];
  const pick = (items) => items[random(items.length)];
  const pieces = [
    ...hostile,
    '[x](javascript:y)',
    '<',
    '>',
    '"',
    "'",
    '`',
    '```',
    '\n',
    '\n\n',
    '#',
    '- ',
    '](<step:a = malloc>)',
    '\0',
    '\u2028',
    '\ud800',
    '|',
    '&#x6a;',
    '    ',
  ];
  let played = 0;
  for (let turn = 0; turn < 1500; ++turn) {
    let text = pick(seeds);
    for (let change = random(6); change >= 0; --change) {
      const at = random(text.length + 1);
      const end = at + random(random(4) === 0 ? 200 : 4);
      const other = pick(seeds);
      const from = random(other.length);
      const put = pick([pick(pieces), '', other.slice(from, from + random(80))]);
      text = text.slice(0, at) + put + text.slice(end);
    }
    const started = performance.now();
    const parsed = own.parse(text);
    assert.ok(performance.now() - started < 2000, `seed ${seed}, turn ${turn} is slow`);
    if (parsed.lesson) {
      ++played;
      assertAllHarmless(parsed);
    } else {
      const lines = text.replace(/\r\n?/g, '\n').split('\n').length;
      assert.ok(
        parsed.problems.length > 0 && parsed.problems.every(({ line }) => line >= 1 && line <= lines),
        `seed ${seed}, turn ${turn}`,
      );
    }
  }
  assert.ok(played > 50, `seed ${seed}: only ${played} were lessons`);
});

test('The tag that is copied holds the text, or a link where a page could not hold it', () => {
  const tag = own.tagOf('# T\n\nx < y\n', 'https://h.example/embed.js', 'unused');
  assert.equal(
    tag,
    '<script type="module" src="https://h.example/embed.js"></script>\n<heap-yard><script type="text/markdown">\n# T\n\nx < y\n</script></heap-yard>\n',
  );
  for (const text of ['</script>', '</SCRIPT x', '<!-- a', '<script>']) {
    assert.match(own.tagOf(text, 's', '#/own?s=a&n=0'), /\n<heap-yard state="#\/own\?s=a&amp;n=0"><\/heap-yard>\n$/);
  }
});
