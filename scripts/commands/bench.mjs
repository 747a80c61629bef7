import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildPreset } from '../lib/cmake.mjs';
import { bold } from '../lib/progress.mjs';
import { Failure, root, runOnTerminal } from '../lib/run.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { ensureTools } from '../lib/system.mjs';
import { buildEverything } from '../lib/web.mjs';

/**
 * `npm run bench`, `npm run bench -- --benchmark_filter=pool`: builds and runs the benchmarks beside other allocators.
 * `npm run bench -- --page`: measures the steps of the lessons in the page.
 */
export async function main(words) {
  if (words.includes('--page')) return benchPage();
  await ensureTools('bench');
  await ensureNpmPackages();
  await buildPreset('bench', 'Building the benchmarks');
  const programs = readdirSync(path.join(root, 'build', 'bench')).filter((name) => /^bench-\w+$/.test(name));
  if (programs.length === 0) throw new Failure('The preset bench built no program.');
  for (const name of programs.sort()) {
    console.log(`\n${bold(name)}`);
    const { ok } = await runOnTerminal(path.join(root, 'build', 'bench', name), words);
    if (!ok) throw new Failure(`${name} failed.`);
  }
}

async function benchPage() {
  await ensureTools('test');
  await ensureNpmPackages();
  await buildEverything();
  const { measureSteps } = await import('../../bench/page.mjs');
  await measureSteps();
}
