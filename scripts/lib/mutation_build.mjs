// Builds and runs the allocators' tests with one header changed, in a scratch folder: no source is ever touched.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mutated } from './mutation.mjs';
import { Failure, root, run } from './run.mjs';

const support = ['operations', 'oracle', 'subjects', 'allocator_bytes', 'corpus'].map((name) => `support/${name}`);

/** Tests that put one question to all allocators. */
const common = ['attach', 'judged', 'too_small'];

/** The tests, in the order in which they are tried: those that are quickly built and kill most come first. */
const units = {
  own: { program: 'own', sources: (tests) => [...tests, ...common].map((test) => `core/alloc/${test}.test`) },
  random: {
    program: 'random',
    sources: () => [...support, 'core/alloc/allocators.test', 'core/alloc/allocator_bytes.test'],
  },
  damage: { program: 'damage', sources: () => ['core/alloc/damage.test', 'core/alloc/damage_named.test'] },
};

/** Which tests know a header best, and the tags of those that are about it. */
const testsOf = {
  allocator: { tests: ['pool', 'sized'], tags: '[pool],[stack],[buddy],[fuzz]' },
  boundary_tags: { tests: ['free_list', 'free_list_policies', 'tlsf', 'sized'], tags: '[free-list],[tlsf],[fuzz]' },
  buddy: { tests: ['buddy'], tags: '[buddy],[fuzz]' },
  bump: { tests: ['bump'], tags: '[bump],[fuzz]' },
  free_list: { tests: ['free_list', 'free_list_policies'], tags: '[free-list],[fuzz]' },
  memory_resource: { tests: ['std_allocator', 'sized'], tags: '[std-allocator],[fuzz]' },
  pool: { tests: ['pool'], tags: '[pool],[fuzz]' },
  slab: { tests: ['slab', 'sized'], tags: '[slab],[fuzz]' },
  stack: { tests: ['stack'], tags: '[stack],[fuzz]' },
  std_allocator: { tests: ['std_allocator'], tags: '[std-allocator],[fuzz]' },
  tagged_heap: { tests: ['free_list', 'free_list_policies', 'tlsf', 'sized'], tags: '[free-list],[tlsf],[fuzz]' },
  tlsf: { tests: ['tlsf'], tags: '[tlsf],[fuzz]' },
  tracking: { tests: ['tracking'], tags: '[tracking],[fuzz]' },
};

const limits = { compile: 300, baseline: 900, least: 30, timesBaseline: 5 };
const stem = (file) => path.basename(file, '.hpp');

/** Where a worker builds. */
export class Workshop {
  constructor(number, seed) {
    this.folder = path.join(root, 'build', 'mutate', `worker-${number}`);
    this.headers = path.join(this.folder, 'include', 'heapyard', 'alloc');
    this.seed = seed;
  }

  /** `shared` holds what no header of the allocators changes: Catch2 itself, and its header made ready. */
  prepare(shared) {
    this.seconds = {};
    this.catchMain = path.join(shared, 'main.o');
    this.catchHeader = path.join(shared, 'catch.pch');
    rmSync(this.folder, { recursive: true, force: true }); // a run that was stopped leaves its last mutant
    mkdirSync(this.headers, { recursive: true });
  }

  /** @returns {Promise<'killed' | 'timed out' | 'did not compile' | 'survived'>} */
  async judge(mutant) {
    const source = readFileSync(path.join(root, mutant.file), 'utf8');
    return this.withHeader(stem(mutant.file), mutated(source, mutant), () => this.verdict(stem(mutant.file)));
  }

  /**
   * The tests with nothing changed: they have to pass, else every mutant would seem to be killed. The seconds that they
   * take: a mutant that takes many times that hangs.
   */
  async baseline() {
    const every = [...new Set(Object.values(testsOf).flatMap(({ tests }) => tests))];
    const seconds = {};
    for (const [kind, unit] of Object.entries(units)) {
      const program = await this.build(unit, every);
      const since = Date.now();
      const { ok, lines } = program
        ? await this.run(program, [], limits.baseline)
        : { ok: false, lines: ['They do not build.'] };
      seconds[kind] = (Date.now() - since) / 1000;
      if (!ok)
        throw new Failure(
          `${lines.slice(-40).join('\n')}\n\nThe allocators' tests fail with nothing changed. Mend that first.`,
        );
    }
    return seconds;
  }

  async withHeader(name, source, work) {
    const header = path.join(this.headers, `${name}.hpp`);
    writeFileSync(header, source);
    try {
      return await work();
    } finally {
      rmSync(header); // the one in core/include is found again
    }
  }

  async verdict(name) {
    const { tests, tags } = testsOf[name];
    for (const [kind, unit] of Object.entries(units)) {
      const built = await this.build(unit, tests);
      if (!built) return 'did not compile';
      const words = ['--abort', ...(kind === 'own' ? [] : [tags])];
      const limit = Math.max(limits.least, limits.timesBaseline * (this.seconds[kind] ?? 0));
      const { ok, lines } = await this.run(built, words, limit);
      if (lines.at(-1)?.includes('was stopped: it had not ended')) return 'timed out';
      const nothing = lines.some((line) => line === '0 passed, 0 failed');
      if (!ok && !nothing) return 'killed';
    }
    return 'survived';
  }

  run(program, words, limitSeconds) {
    return run(program, words, { env: { HEAPYARD_SEED: String(this.seed) }, limitSeconds });
  }

  async build(unit, tests) {
    const objects = [];
    for (const source of unit.sources(tests)) {
      const object = path.join(this.folder, `${path.basename(source)}.o`);
      objects.push(object);
      const words = [...flags(this.folder), '-c', path.join(root, 'tests', `${source}.cpp`), '-o', object];
      if (source.endsWith('.test')) words.unshift('-include-pch', this.catchHeader);
      const { ok } = await run('clang++', words, { limitSeconds: limits.compile });
      if (!ok) return undefined;
    }
    const program = path.join(this.folder, unit.program);
    const { ok } = await run('clang++', [...objects, this.catchMain, '-o', program], { limitSeconds: limits.compile });
    return ok ? program : undefined;
  }
}

const flags = (folder) => [
  '-std=c++20',
  '-O0',
  '-w',
  `-I${path.join(folder, 'include')}`,
  `-I${path.join(root, 'core/include')}`,
  `-I${path.join(root, 'tests')}`,
  `-DHEAPYARD_CORPUS_DIR="${path.join(root, 'tests/corpus')}"`,
];

/** Builds what all workshops share. The folder in which it lies. */
export async function prepareShared(progress) {
  const folder = path.join(root, 'build', 'mutate');
  mkdirSync(folder, { recursive: true });
  const compile = async (words) => {
    const { ok, lines } = await run('clang++', words, { limitSeconds: limits.compile });
    if (!ok) throw new Failure(`${lines.slice(0, 40).join('\n')}\n\nThe tests' common parts do not build.`);
  };
  progress('Catch2');
  const tests = path.join(root, 'tests');
  await compile([...flags(folder), '-c', path.join(tests, 'support/main.cpp'), '-o', path.join(folder, 'main.o')]);
  progress('the header of Catch2');
  const header = path.join(tests, 'support/catch.hpp');
  await compile([...flags(folder), '-x', 'c++-header', header, '-o', path.join(folder, 'catch.pch')]);
  return folder;
}

/** The headers that have tests, of those in the folder. */
export const isKnown = (file) => stem(file) in testsOf;
