// Runs the programs of the benchmarks and gathers what they print, a line of JSON each.
import path from 'node:path';
import { command } from '../scripts/lib/packages.mjs';
import { say, task } from '../scripts/lib/progress.mjs';
import { Failure, root, run } from '../scripts/lib/run.mjs';

const native = (name) => [path.join(root, 'build', 'bench', `bench-${name}`)];
const wasm = (name) => [process.execPath, path.join(root, 'build', 'bench-wasm', `bench-${name}.js`)];

/**
 * What a program prints; every line goes to `onLine`, read.
 *
 * @param {string[]} words
 * @param {{ onLine?: (line: any) => void }} [options]
 */
async function linesOf([program = '', ...words], { onLine = () => {} } = {}) {
  const read = [];
  const { ok, lines } = await run(program, words, {
    log: 'bench',
    onLine(text) {
      if (!text.startsWith('{')) return;
      read.push(JSON.parse(text));
      onLine(read.at(-1));
    },
  });
  if (!ok) throw new Failure(`${lines.slice(-10).join('\n')}\n\n${path.basename(words[0] ?? program)} failed.`);
  return read;
}

/** A turn of every program after a turn of every other: `{ where, group, who, turn, ns }` of each batch. */
export function measureSpeed(only, turns) {
  return task('Speed, natively and as WebAssembly', async (progress) => {
    const programs = [
      { where: 'native', words: [...native('allocators'), '--only', only] },
      { where: 'wasm', words: [...wasm('emmalloc'), '--only', only] },
      { where: 'wasm', words: [...wasm('dlmalloc'), '--only', 'dlmalloc'] },
    ];
    const batches = [];
    for (let turn = 0; turn < turns; ++turn) {
      for (const { where, words } of programs) {
        const onLine = ({ group, who }) => progress(`turn ${turn + 1} of ${turns}: ${group}, ${who}`);
        const lines = await linesOf([...words, '--turns', '1', '--first-turn', String(turn)], { onLine });
        batches.push(...lines.filter(({ group }) => group.includes(only)).map((line) => ({ where, ...line })));
      }
    }
    return batches;
  });
}

/** The same of recorded runs, which take seconds. */
export function measureHistory(turns) {
  return task('Recorded runs', async (progress) => {
    const onLine = ({ who, turn }) => progress(`turn ${turn + 1} of ${turns}: ${who}`);
    const lines = await linesOf([...native('history'), '--turns', String(turns)], { onLine });
    return lines.map((line) => ({ where: 'native', ...line }));
  });
}

/** Instructions of one operation, native: those of many rounds less those of few. Undefined without valgrind. */
export async function countInstructions(only) {
  if (!command('valgrind')) {
    say('Instructions are not counted: valgrind is not installed (Debian: apt-get install valgrind).');
    return undefined;
  }
  const [program] = native('allocators');
  const candidates = (await linesOf([program, '--only', only, '--list'])).filter(({ slow }) => !slow);
  return task('Instructions of an operation, by callgrind', async (progress) => {
    const counted = [];
    for (const [at, { group, who, operations }] of candidates.entries()) {
      progress(`${at + 1} of ${candidates.length}: ${group}, ${who}`);
      const of = async (rounds) => {
        const words = ['--tool=callgrind', '--callgrind-out-file=/dev/null', program, '--once', `${group}/${who}`];
        const { ok, lines } = await run('valgrind', [...words, String(rounds)], { log: 'bench-callgrind' });
        const match = lines.map((line) => /Collected : (\d+)/.exec(line)).find(Boolean);
        if (!ok || !match) throw new Failure(`${lines.slice(-10).join('\n')}\n\nvalgrind could not run ${program}.`);
        return Number(match[1]);
      };
      counted.push({ group, who, instructions: ((await of(3)) - (await of(1))) / (2 * operations) });
    }
    return counted;
  });
}

/** The longest single operations: what timing costs, and `{ who, median_ns, tail_ns, worst_ns, … }`. */
export function measureWorst(repetitions) {
  return task('The longest single operations', async (progress) => {
    const onLine = ({ repetition }) => repetition && progress(`repetition ${repetition} of ${repetitions}`);
    const lines = await linesOf([...native('worst'), String(repetitions)], { onLine });
    const { overhead_ns } = lines.find((line) => 'overhead_ns' in line);
    return { overhead_ns, allocators: lines.filter((line) => 'worst_ns' in line) };
  });
}

/** Memory taken for what was asked: `{ trace, who, requested, end, resident }`. Undefined where there is no /proc. */
export function measureBytes() {
  if (process.platform !== 'linux') {
    say('Utilisation is not measured: that takes Linux, which counts the resident memory of a process.');
    return undefined;
  }
  return task('Utilisation', (progress) =>
    linesOf(native('bytes'), { onLine: ({ trace, who }) => progress(`${trace}, ${who}`) }),
  );
}
