// The three test runners of the project, brought to one shape: run({ filter, onLine, log }) → { passed, failed }.
// Each of them closes with the plain line "N passed, N failed"; a run that does not (a crash, a sanitizer's report) or
// whose exit code says otherwise counts as a failure.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Failure, root, run } from './run.mjs';
import { serve } from './server.mjs';
import { dist } from './web.mjs';

const limitSeconds = 1200;
const closing = /^(\d+) passed, (\d+) failed$/;

export async function counted(program, words, { filter, onLine, ...options }) {
  const counts = { passed: 0, failed: 0 };
  let closed = false;
  const read = (line) => {
    const match = closing.exec(line);
    if (!match) return onLine(line);
    closed = true;
    counts.passed += Number(match[1]);
    counts.failed += Number(match[2]);
    return undefined;
  };
  const { ok, code } = await run(program, words, { limitSeconds, onLine: read, ...options });
  const matchedNothing = filter && closed && counts.passed + counts.failed === 0;
  if (!ok && counts.failed === 0 && !matchedNothing) {
    onLine(`The tests ended with exit code ${code} before they were done.`);
    counts.failed = 1;
  } else if (ok && !closed) {
    onLine('The tests ended without saying how many passed.');
    counts.failed = 1;
  }
  return counts;
}

/** Catch2 programs: its pattern *NAME* ignores case; what has a meaning in it is escaped. */
export const catchPattern = (name) => `*${name.replace(/[\\,[\]"*~]/g, '\\$&')}*`;

export const runCatch =
  ([program, ...words]) =>
  ({ filter, onLine, log }) =>
    counted(program, [...words, ...(filter ? [catchPattern(filter)] : [])], { filter, onLine, log });

/** A regular expression that means `name` itself; both runners below take one and ignore case. */
const literal = (name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

export const runNodeTests =
  (folders) =>
  ({ filter, onLine, log }) =>
    nodeTests(folders.flatMap(testFiles), { filter, onLine, log });

export function nodeTests(files, { filter, onLine, ...options }) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const words = ['--test', `--test-reporter=${path.join(root, 'scripts/lib/node-test-reporter.mjs')}`];
  if (filter) words.push(`--test-name-pattern=/${literal(filter)}/i`);
  // Set while Node's runner runs us: a runner inside would take itself for a child and report in another language.
  const env = { NODE_TEST_CONTEXT: undefined };
  return counted(process.execPath, [...words, ...files], { filter, onLine, env, ...options });
}

function testFiles(folder) {
  const full = path.join(root, folder);
  if (!existsSync(full)) throw new Failure(`${folder} is missing.`);
  const names = readdirSync(full).filter((name) => name.endsWith('.test.mjs'));
  return names.sort().map((name) => path.join(full, name));
}

export const runPlaywright =
  (config) =>
  async ({ filter, onLine, log }) => {
    const { server, address } = await serve(dist, 0);
    try {
      const words = ['node_modules/@playwright/test/cli.js', 'test', '--config', config];
      if (filter) words.push('--grep', `/${literal(filter)}/i`, '--pass-with-no-tests');
      const env = { HEAPYARD_URL: address, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
      return await counted(process.execPath, words, { filter, onLine, log, env });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  };
