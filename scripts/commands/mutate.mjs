import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { compare, mutantsOf, sample } from '../lib/mutation.mjs';
import { isKnown, prepareShared, Workshop } from '../lib/mutation_build.mjs';
import { bold, say, task } from '../lib/progress.mjs';
import { Failure, root } from '../lib/run.mjs';
import { ensureTools } from '../lib/system.mjs';

const folder = 'core/include/heapyard/alloc';
const explanations = 'tests/mutation/survivors.json';
const usualCount = 120;

/**
 * `npm run mutate`: small wrong changes in the allocators' sources, one at a time in a copy, and whether a test notices.
 * `npm run mutate -- [--count N | --all] [--file NAME] [--seed S]`. A survivor that tests/mutation/survivors.json does
 * not explain makes the exit code 1.
 */
export async function main(words) {
  const { count, file, seed } = wishes(words);
  const files = readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.hpp') && (!file || path.basename(name, '.hpp') === path.basename(file, '.hpp')))
    .map((name) => `${folder}/${name}`);
  if (files.length === 0) throw new Failure(`${folder} holds no header ${file}.`);
  const unknown = files.filter((name) => !isKnown(name));
  if (unknown.length > 0)
    throw new Failure(`scripts/lib/mutation_build.mjs does not say which tests know ${unknown.join(', ')}.`);
  const explained = existsSync(path.join(root, explanations))
    ? JSON.parse(readFileSync(path.join(root, explanations), 'utf8'))
    : [];
  const perFile = files.map((name) => mutantsOf(name, readFileSync(path.join(root, name), 'utf8')));
  const all = perFile.flat();
  const chosen = sample(perFile, count, seed);
  await ensureTools('mutate');

  say(`seed ${seed}: ${chosen.length} of ${all.length} mutants`);
  const workshops = await prepare(seed);
  const verdicts = await judgeAll(chosen, workshops);
  return report(verdicts, all, explained);
}

export function wishes(words) {
  const wish = { count: usualCount, file: '', seed: 1 };
  const rest = [...words];
  const number = (text, least) => {
    if (!/^\d+$/.test(text ?? '') || Number(text) < least) throw usage();
    return Number(text);
  };
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--all') wish.count = Infinity;
    else if (word === '--count') wish.count = number(rest.shift(), 1);
    else if (word === '--seed') wish.seed = number(rest.shift(), 0);
    else if (word === '--file' && rest.length > 0) wish.file = rest.shift();
    else throw usage();
  }
  return wish;
}

const usage = () =>
  new Failure('usage: npm run mutate -- [--count N | --all] [--file NAME] [--seed S], where NAME is a header: pool');

/** The tests have to pass with nothing changed; else every mutant would seem to be killed. */
function prepare(seed) {
  return task('Building and running the tests with nothing changed', async (progress) => {
    const shared = await prepareShared(progress);
    const workshops = Array.from({ length: availableParallelism() }, (_, number) => new Workshop(number, seed));
    for (const workshop of workshops) workshop.prepare(shared);
    progress('the tests');
    const seconds = await workshops[0].baseline();
    for (const workshop of workshops) workshop.seconds = seconds;
    return workshops;
  });
}

async function judgeAll(mutants, workshops) {
  const verdicts = mutants.map((mutant) => ({ mutant, verdict: '' }));
  await task('Mutating', async (progress) => {
    let done = 0;
    let survivors = 0;
    await inTurn(verdicts, workshops, async (one, workshop) => {
      one.verdict = await workshop.judge(one.mutant);
      done += 1;
      if (one.verdict === 'survived') survivors += 1;
      if (one.verdict !== 'killed') say(`    ${words(one)}`);
      progress(`${bar(done / mutants.length)} ${done} of ${mutants.length}, ${survivors} survived`);
    });
    return { note: `${done} mutants, ${survivors} survived` };
  });
  return verdicts;
}

/** Hands out the work, one piece to each workshop at a time. */
async function inTurn(pieces, workshops, work) {
  let next = 0;
  const loop = async (workshop) => {
    while (next < pieces.length) await work(pieces[next++], workshop);
  };
  await Promise.all(workshops.map(loop));
}

const bar = (share) => `${'█'.repeat(Math.round(share * 20))}${'·'.repeat(20 - Math.round(share * 20))}`;
const words = ({ mutant, verdict }) =>
  `${verdict}: ${mutant.file}:${mutant.line} (${mutant.operator})\n        - ${mutant.before}\n        + ${mutant.after}`;

function report(verdicts, all, explained) {
  const those = (...names) => verdicts.filter(({ verdict }) => names.includes(verdict));
  const killed = those('killed', 'timed out').map(({ mutant }) => mutant);
  const survivors = those('survived').map(({ mutant }) => mutant);
  const { unexplained, stale } = compare(explained, survivors, killed, all);
  const told = new Set(unexplained);
  say(`\n${bold('By file')}`);
  for (const file of new Set(verdicts.map(({ mutant }) => mutant.file))) {
    const of = (list) => list.filter((mutant) => mutant.file === file).length;
    say(`    ${path.basename(file).padEnd(20)} ${of(killed)} killed, ${of(survivors)} survived`);
  }
  for (const one of stale)
    say(
      `\nStale: ${explanations} explains a survivor that is none any more; take it out.\n    ${one.file}: ${one.before} → ${one.after}`,
    );
  if (told.size > 0) {
    say(`\n${bold('Survivors without an explanation')}: write a test that notices, or explain them in ${explanations}`);
    for (const mutant of told) say(JSON.stringify(entryOf(mutant), undefined, 2));
  }
  const judged = killed.length + survivors.length;
  const share = judged === 0 ? '0' : ((100 * killed.length) / judged).toFixed(1);
  say(
    `\n${killed.length} killed (${those('timed out').length} of them timed out), ${survivors.length} survived ` +
      `(${survivors.length - told.size} explained), ${those('did not compile').length} did not compile: score ${share} %`,
  );
  return told.size > 0 || judged === 0 ? 1 : 0;
}

/** As it stands in the file of explanations. */
const entryOf = ({ file, operator, before, after }) => ({ file, operator, before, after, why: '' });
