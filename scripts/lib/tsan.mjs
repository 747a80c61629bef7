// ThreadSanitizer: how its programs are run, and the proof that it sees what it has to see.
import { spawnSync } from 'node:child_process';
import { command } from './packages.mjs';
import { Failure, run } from './run.mjs';

/**
 * The words that run a program of ThreadSanitizer. Older ones do not start where the kernel spreads a program over
 * more addresses than they know (`vm.mmap_rnd_bits` above 28): it is asked not to, where it may be asked. In some
 * containers it may not.
 *
 * @param {string} program
 * @returns {[string, ...string[]]}
 */
export function withoutRandomAddresses(program) {
  const setarch = command('setarch');
  const may = setarch && spawnSync(setarch, ['-R', 'true']).status === 0;
  return may ? [setarch, '-R', program] : [program];
}

/** Checks of `shared`, in which two threads copy an Rc or an Arc: the one is a data race, and the other is none. */
export const dataRaces = (shared) => ({
  'A plain count that two threads change is a data race, and ThreadSanitizer finds it': async ({ onLine }) => {
    const { ok, lines } = await shareOnThreads(shared, 'rc', onLine);
    const race = lines.some((line) => /WARNING: ThreadSanitizer: data race/.test(line));
    const place = lines.some((line) => /RcBlock<void>::add_strong/.test(line));
    if (ok || !race || !place)
      throw new Failure('ThreadSanitizer did not report the data race of an Rc on two threads.');
  },
  'An atomic count that two threads change is no data race': async ({ onLine }) => {
    const { ok } = await shareOnThreads(shared, 'arc', onLine);
    if (!ok) throw new Failure('An Arc on two threads is not what ThreadSanitizer expects.');
  },
});

function shareOnThreads(shared, kind, onLine) {
  const [program, ...words] = withoutRandomAddresses(shared);
  return run(program, [...words, kind], { onLine, log: `tsan-${kind}`, limitSeconds: 60 });
}
