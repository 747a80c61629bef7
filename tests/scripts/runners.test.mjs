// What npm test counts: runs of the real runners on small programs and files made here.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { run } from '../../scripts/lib/run.mjs';
import { catchPattern, counted, nodeTests } from '../../scripts/lib/runners.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
after(() => rmSync(folder, { recursive: true }));

const lines = [];
const context = (filter = '') => ({ filter, onLine: (line) => lines.push(line) });
const script = (code, filter) => counted(process.execPath, ['-e', code], context(filter));

function file(name, source) {
  const full = path.join(folder, name);
  writeFileSync(full, `import assert from 'node:assert';\nimport { test } from 'node:test';\n${source}`);
  return full;
}

test('The closing line of a test program is what counts', async () => {
  assert.deepEqual(await script("console.log('3 passed, 0 failed')"), { passed: 3, failed: 0 });
  assert.deepEqual(await script("console.log('3 passed, 2 failed'); process.exit(2)"), { passed: 3, failed: 2 });
});

test('A test program that crashes, or ends without its closing line, has failed', async () => {
  assert.deepEqual(await script("console.log('test: a'); process.abort()"), { passed: 0, failed: 1 });
  assert.deepEqual(await script("console.log('test: a')"), { passed: 0, failed: 1 });
  assert.deepEqual(await script("console.log('3 passed, 0 failed'); process.exit(1)"), { passed: 3, failed: 1 });
});

test('A test program that finds nothing of a name has not failed', async () => {
  assert.deepEqual(await script("console.log('0 passed, 0 failed'); process.exit(2)", 'name'), {
    passed: 0,
    failed: 0,
  });
});

test('A program that does not end is stopped, and says so', async () => {
  const { ok, lines: output } = await run(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
    limitSeconds: 0.3,
  });
  assert.equal(ok, false);
  assert.match(output.at(-1), /was stopped: it had not ended after 0.3 seconds/);
});

test('Node tests are counted, passed and failed, by name too', async () => {
  const good = file('good.mjs', "test('a fine one', () => {}); test('Another (fine) one', () => {});");
  const bad = file('bad.mjs', "test('a bad one', () => assert.equal(1, 2));");
  assert.deepEqual(await nodeTests([good, bad], context()), { passed: 2, failed: 1 });
  assert.deepEqual(await nodeTests([good, bad], context('another (FINE)')), { passed: 1, failed: 0 });
  assert.deepEqual(await nodeTests([good, bad], context('nowhere')), { passed: 0, failed: 0 });
});

test('A Node test that is skipped, and a file that does not load, have failed', async () => {
  const skipped = file('skipped.mjs', "test.skip('left out', () => {});");
  const broken = file('broken.mjs', "throw new Error('broken');");
  assert.deepEqual(await nodeTests([skipped], context()), { passed: 0, failed: 1 });
  assert.deepEqual(await nodeTests([broken], context()), { passed: 0, failed: 1 });
  assert.deepEqual(await nodeTests([broken], context('some name')), { passed: 0, failed: 1 });
});

test('What has a meaning in a Catch2 pattern is escaped', () => {
  assert.equal(catchPattern('a pool, [full]'), '*a pool\\, \\[full\\]*');
});
