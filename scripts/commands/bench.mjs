import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { buildPreset } from '../lib/cmake.mjs';
import { bold, say } from '../lib/progress.mjs';
import { Failure, root } from '../lib/run.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { ensureTools } from '../lib/system.mjs';
import { buildEverything } from '../lib/web.mjs';

const usualTurns = 15;
const speed = ['pool-batch', 'pool-churn', 'bump', 'mixed-batch', 'mixed-churn'];
const groups = [...speed, 'history', 'worst', 'bytes'];

/**
 * `npm run bench`, `npm run bench -- GROUP` (mixed, pool-churn, worst, …), `npm run bench -- --turns N`: the allocators beside others, natively and as
 * WebAssembly, with the ratios that are wanted. Leaves build/bench/results.json and build/bench/report.html.
 * `npm run bench -- --page`: measures the steps of the lessons in the page.
 */
export async function main(words) {
  if (words.includes('--page')) return benchPage();
  const { turns, only } = wishes(words);
  await ensureTools('bench');
  await ensureNpmPackages();
  await buildPreset('bench', 'Building the benchmarks');
  await buildPreset('bench-wasm', 'Building the benchmarks as WebAssembly');
  return benchAllocators(turns, only);
}

export function wishes(words) {
  const rest = [...words];
  const at = rest.indexOf('--turns');
  const [, value] = at === -1 ? [] : rest.splice(at, 2);
  const turns = at === -1 ? usualTurns : Number(value);
  if (!Number.isInteger(turns) || turns < 1 || rest.length > 1 || rest[0]?.startsWith('-')) {
    throw new Failure('usage: npm run bench -- [GROUP] [--turns N] | --page');
  }
  return { turns, only: rest[0] ?? '' };
}

async function benchAllocators(turns, only) {
  const { measureBytes, measureHistory, measureSpeed, measureWorst, profileOperations } =
    await import('../../bench/measure.mjs');
  const { comparisons, gather, judge, judgeFigures } = await import('../../bench/comparisons.mjs');
  const { comparisonLines, reportPage } = await import('../../bench/report.mjs');

  const isWanted = (group) => group.includes(only);
  if (!groups.some(isWanted)) throw new Failure(`No group is called "${only}"; there are ${groups.join(', ')}.`);
  const isSpeedWanted = speed.some(isWanted);
  const batches = isSpeedWanted ? await measureSpeed(only, turns) : [];
  if (isWanted('history')) batches.push(...(await measureHistory(Math.min(turns, 3))));
  const profiles = isSpeedWanted ? await profileOperations(only) : undefined;
  const candidates = gather(batches).map(({ turns: times, ...each }) => {
    const found = profiles?.find(({ group, who }) => group === each.group && who === each.who);
    return { ...each, ...(each.where === 'native' ? found?.profile : {}), turns: times };
  });
  const worst = isWanted('worst') ? await measureWorst(turns * 4) : undefined;
  const bytes = isWanted('bytes') ? await measureBytes() : undefined;
  const speeds = comparisons.map((comparison) => judge(comparison, candidates)).filter(Boolean);
  const judged = [...speeds, ...judgeFigures(worst, bytes)];

  const machine = `${cpus()[0]?.model ?? process.arch}, Node ${process.version}`;
  const results = { machine, turns, candidates, judged, worst, bytes };
  const write = (name, text) => {
    const file = path.join(root, 'build', 'bench', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return path.relative(root, file);
  };
  const flat = (_key, value) => (value instanceof Map ? [...value.values()] : value);
  const files = [write('results.json', JSON.stringify(results, flat, 2)), write('report.html', reportPage(results))];

  if (judged.length > 0)
    say(
      `\n${bold('Ratios')} of times, and of memory where it says so (below 1 is better)\n${comparisonLines(judged).join('\n')}`,
    );
  for (const { group, who, median } of candidates.filter((each) => each.group === 'history')) {
    say(`${group}: ${who} takes ${Math.round(median).toLocaleString('en')} ns`);
  }
  const missed = judged.filter(({ reached }) => reached === false).length;
  const wanted = judged.filter(({ target }) => target !== undefined).length;
  say(`\n${wanted - missed} of ${wanted} ratios are as wanted. All of it: ${files.join(', ')}`);
}

async function benchPage() {
  await ensureTools('test');
  await ensureNpmPackages();
  await buildEverything();
  const { measureSteps } = await import('../../bench/page.mjs');
  await measureSteps();
}
