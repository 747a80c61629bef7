// Holds the sources to docs/architecture.md.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as rules from './rules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name) => readFileSync(path.join(root, name), 'utf8');

function sourcesUnder(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(name);
    return /\.(hpp|cpp|ts|css|html)$/.test(name) ? [[name, read(name)]] : [];
  });
}

const rooms = rules.roomsOf(read('docs/architecture.md'));
const programs = sourcesUnder('core/lessons'); // lessons are programs of their own
const files = ['core', 'cli', 'wasm', 'web']
  .flatMap(sourcesUnder)
  .filter(([name]) => !name.startsWith('core/lessons/'));
const within = (folder) => files.filter(([name]) => name.startsWith(folder));
const foldersOf = (name) =>
  readdirSync(path.join(root, name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && within(`${name}/${entry.name}/`).length > 0)
    .map((entry) => entry.name);

test('Every room of core has its row in docs/architecture.md', () => {
  assert.ok(rooms.size >= 9, `only ${rooms.size} rooms were found in the table`);
  for (const room of [...foldersOf('core/include/heapyard'), ...foldersOf('core/src')]) {
    assert.ok(rooms.has(room), `core's room ${room} is not in the table`);
  }
});

test('CMake has the same table of rooms as docs/architecture.md', () => {
  assert.deepEqual(rules.roomsOfCMake(read('core/CMakeLists.txt')), rooms);
});

test('A room includes only the rooms that the table allows', () => {
  assert.ok(within('core/').length > 0);
  assert.deepEqual(rules.wrongIncludesInCore(files, rooms), []);
});

test('A lesson is ordinary C++: it includes the standard library, and smart pointers that stand on it alone', () => {
  const sources = programs.filter(([name]) => name.endsWith('.cpp'));
  assert.ok(sources.length > 0);
  for (const [name, source] of sources) {
    for (const include of rules.includesOf(source)) {
      assert.ok(
        include.quoted ? include.name.startsWith('heapyard/smart/') : /^c?[a-z_]+$/.test(include.name),
        `${name}:${include.line} includes ${include.name}`,
      );
    }
  }
});

test('The history never sees an allocator', () => {
  assert.ok(within('core/include/heapyard/history/').length > 0);
  assert.ok(!rooms.get('history').includes('alloc'));
});

test('Program and module include nothing of each other', () => {
  assert.ok(within('cli/').length > 0);
  assert.ok(within('wasm/').length > 0);
  assert.deepEqual(rules.wrongIncludesInProducts(files), []);
});

test('Only the program writes to stdout', () => {
  assert.deepEqual(rules.usesOfStdout(files), []);
});

test('One file of the page imports the WebAssembly modules', () => {
  assert.deepEqual(rules.importersOfModule(files), ['web/src/core/load.ts']);
});

test('The page loads nothing from another host', () => {
  assert.ok(within('web/').length > 0);
  assert.deepEqual(rules.foreignAddresses(files), []);
});
