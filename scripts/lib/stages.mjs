// The stages of `npm test`, in order: quick ones first. Each `run({ filter, onLine, log })` runs the tests whose name
// holds `filter` (all when it is empty) and counts them; `prepare` is what has to be built before. `reads` and
// `programs` are all that its result hangs on, what was built instead of its sources: unchanged, it is not run again.
import { formattingOfCpp, formattingOfText } from './formatting.mjs';
import { buildPreset } from './cmake.mjs';
import { chromium, clangFormat, command, firefox, isInFirefox } from './packages.mjs';
import { dataRaces, withoutRandomAddresses } from './tsan.mjs';
import { runCatch, runNodeTests, runPlaywright } from './runners.mjs';
import { Failure, run } from './run.mjs';
import { bundlePage, modules } from './web.mjs';

const buildAsan = () => buildPreset('asan', 'Building program and tests under ASan and UBSan');
const buildTsan = () => buildPreset('tsan', 'Building the tests of smart pointers under ThreadSanitizer');
const buildWasmTest = () => buildPreset('wasm-test', 'Building the core tests as WebAssembly');
const buildWasm = () => buildPreset('wasm', 'Building the modules (C++ to WebAssembly)');

/** A test that is a whole tool: it passes when `check` throws no Failure. */
const checks = (named) => async (context) => {
  const counts = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(named)) {
    if (!name.toLowerCase().includes(context.filter.toLowerCase())) continue;
    context.onLine(`test: ${name}`);
    try {
      await check(context);
      counts.passed += 1;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      context.onLine(error.message);
      counts.failed += 1;
    }
  }
  return counts;
};

/** Several ways to run tests as one: each runs, and what they count is added up. */
const inTurn =
  (...runs) =>
  async (context) => {
    const total = { passed: 0, failed: 0 };
    for (const each of runs) {
      const { passed, failed } = await each(context);
      total.passed += passed;
      total.failed += failed;
    }
    return total;
  };

const typesOf =
  (project) =>
  async ({ onLine }) => {
    const { ok } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { onLine });
    if (!ok) throw new Failure(`The types of ${project} do not hold.`);
  };

const inputs = ['tests/corpus', 'tests/golden'];
const built = (preset, ...names) => names.map((name) => `build/${preset}/${name}`);

export const stages = [
  {
    id: 'formatting',
    title: 'Formatting',
    run: checks({
      'Formatting of C++ follows .clang-format': formattingOfCpp,
      'Formatting of scripts, page and settings follows prettier': formattingOfText,
    }),
    reads: ['.'],
    programs: () => [clangFormat()],
  },
  {
    id: 'types',
    title: 'Types',
    run: checks({
      'Types of the page hold': typesOf('tsconfig.json'),
      'Types of the service worker hold': typesOf('web/src/offline/worker/tsconfig.json'),
      'Types of the page tests hold': typesOf('tests/web/tsconfig.json'),
      'Types of the scripts hold': typesOf('scripts/tsconfig.json'),
    }),
    reads: ['tsconfig.json', 'web', 'tests'],
  },
  {
    id: 'scripts',
    title: 'Architecture and scripts',
    run: runNodeTests(['tests/architecture', 'tests/scripts']),
    reads: ['.'],
    programs: () => [command('cc'), command('rustc')].filter(Boolean),
  },
  {
    id: 'asan',
    title: 'Native tests under ASan and UBSan',
    prepare: [buildAsan],
    run: runCatch(['build/asan/heapyard-tests']),
    reads: [...built('asan', 'heapyard-tests', 'heapyard', 'heapyard-soak'), ...inputs],
    programs: () => [command('clang')],
  },
  {
    id: 'package',
    title: 'Heapyard in other projects',
    prepare: [buildAsan],
    run: runNodeTests(['tests/package']),
    reads: [
      'CMakeLists.txt',
      'CMakePresets.json',
      'LICENSE',
      'README.md',
      'cmake',
      'core/CMakeLists.txt',
      'core/include',
      'core/src',
      'tests/package',
    ],
    programs: () => [command('cmake'), command('ninja'), command('g++')].filter(Boolean),
  },
  {
    id: 'tsan',
    title: 'Smart pointers under ThreadSanitizer',
    prepare: [buildTsan],
    run: inTurn(
      (context) => runCatch(withoutRandomAddresses('build/tsan/heapyard-thread-tests'))(context),
      checks(dataRaces('build/tsan/heapyard-shared')),
    ),
    reads: [...built('tsan', 'heapyard-thread-tests', 'heapyard-shared'), 'core/include/heapyard/smart'],
    programs: () => [command('clang++')],
  },
  {
    id: 'wasm',
    title: 'The same core tests as WebAssembly under Node',
    prepare: [buildWasmTest],
    run: runCatch([process.execPath, 'build/wasm-test/heapyard-tests.js']),
    reads: [...built('wasm-test', 'heapyard-tests.js', 'heapyard-tests.wasm'), ...inputs],
  },
  {
    id: 'module',
    title: 'The modules under Node',
    prepare: [buildAsan, buildWasmTest, buildWasm],
    run: runNodeTests(['tests/module']),
    reads: [
      'tests/module',
      'web/src',
      'core/lessons',
      'core/CMakeLists.txt',
      ...built('asan', 'heapyard-digest'),
      ...built('wasm-test', 'heapyard-digest.js', 'heapyard-digest.wasm'),
      ...modules.flatMap((name) => built('wasm', `${name}.js`, `${name}.wasm`)),
      ...inputs,
    ],
  },
  {
    id: 'page',
    title: `The page in ${isInFirefox ? 'Firefox' : 'Chromium'}`,
    prepare: [buildWasm, bundlePage],
    run: runPlaywright('tests/web/playwright.config.ts'),
    reads: ['dist', 'web', 'tests/web'],
    programs: () => [isInFirefox ? firefox() : chromium()],
  },
];
