// What npm run bench says, of figures made here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather, judge, judgeFigures } from '../../bench/comparisons.mjs';
import { readProfile } from '../../bench/measure.mjs';
import { chart, comparisonLines, reportPage } from '../../bench/report.mjs';
import { median, quantile } from '../../bench/statistics.mjs';
import { wishes } from '../../scripts/commands/bench.mjs';

const batches = (who, times) => times.map((ns, turn) => ({ where: 'native', group: 'churn', who, turn, ns }));
const compare = (ours, theirs, target) => ({
  group: 'churn',
  ours: { where: 'native', who: ours },
  theirs: { where: 'native', who: theirs },
  target,
});

test('A ratio is that of two times of the same turn', () => {
  const candidates = gather([...batches('pool', [10, 50, 12]), ...batches('list', [20, 100, 24])]);
  const judged = judge(compare(['pool'], ['list'], 0.6), candidates);
  assert.equal(judged.ratio, 0.5);
  assert.deepEqual([judged.low, judged.high, judged.reached], [0.5, 0.5, true]);
});

test('A turn that one of the two missed says nothing of their ratio', () => {
  const candidates = gather([...batches('pool', [10, 1000]), ...batches('list', [20])]);
  assert.equal(judge(compare(['pool'], ['list'], 0.4), candidates).ratio, 0.5);
  assert.equal(judge(compare(['pool'], ['list'], 0.4), candidates).reached, false);
});

test('Of several candidates the fastest is compared', () => {
  const candidates = gather([...batches('a', [4]), ...batches('b', [3]), ...batches('c', [9]), ...batches('d', [6])]);
  const { ours, theirs, ratio } = judge(compare(['a', 'b'], ['c', 'd']), candidates);
  assert.deepEqual({ ours, theirs, ratio }, { ours: 'b', theirs: 'd', ratio: 0.5 });
  assert.equal(judge(compare(['nobody'], ['c']), candidates), undefined);
});

test('Memory and the longest operation are compared with each rival', () => {
  const bytes = [
    { trace: 'churn', who: 'TLSF', resident: 110 },
    { trace: 'churn', who: 'glibc', resident: 100 },
  ];
  const worst = {
    allocators: [
      { who: 'TLSF', worst_ns: 10 },
      { who: 'mimalloc', worst_ns: 100 },
    ],
  };
  const judged = judgeFigures(worst, bytes).map(({ theirs, ratio, reached }) => [theirs, ratio, reached]);
  assert.deepEqual(judged, [
    ['mimalloc', 0.1, true],
    ['glibc', 1.1, false],
  ]);
  assert.match(comparisonLines(judgeFigures(worst, bytes)).join('\n'), /1\.10 .*missed .*TLSF to glibc/);
});

test('A profile is read of what callgrind prints, and is none where it did not count', () => {
  const lines = [
    '==7== Events    : Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw Bc Bcm Bi Bim',
    '==7== Collected : 1000 400 200 9 30 12 8 5 2 90 7 6 1',
  ];
  const profile = { instructions: 1000, near_misses: 42, far_misses: 7, mispredictions: 8 };
  assert.deepEqual(readProfile(lines), profile);
  assert.equal(readProfile(lines.slice(0, 1)), undefined);
  assert.equal(readProfile([lines[0], '==7== Collected : 1000']), undefined);

  const report = (candidates) =>
    reportPage({ machine: 'one', turns: 1, candidates, judged: [], worst: undefined, bytes: undefined });
  const candidates = gather([...batches('slow', [20]), ...batches('fast', [10])]);
  assert.doesNotMatch(report(candidates), /Where the time goes/);
  const profiled = report(candidates.map((each) => ({ ...each, ...profile })));
  assert.match(profiled, /<td>fast<\/td><td>1000.0<\/td><td>42.0<\/td><td>7.0<\/td><td>8.0<\/td>[^]*<td>slow</);
});

test('A ratio has as many digits as show on which side of the wanted one it lies', () => {
  const line = (ratio) =>
    comparisonLines([{ group: 'g', ours: 'a', theirs: 'b', ratio, target: 1 }])[1]
      .trim()
      .split(' ')[0];
  assert.deepEqual([0.98, 1, 1.0002, 0.996].map(line), ['0.98', '1.00', '1.0002', '0.996']);
});

test('Quantiles lie between the values beside them', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(quantile([1, 2, 3, 4], 0.25), 1.75);
  assert.equal(quantile([5], 0.75), 5);
});

test('A chart says in words what its bars show, and cuts off what would dwarf the others', () => {
  const bars = [1, 2, 100].map((value) => ({ name: `<${value}>`, value, words: `${value} ns` }));
  const drawn = chart('Speed', bars);
  assert.match(drawn, /aria-label="Speed: &#60;1&#62; 1 ns; &#60;2&#62; 2 ns; &#60;100&#62; 100 ns"/);
  assert.deepEqual(
    [...drawn.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width)),
    [30, 60, 360],
  );
  assert.equal(drawn.match(/class="cut"/g).length, 1);
});

test('The benchmarks take a group and a number of turns, and refuse anything else', () => {
  assert.deepEqual(wishes(['mixed', '--turns', '3']), { turns: 3, only: 'mixed' });
  for (const words of [['--turns'], ['--turns', '0'], ['--turn', '3'], ['mixed', 'pool']]) {
    assert.throws(() => wishes(words), /usage: npm run bench/);
  }
});
