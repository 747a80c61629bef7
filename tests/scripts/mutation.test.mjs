// Mutants of the allocators: which changes are made, where none is, and what becomes of the survivors.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { wishes } from '../../scripts/commands/mutate.mjs';
import { compare, mutantsOf, mutated, sample } from '../../scripts/lib/mutation.mjs';
import { isKnown } from '../../scripts/lib/mutation_build.mjs';
import { root } from '../../scripts/lib/run.mjs';

const changes = (line) => mutantsOf('a.hpp', line).map(({ operator, after }) => `${operator}: ${after}`);
const body = (line) => `void f() {\n  ${line}\n}\n`;

test('Comparisons, sums, bits and shifts are swapped', () => {
  assert.deepEqual(changes('a < b;'), ['compare: a <= b;', 'compare: a >= b;']);
  assert.deepEqual(changes('a == b;'), ['compare: a != b;']);
  assert.deepEqual(changes('a && b;'), ['logic: a || b;']);
  assert.deepEqual(changes('a + b;'), ['arithmetic: a - b;']);
  assert.deepEqual(changes('a & ~b;'), ['bits: a | ~b;', 'bits: a & b;']);
  assert.deepEqual(changes('a << b;'), ['shift: a >> b;']);
  assert.deepEqual(changes('f(++a);'), ['arithmetic: f(--a);']);
});

test('Constants are one more and one less, and never below nothing', () => {
  assert.deepEqual(changes('f(4U);'), ['constant: f(3U);', 'constant: f(5U);']);
  assert.deepEqual(changes('f(0);'), ['constant: f(1);']);
  assert.deepEqual(changes('f(0x4c505948, a1);'), []);
});

test('Conditions are negated, behind a declaration too', () => {
  assert.deepEqual(changes('if (fits(a)) b;'), ['condition: if (!(fits(a))) b;']);
  assert.deepEqual(changes('if (!fits(a)) b;'), ['negation: if (fits(a)) b;']);
  assert.deepEqual(changes('if (const int a = f(); good(a)) b;'), ['condition: if (const int a = f(); !(good(a))) b;']);
  assert.deepEqual(changes('if (const Damage damage = f()) b;'), []);
});

test('Statements are left out, declarations are not', () => {
  assert.deepEqual(changes(body('store(a, b);')), ['statement: ;']);
  assert.deepEqual(changes(body('a = b;')), ['statement: ;']);
  assert.deepEqual(changes(body('++a;')), ['statement: ;', 'arithmetic: --a;']);
  assert.deepEqual(changes(body('if constexpr (fills) fill(a);')), ['statement: if constexpr (fills) ;']);
  assert.deepEqual(changes(body('const Offset a = f(b);')), []);
});

test('What is returned becomes nothing, and loops go on or end', () => {
  assert.deepEqual(changes('return true;'), ['return: return false;']);
  assert.deepEqual(changes('return size(a);'), ['return: return {};']);
  assert.deepEqual(changes('continue;'), ['jump: break;']);
});

test('What is no code that runs stays as it is', () => {
  const still = [
    '// a < b',
    '/* a < b;\n 7 */',
    '#if A < 7',
    'static_assert(f(7) == 8 &&\n  a < b);',
    'f("a < 7", \'1\');',
    'template <class A = int, int b = 7>\nclass C;',
    'static_cast<Offset>(a);',
    'std::vector<Offset> a;',
    'const Arena<Watch>& arena();',
    'concept A = requires(B b) {\n  f(7);\n};',
  ];
  for (const source of still) assert.deepEqual(changes(source), [], source);
});

test('A mutant knows its line, and is the source with that one change', () => {
  const source = 'int a;\nbool b() {\n  return a < 3;\n}\n';
  const mutant = mutantsOf('a.hpp', source).find(({ after }) => after === 'return a <= 3;');
  assert.equal(mutant.line, 3);
  assert.equal(mutant.before, 'return a < 3;');
  assert.equal(mutated(source, mutant), source.replace('<', '<='));
});

