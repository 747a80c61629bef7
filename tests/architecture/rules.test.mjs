// The rules themselves: each must find a wrong source, and leave a right one alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as rules from './rules.mjs';

const rooms = new Map([
  ['base', []],
  ['alloc', ['base']],
  ['trace', ['base', 'alloc']],
  ['history', ['base', 'trace']],
]);
const one = (path, source) => [[path, source]];

test('The table of rooms is read from Markdown and from CMake', () => {
  const markdown = ['| room | lives there | may include |', '| --- | --- | --- |', '| `base` | it | - |'];
  markdown.push('| `alloc` | `A`, b | base |', '| `history` | steps | base, trace |');
  const expected = { base: [], alloc: ['base'], history: ['base', 'trace'] };
  assert.deepEqual(Object.fromEntries(rules.roomsOf(markdown.join('\n'))), expected);

  const cmake = 'heapyard_room(base)\nheapyard_room(alloc MAY_INCLUDE base LINKS x)\n';
  const more = 'heapyard_room(history MAY_INCLUDE base trace)';
  assert.deepEqual(Object.fromEntries(rules.roomsOfCMake(cmake + more)), expected);
});

test('An include of a room that is not allowed is found, with its line', () => {
  const source = '#pragma once\n#include "heapyard/alloc/pool.hpp"\n';
  const found = rules.wrongIncludesInCore(one('core/src/history/history.cpp', source), rooms);
  assert.deepEqual(found, ['core/src/history/history.cpp:2 (history) must not include alloc']);
});

test('Includes of the own room, an allowed room, the standard library and {fmt} are right', () => {
  const source =
    '#include <vector>\n#include <fmt/format.h>\n#include "heapyard/base/a.hpp"\n#include "heapyard/alloc/b.hpp"';
  assert.deepEqual(rules.wrongIncludesInCore(one('core/include/heapyard/alloc/pool.hpp', source), rooms), []);
});

test('An include that stands in a comment or a string does not count', () => {
  const comments = '// #include "heapyard/history/a.hpp"\n/*\n#include "heapyard/history/a.hpp"\n*/\n';
  const source = `${comments}auto text = R"(\n#include "heapyard/history/a.hpp"\n)";\n`;
  assert.deepEqual(rules.wrongIncludesInCore(one('core/src/base/a.cpp', source), rooms), []);
});

test('A private header counts where it lies beside the source, and nowhere else', () => {
  const files = (path) => [...one(path, '#include "lexer.hpp"'), ['core/src/base/lexer.hpp', '']];
  assert.equal(rules.wrongIncludesInCore(files('core/src/base/a.cpp'), rooms).length, 0);
  assert.equal(rules.wrongIncludesInCore(files('core/src/alloc/a.cpp'), rooms).length, 1);
  assert.equal(rules.wrongIncludesInCore(files('core/include/heapyard/base/a.hpp'), rooms).length, 1);
});

test('Rooms that the table does not know, short names and foreign libraries are found in core', () => {
  const wrong = (include) => rules.wrongIncludesInCore(one('core/src/base/a.cpp', `#include ${include}`), rooms).length;
  assert.equal(wrong('"heapyard/attic/a.hpp"'), 1);
  assert.equal(wrong('"a.hpp"'), 1);
  assert.equal(wrong('<emscripten/bind.h>'), 1);
  assert.equal(wrong('<nlohmann/json.hpp>'), 1);
  assert.equal(rules.wrongIncludesInCore(one('core/src/attic/a.cpp', '#include <vector>'), rooms).length, 1);
});

test('Program and module that include each other are found', () => {
  assert.equal(rules.wrongIncludesInProducts(one('cli/main.cpp', '#include <emscripten/bind.h>')).length, 1);
  assert.equal(rules.wrongIncludesInProducts(one('wasm/module.cpp', '#include "cli/draw.hpp"')).length, 1);
  assert.equal(rules.wrongIncludesInProducts(one('wasm/module.cpp', '#include <emscripten/bind.h>')).length, 0);
});

test('Every way to stdout is found in core, and none in a comment, a string or cli', () => {
  const ways = [
    'std::cout << 1;',
    'printf("x");',
    'std::puts("x");',
    'std::fwrite(p, 1, 1, stdout);',
    'fmt::print("x");',
  ];
  for (const way of [...ways, '#include <iostream>']) {
    assert.equal(rules.usesOfStdout(one('core/src/base/a.cpp', way)).length, 1, way);
    assert.equal(rules.usesOfStdout(one('cli/main.cpp', way)).length, 0, way);
  }
  for (const fine of ['// printf("x")', 'text("stdout");', 'std::snprintf(b, 9, "x");', 'fmt::format("x");']) {
    assert.equal(rules.usesOfStdout(one('core/src/base/a.cpp', fine)).length, 0, fine);
  }
});

test('A second file that reaches for a module is found; types are free', () => {
  const importers = (source) => rules.importersOfModule(one('web/src/a.ts', source)).length;
  assert.equal(importers("await import('./heapyard.js');"), 1);
  assert.equal(importers("const address = 'structs.wasm';"), 1);
  assert.equal(importers("import load from './core/module.js';"), 1);
  assert.equal(importers("import type { Lab } from './core/module.js';"), 0);
  assert.equal(importers("import { StructModel } from '../state/structs.js';"), 0);
});

test('Something loaded from another host is found; a namespace is none', () => {
  const found = (line) => rules.foreignAddresses(one('web/index.html', line)).length;
  assert.equal(found('<script src="https://example.org/a.js"></script>'), 1);
  assert.equal(found("fetch('https://example.org/a')"), 1);
  assert.equal(found('<svg xmlns="http://www.w3.org/2000/svg" src="a.svg">'), 0);
});
