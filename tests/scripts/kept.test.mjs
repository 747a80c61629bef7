// What npm test runs again, and what it does not: on files made here.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fingerprint, unlessPassed } from '../../scripts/lib/kept.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
const kept = path.join(folder, 'passed');
const source = path.join(folder, 'read', 'source');
const stage = { id: 'stage', reads: [path.join(folder, 'read')] };
after(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(path.dirname(source), { recursive: true });
  writeFileSync(source, 'one');
});

let runs = 0;
const runTo = (passed, failed) => () => {
  runs += 1;
  return Promise.resolve({ passed, failed });
};
const run = ({ to = runTo(3, 0), all = false } = {}) => unlessPassed(stage, all, to, kept);

async function runsIn(work) {
  const earlier = runs;
  await work();
  return runs - earlier;
}

test('A stage that passed is not run again, and tells how many passed', async () => {
  assert.deepEqual(await run(), { passed: 3, failed: 0 });
  assert.equal(await runsIn(async () => assert.deepEqual(await run(), { passed: 0, failed: 0, before: 3 })), 0);
});

test('A stage is run again when a file that it reads changes, comes or goes', async () => {
  await run();
  writeFileSync(source, 'two');
  assert.equal(await runsIn(run), 1);
  const other = path.join(path.dirname(source), 'other');
  writeFileSync(other, '');
  assert.equal(await runsIn(run), 1);
  rmSync(other);
  assert.equal(await runsIn(run), 1);
});

test('A stage that failed is run again, whatever passed before', async () => {
  await run();
  writeFileSync(source, 'two');
  await run({ to: runTo(2, 1) });
  assert.equal(await runsIn(run), 1);
  writeFileSync(source, 'one');
  assert.equal(await runsIn(run), 1);
});

test('A stage that breaks off keeps nothing', async () => {
  await run();
  await assert.rejects(run({ all: true, to: () => Promise.reject(new Error('broken off')) }));
  assert.equal(await runsIn(run), 1);
});

test('A stage that found no test is run again', async () => {
  await run({ to: runTo(0, 0) });
  assert.equal(await runsIn(run), 1);
});

test('What changes while a stage runs is not taken for what it ran on', async () => {
  const edit = () => {
    writeFileSync(source, 'two');
    return Promise.resolve({ passed: 3, failed: 0 });
  };
  await run({ to: edit });
  assert.equal(await runsIn(run), 1);
});

test('--all runs a stage that passed, and keeps how it went', async () => {
  await run();
  assert.equal(await runsIn(() => run({ all: true, to: runTo(4, 0) })), 1);
  assert.deepEqual(await run(), { passed: 0, failed: 0, before: 4 });
});

test('A kept result that cannot be read counts as none', async () => {
  await run();
  const [hash] = readFileSync(path.join(kept, stage.id), 'utf8').split(' ');
  for (const text of ['', hash, `${hash} `, `${hash} many`, 'x 3']) {
    writeFileSync(path.join(kept, stage.id), text);
    assert.equal(await runsIn(run), 1, `"${text}"`);
  }
});

test('Another program, and a variable that steers the tests, are a change', () => {
  const program = path.join(folder, 'program');
  writeFileSync(program, 'old');
  const earlier = fingerprint([], [program]);
  assert.equal(fingerprint([], [program]), earlier);
  writeFileSync(program, 'newer');
  const later = fingerprint([], [program]);
  assert.notEqual(later, earlier);
  process.env.HEAPYARD_SEED = '17';
  try {
    assert.notEqual(fingerprint([], [program]), later);
  } finally {
    delete process.env.HEAPYARD_SEED;
  }
});

test('What a stage reads must be there', () => {
  assert.throws(() => fingerprint(['nowhere/at/all']), /nowhere\/at\/all is missing/);
});
