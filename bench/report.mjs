// The report of a run: one HTML file that needs nothing else, and the same comparisons for the terminal.

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const number = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
const ratio = (value) => (value === undefined ? '' : value.toFixed(2));
/** With as many digits as it takes to see on which side of what is wanted it lies. */
const besideTarget = ({ ratio: value, target }) => {
  const digits = [2, 3, 4].find((count) => target === undefined || Number(value.toFixed(count)) !== target) ?? 2;
  return value.toFixed(digits);
};
const share = (value) => `${(100 * value).toFixed(1)} %`;
const verdict = ({ reached }) => (reached === undefined ? '' : reached ? 'reached' : 'missed');

/** A line for each comparison. */
export function comparisonLines(judged) {
  const head = `${'ratio'.padStart(6)}  ${'quartiles'.padEnd(13)} ${'wanted'.padEnd(6)}         instructions`;
  const lines = judged.map((each) => {
    const spread = (each.low === undefined ? '' : `${ratio(each.low)} - ${ratio(each.high)}`).padEnd(13);
    const words = `${each.group}: ${each.ours} to ${each.theirs}`;
    const parts = [besideTarget(each).padStart(6), spread, ratio(each.target).padEnd(6), verdict(each).padEnd(7)];
    return `${parts.join('  ')}  ${ratio(each.instructions).padStart(6)}  ${words}`;
  });
  return [head, ...lines];
}

