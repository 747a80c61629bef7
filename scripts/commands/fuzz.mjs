import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildPreset } from '../lib/cmake.mjs';
import { task } from '../lib/progress.mjs';
import { Failure, root, run } from '../lib/run.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { ensureTools } from '../lib/system.mjs';

const usualSeconds = 30;

/**
 * `npm run fuzz`, `npm run fuzz -- TARGET`, `npm run fuzz -- --seconds N`: each target of tests/fuzz for N seconds,
 * from the inputs of tests/corpus/TARGET. What is found on the way stays under build/fuzz/found, what fails beside it.
 */
export async function main(words) {
  const { seconds, wanted } = wishes(words);
  await ensureTools('fuzz');
  await ensureNpmPackages();
  const folder = path.join(root, 'tests', 'fuzz');
  const targets = readdirSync(folder)
    .filter((name) => name.endsWith('.fuzz.cpp'))
    .map((name) => name.replace('.fuzz.cpp', ''))
    .filter((name) => name.includes(wanted));
  if (targets.length === 0) throw new Failure(`No fuzz target matches "${wanted}".`);
  const programs = targets.map((target) => `fuzz-${target}`);
  await buildPreset('fuzz', 'Building the fuzz targets', programs);
  for (const target of targets.sort()) await fuzz(target, seconds);
}

export function wishes(words) {
  const rest = [...words];
  const at = rest.indexOf('--seconds');
  const [, value] = at === -1 ? [] : rest.splice(at, 2);
  const seconds = at === -1 ? usualSeconds : Number(value);
  if (!Number.isInteger(seconds) || seconds < 1 || rest.length > 1 || rest[0]?.startsWith('-')) {
    throw new Failure('usage: npm run fuzz -- [TARGET] [--seconds N]');
  }
  return { seconds, wanted: rest[0] ?? '' };
}

async function fuzz(target, seconds) {
  const corpus = path.join(root, 'tests', 'corpus', target);
  if (!existsSync(corpus) || readdirSync(corpus).length === 0) {
    throw new Failure(`tests/corpus/${target} is empty: the fuzz target ${target} needs inputs to start from.`);
  }
  const found = path.join(root, 'build', 'fuzz', 'found', target);
  mkdirSync(found, { recursive: true });
  await task(`Fuzzing ${target} for ${seconds} s`, async (progress) => {
    const program = path.join(root, 'build', 'fuzz', `fuzz-${target}`);
    const options = [`-max_total_time=${seconds}`, '-timeout=10', `-artifact_prefix=build/fuzz/${target}-`];
    const { ok, lines } = await run(program, [...options, found, corpus], { onLine: progress, log: `fuzz-${target}` });
    if (!ok) {
      const from = lines.findIndex((line) => /ERROR|SUMMARY|panic/.test(line));
      throw new Failure(`${lines.slice(Math.max(from, 0)).join('\n')}\n\nThe input that did it lies in build/fuzz/.`);
    }
    const runs = lines.map((line) => /^Done (\d+) runs/.exec(line)?.[1]).find(Boolean);
    return { note: `${runs ?? 'some'} inputs, no failure` };
  });
}
