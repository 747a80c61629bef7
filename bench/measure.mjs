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

// The same caches on every machine: 32 KiB, then 1 MiB of which a line that is missing comes from far away.
const simulated = ['--I1=32768,8,64', '--D1=32768,8,64', '--LL=1048576,16,64', '--cache-sim=yes', '--branch-sim=yes'];

/**
 * What callgrind counted, of the lines that it prints.
 *
 * @param {string[]} lines
 */
export function readProfile(lines) {
  const after = (name) =>
    lines
      .map((line) => line.split(`${name} : `)[1])
      .find(Boolean)
      ?.trim()
      .split(/\s+/);
  const [events, counts] = [after('Events   '), after('Collected')];
  if (!events || !counts || events.length !== counts.length) return undefined;
  const of = (...names) => names.reduce((sum, name) => sum + Number(counts[events.indexOf(name)]), 0);
  return {
    instructions: of('Ir'),
    near_misses: of('D1mr', 'D1mw'),
    far_misses: of('DLmr', 'DLmw'),
    mispredictions: of('Bcm', 'Bim'),
  };
}

/**
 * What one operation takes, native, whatever else the machine does: instructions, and in a simulated processor the misses
 * of its caches and of its prediction of branches; those of many rounds less those of few. Undefined without valgrind.
 */
export async function profileOperations(only) {
  if (!command('valgrind')) {
    say('Instructions are not counted: valgrind is not installed (Debian: apt-get install valgrind).');
    return undefined;
  }
  const [program] = native('allocators');
  const candidates = (await linesOf([program, '--only', only, '--list'])).filter(({ slow }) => !slow);
  return task('A profile of each operation, by callgrind', async (progress) => {
    const profiles = [];
    for (const [at, { group, who, operations }] of candidates.entries()) {
      progress(`${at + 1} of ${candidates.length}: ${group}, ${who}`);
      const of = async (rounds) => {
        const words = ['--tool=callgrind', ...simulated, '--callgrind-out-file=/dev/null', program];
        const { ok, lines } = await run('valgrind', [...words, '--once', `${group}/${who}`, String(rounds)], {
          log: 'bench-callgrind',
        });
        const profile = ok ? readProfile(lines) : undefined;
        if (!profile) throw new Failure(`${lines.slice(-10).join('\n')}\n\nvalgrind could not run ${program}.`);
        return profile;
      };
      const [few, many] = [await of(1), await of(3)];
      const each = Object.entries(many).map(([name, count]) => [name, (count - few[name]) / (2 * operations)]);
      profiles.push({ group, who, profile: Object.fromEntries(each) });
    }
    return profiles;
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