function table(heads, rows) {
  const cells = (tag, row) => row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr class="${escape(row.mark ?? '')}">${cells('td', row.cells)}</tr>`).join('\n');
  return `<table><thead><tr>${cells('th', heads)}</tr></thead><tbody>${body}</tbody></table>`;
}

/**
 * Horizontal bars, the shortest first, with what they stand for in words. What is longer than six times the middle one
 * is cut off, and says so by its open end. `low` and `high`, where given, are drawn as a whisker.
 *
 * @param {{ name: string, value: number, low?: number, high?: number, words: string }[]} bars
 */
export function chart(title, bars) {
  const sorted = [...bars].sort((a, b) => a.value - b.value);
  const limit = Math.min(sorted.at(-1).value, 6 * sorted[Math.floor(sorted.length / 2)].value);
  const [row, left, width] = [24, 250, 360];
  const x = (value) => left + (width * Math.min(value, limit)) / limit;
  const drawn = sorted.map(({ name, value, low, high, words }, index) => {
    const y = index * row;
    const whisker =
      low === undefined || value > limit
        ? ''
        : `<path class="whisker" d="M${x(low)} ${y + 11}H${x(high)}M${x(low)} ${y + 7}v8M${x(high)} ${y + 7}v8"/>`;
    const cut =
      value > limit ? `<path class="cut" d="M${x(limit) - 8} ${y + 2}l4 18M${x(limit) - 2} ${y + 2}l4 18"/>` : '';
    return `<text x="${left - 8}" y="${y + 16}" text-anchor="end">${escape(name)}</text>
<rect x="${left}" y="${y + 3}" width="${x(value) - left}" height="16"/>${whisker}${cut}
<text x="${Math.max(x(value), x(Math.min(high ?? 0, limit))) + 8}" y="${y + 16}">${escape(words)}</text>`;
  });
  const label = escape(`${title}: ${sorted.map(({ name, words }) => `${name} ${words}`).join('; ')}`);
  return `<figure><figcaption>${escape(title)}</figcaption>
<svg role="img" aria-label="${label}" viewBox="0 0 800 ${row * sorted.length}">${drawn.join('\n')}</svg></figure>`;
}

function speedCharts(candidates) {
  const kinds = [...new Set(candidates.map(({ where, group }) => JSON.stringify([where, group])))];
  return kinds.map((kind) => {
    const [where, group] = JSON.parse(kind);
    const bars = candidates
      .filter((each) => each.where === where && each.group === group)
      .map(({ who, median, low, high, instructions }) => {
        const counted = instructions === undefined ? '' : `, ${number(instructions)} instructions`;
        return { name: who, value: median, low, high, words: `${number(median)} ns${counted}` };
      });
    return chart(`${group}, ${where === 'wasm' ? 'as WebAssembly' : 'native'}`, bars);
  });
}

function profilePart(candidates) {
  const profiled = candidates.filter(({ instructions }) => instructions !== undefined);
  if (profiled.length === 0) return '';
  const counts = ['instructions', 'near_misses', 'far_misses', 'mispredictions'];
  const rows = profiled
    .sort((a, b) => a.group.localeCompare(b.group) || a.median - b.median)
    .map((each) => ({ cells: [each.group, each.who, ...counts.map((name) => Math.max(0, each[name]).toFixed(1))] }));
  const heads = ['an operation', 'of', 'instructions', 'misses of 32 KiB', 'misses of 1 MiB', 'mispredicted branches'];
  return `<h2>Where the time goes</h2>
<p>What callgrind counts of one operation. Instructions are those of this machine; caches and the prediction of branches
are simulated, the same for every machine, so no noise touches them. The fastest of a benchmark comes first.</p>
${table(heads, rows)}`;
}

function worstPart({ overhead_ns, allocators }) {
  const columns = ['median_ns', 'tail_ns', 'worst_ns', 'unfiltered_tail_ns', 'unfiltered_worst_ns'];
  const rows = allocators.map((each) => ({ cells: [each.who, ...columns.map((column) => number(each[column]))] }));
  const bars = allocators.map(({ who, worst_ns }) => ({ name: who, value: worst_ns, words: `${number(worst_ns)} ns` }));
  return `<h2>The longest single operations</h2>
<p>One sequence of 60,000 allocations and releases of mixed sizes, each timed by itself. It is repeated, the allocators
taking turns, and of each operation the shortest of its times counts: an interrupt of the machine does not hit the same
operation in each repetition. Unfiltered: the median over the repetitions of what each alone comes to, interrupts and
all. Timing nothing takes ${number(overhead_ns)} ns, which are in every figure.</p>
${chart('The longest operation', bars)}
${table(['ns', 'median', '99.9 %', 'longest', 'unfiltered 99.9 %', 'unfiltered longest'], rows)}`;
}

function bytesPart(bytes) {
  const parts = [...new Set(bytes.map(({ trace }) => trace))].map((trace) => {
    const those = bytes.filter((each) => each.trace === trace);
    const bars = those.map(({ who, requested, resident }) => ({
      name: who,
      value: requested / resident,
      words: share(requested / resident),
    }));
    const rows = those.map(({ who, requested, end, resident }) => ({
      cells: [who, number(resident), share(requested / resident), end > 0 ? share(requested / end) : ''],
    }));
    const heads = [trace, 'resident bytes', 'of which requested', 'by the greatest end of a block'];
    return chart(`Utilisation, mixed sizes, ${trace}`, bars) + table(heads, rows);
  });
  return `<h2>Utilisation</h2>
<p>The greatest sum of live requested bytes, as a share of the memory taken: of how far the kernel's count of the
process's own resident memory (RssAnon in /proc/self/status) rose above what it was before the first call. Each allocator has
a process of its own, writes every block whole, and is given pages of 4 KiB. For those of Heapyard also as a share of
the greatest end of a used block in the arena.</p>
${parts.join('\n')}`;
}

const style = `:root{color-scheme:light dark;--bar:#3b78b5;--ink:light-dark(#1c1c1c,#e6e6e6)}
body{font:16px/1.5 system-ui,sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
td,th{padding:.15rem .6rem;text-align:left;border-bottom:1px solid #8884}
tr.missed td{font-weight:bold}figure{margin:1.5rem 0}figcaption{font-weight:bold}
svg{width:100%;font-size:13px}text{fill:CanvasText}rect{fill:var(--bar)}
.whisker{stroke:CanvasText;stroke-width:1.5;fill:none}.cut{stroke:Canvas;stroke-width:2;fill:none}`;

/** The report as HTML. `results` is what the JSON file holds. */
export function reportPage({ machine, turns, candidates, judged, worst, bytes }) {
  const rows = judged.map((each) => ({
    mark: verdict(each),
    cells: [
      each.group,
      each.ours,
      each.theirs,
      besideTarget(each),
      each.low === undefined ? '' : `${ratio(each.low)} to ${ratio(each.high)}`,
      ratio(each.target),
      verdict(each),
      ratio(each.instructions),
    ],
  }));
  const heads = ['benchmark', 'this', 'to that', 'ratio', 'quartiles', 'wanted', '', 'of instructions'];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Heapyard: benchmarks</title><style>${style}</style></head><body>
<h1>Benchmarks of Heapyard's allocators</h1>
<p>${escape(machine)}. ${turns} turns; in each, every candidate is prepared anew and is measured once, in an order of
that turn's own. A time is the median over the turns, with its quartiles; a ratio is that of two times of the same turn,
and so are its quartiles.</p>
${table(heads, rows)}
<h2>What is compared</h2>
<p>Pool: blocks of 64 bytes. Bump: objects of 8 to 128 bytes. Mixed: 16 bytes to 32 KiB, log-uniform. Batch: 10,000
blocks are allocated, then released in the same order. Churn: 10,000 blocks are live, one at random is released and
another allocated. An operation is an allocation and a release. Blocks are not written to by the benchmark.</p>
<p>The allocators of Heapyard govern one arena of a fixed size that was in memory before, serve one thread, and are
compiled into the benchmark. glibc and mimalloc serve every thread, find their state through it, are called in a library,
and can grow; glibc is told not to give memory back between turns, which makes it faster here. That is what a fixed
arena for one thread gains, whatever the algorithm; a program that needs more than that cannot have it.</p>
<h2>Speed</h2>
${speedCharts(candidates).join('\n')}
${profilePart(candidates)}
${worst ? worstPart(worst) : ''}
${bytes ? bytesPart(bytes) : ''}
</body></html>
`;
}
