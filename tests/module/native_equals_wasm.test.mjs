// One core, two machines: every step of every script and trace of the corpus gives the same events and the same arena
// natively (64 bits, under sanitizers) and as WebAssembly (32 bits, under Node).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const corpus = path.join(root, 'tests', 'corpus');

const digests = (program, ...words) =>
  execFileSync(program, [...words, corpus], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter(Boolean)
    .sort();

test('The native core and the WebAssembly core take the same steps through the same bytes', () => {
  const files = ['script', 'rep'].flatMap((folder) =>
    readdirSync(path.join(corpus, folder)).map((name) => `${folder}/${name}`),
  );
  assert.ok(files.length > 0, 'tests/corpus/script and tests/corpus/rep are empty');

  const native = digests(path.join('build', 'asan', 'heapyard-digest'));
  const wasm = digests(process.execPath, path.join('build', 'wasm-test', 'heapyard-digest.js'));
  for (const file of files) {
    const ofFile = (line) => line.startsWith(`${file} `);
    const [here, there] = [native.filter(ofFile), wasm.filter(ofFile)];
    assert.ok(here.length > 0, `${file} was not run natively`);
    assert.deepEqual(there, here);
  }
  assert.deepEqual(wasm, native);
});
