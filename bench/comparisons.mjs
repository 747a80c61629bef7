// What is compared with what, and which ratio is wanted: of times per operation, below 1 is faster.
import { median, quantile } from './statistics.mjs';

const groups = ['pool-batch', 'pool-churn'];
const mixed = ['mixed-batch', 'mixed-churn'];
const general = ['TLSF', 'slab', 'buddy', 'free list', 'free list, next fit', 'free list, best fit'];
const rivals = ['glibc', 'mimalloc'];
const farBelow = 0.5;
const native = (who) => ({ where: 'native', who: [who].flat() });
const wasm = (who) => ({ where: 'wasm', who: [who].flat() });

/** Of several, the fastest counts. Those without a `target` are told for comparison. */
export const comparisons = [
  ...groups.map((group) => compare(group, native('Pool<Unchecked>'), native('intrusive list'), 1.1)),
  ...groups.map((group) => compare(group, native('Pool<Judged>'), native('Boost.Pool'), 1.5)),
  ...groups.map((group) => compare(group, native('Pool<Checked>'), native('Boost.Pool'))),
  compare('bump', native('Bump<Unchecked>'), native('std::pmr::monotonic_buffer_resource'), 1.1),
  ...mixed.map((group) => compare(group, native(general), native(rivals), 1)),
  ...mixed.flatMap((group) => rivals.map((rival) => compare(group, native('TLSF'), native(rival), 1.5))),
  ...groups.flatMap((group) =>
    ['Pool<Unchecked>', 'Pool<Judged>'].map((who) => compare(group, wasm(who), native(who), 1.5)),
  ),
  compare('bump', wasm('Bump<Unchecked>'), native('Bump<Unchecked>'), 1.5),
  ...mixed.flatMap((group) =>
    ['TLSF', 'slab', 'buddy', 'free list'].map((who) => compare(group, wasm(who), native(who), 1.5)),
  ),
  ...[...groups, ...mixed].map((group) =>
    compare(group, wasm(group.startsWith('pool') ? 'Pool<Unchecked>' : 'TLSF'), wasm(['emmalloc', 'dlmalloc'])),
  ),
];

function compare(group, ours, theirs, target) {
  return { group, ours, theirs, target };
}

/** The candidates of a run by place, group and name: `{ where, group, who, turns, median, low, high }`. */
export function gather(batches) {
  const found = new Map();
  for (const { where, group, who, turn, ns } of batches) {
    const key = JSON.stringify([where, group, who]);
    if (!found.has(key)) found.set(key, { where, group, who, turns: new Map() });
    found.get(key).turns.set(turn, ns);
  }
  return [...found.values()].map(({ turns, ...names }) => {
    const ns = [...turns.values()];
    return { ...names, turns, median: median(ns), low: quantile(ns, 0.25), high: quantile(ns, 0.75) };
  });
}

/** What a comparison comes to: turn by turn, so that what slowed down both takes nothing from either. */
export function judge(comparison, candidates) {
  const { group, target } = comparison;
  const best = ({ where, who }) =>
    candidates
      .filter((each) => each.where === where && each.group === group && who.includes(each.who))
      .sort((a, b) => a.median - b.median)[0];
  const ours = best(comparison.ours);
  const theirs = best(comparison.theirs);
  if (!ours || !theirs) return undefined;
  const ratios = [...ours.turns].filter(([turn]) => theirs.turns.has(turn)).map(([t, ns]) => ns / theirs.turns.get(t));
  const ratio = median(ratios);
  return {
    group,
    ours: named(ours),
    theirs: named(theirs),
    ratio,
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
    target,
    reached: target === undefined ? undefined : ratio <= target,
    instructions: ours.instructions && theirs.instructions ? ours.instructions / theirs.instructions : undefined,
  };
}

/**
 * The same of the longest single operations and of the memory taken, of which less is better too.
 *
 * @param {{ allocators: any[] } | undefined} worst
 * @param {any[] | undefined} bytes
 */
export function judgeFigures(worst, bytes) {
  const single = (group, ours, theirs, figure, target) => {
    if (!ours || !theirs) return [];
    const ratio = figure(ours) / figure(theirs);
    return [{ group, ours: ours.who, theirs: theirs.who, ratio, target, reached: ratio <= target }];
  };
  const of = (list, who) => list.find((each) => each.who === who);
  const longest = rivals.flatMap((rival) =>
    worst
      ? single(
          'longest operation',
          of(worst.allocators, 'TLSF'),
          of(worst.allocators, rival),
          (each) => each.worst_ns,
          farBelow,
        )
      : [],
  );
  const taken = [...new Set((bytes ?? []).map(({ trace }) => trace))].flatMap((trace) => {
    const those = bytes.filter((each) => each.trace === trace);
    const ours = those.filter(({ who }) => !rivals.includes(who)).sort((a, b) => a.resident - b.resident);
    return [...new Set(['TLSF', ours[0].who])].flatMap((who) =>
      rivals.flatMap((rival) =>
        single(`memory, mixed-${trace}`, of(those, who), of(those, rival), (each) => each.resident, 1),
      ),
    );
  });
  return [...longest, ...taken];
}

const named = ({ where, who }) => (where === 'wasm' ? `${who} as WebAssembly` : who);