test('A sample is as large as asked, the same for a seed, and spread over the files', () => {
  const file = (name, count) => mutantsOf(name, 'f(7);\n'.repeat(count));
  const files = [file('a.hpp', 50), file('b.hpp', 50), file('c.hpp', 1)];
  const chosen = sample(files, 20, 3);
  const of = (name) => chosen.filter((mutant) => mutant.file === name).length;
  assert.equal(chosen.length, 20);
  assert.deepEqual([of('a.hpp'), of('b.hpp'), of('c.hpp')], [9, 9, 2]);
  assert.deepEqual(sample(files, 20, 3), chosen);
  assert.notDeepEqual(sample(files, 20, 4), chosen);
  assert.equal(sample(files, Infinity, 3).length, files.flat().length);
});

test('An edit of one place chooses no other mutants elsewhere', () => {
  const lines = Array.from({ length: 30 }, (_, line) => `f(${line});`);
  const chosen = (edited) => {
    const sources = { 'a.hpp': edited, 'b.hpp': lines };
    const perFile = Object.entries(sources).map(([name, text]) => mutantsOf(name, text.join('\n')));
    return sample(perFile, 20, 1).map(({ file, after }) => `${file}: ${after}`);
  };
  const before = chosen(lines);
  const after = chosen(['g(a < b);', ...lines]);
  assert.deepEqual(
    after.filter((each) => each.startsWith('b.hpp')),
    before.filter((each) => each.startsWith('b.hpp')),
  );
  assert.ok(after.filter((each) => before.includes(each)).length >= 17, after.join('\n'));
});

test('A survivor is explained by its own line and change alone, and an explanation can be stale', () => {
  const [more, less] = mutantsOf('a.hpp', 'f(7);');
  const explained = [{ ...more, why: 'equivalent' }];
  assert.deepEqual(compare(explained, [more], [], [more, less]), { unexplained: [], stale: [] });
  assert.deepEqual(compare(explained, [less], [], [more, less]).unexplained, [less]);
  assert.deepEqual(compare(explained, [], [more], [more, less]).stale, explained);
  assert.deepEqual(compare(explained, [], [], [less]).stale, explained);
  assert.deepEqual(compare(explained, [], [], [more, less]).stale, []); // it was not tried this time
});

test('Every header of the allocators has mutants or nothing that runs, and tests that know it', () => {
  const folder = path.join(root, 'core/include/heapyard/alloc');
  const names = readdirSync(folder);
  assert.ok(names.length > 10);
  for (const name of names) {
    assert.ok(isKnown(name), `scripts/lib/mutation_build.mjs does not know ${name}`);
    const source = readFileSync(path.join(folder, name), 'utf8');
    for (const mutant of mutantsOf(name, source)) assert.notEqual(mutated(source, mutant), source);
  }
});

test('Every explanation of a survivor fits a mutant that there is, and says why', () => {
  const explained = JSON.parse(readFileSync(path.join(root, 'tests/mutation/survivors.json'), 'utf8'));
  const all = [...new Set(explained.map(({ file }) => file))].flatMap((file) =>
    mutantsOf(file, readFileSync(path.join(root, file), 'utf8')),
  );
  assert.deepEqual(compare(explained, [], [], all).stale, []);
  for (const { before, why } of explained) assert.ok(why.length > 20, before);
});

test('The words for mutate are read, and others refused with the usage', () => {
  assert.deepEqual(wishes([]), { count: 120, file: '', seed: 1 });
  assert.deepEqual(wishes(['--all', '--file', 'pool', '--seed', '9']), { count: Infinity, file: 'pool', seed: 9 });
  for (const wrong of [['--count'], ['--count', '0'], ['--seed', 'x'], ['pool'], ['--file']]) {
    assert.throws(() => wishes(wrong), /usage: npm run mutate/);
  }
});
