// web/src/core/module.d.ts is written by hand: here it is compared with the live modules, both ways, by calling
// everything that it declares.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lessonFolders } from '../../scripts/lessons/folders.mjs';
import { readLesson } from '../../scripts/lessons/prose.mjs';
import { interfacesIn, interfacesOf, methodsOf, misfits, nameOf } from './declarations.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const declared = interfacesOf(path.join(root, 'web/src/core/module.d.ts'));

async function load(name) {
  const file = path.join(root, 'build', 'wasm', name);
  const { default: start } = await import(pathToFileURL(`${file}.js`).href);
  return start({ wasmBinary: readFileSync(`${file}.wasm`) });
}

/** A script run to its end. */
function run(module, text, allocator, arenaBytes) {
  const work = module.startRun(text, allocator, arenaBytes);
  while (work.advance(2)) assert.ok(work.progress() >= 0 && work.progress() <= 1);
  const lab = work.take();
  work.delete();
  return lab;
}

const common = { setWords: [''] };

/** Calls every method that `type` declares, with `samples`, and returns what does not fit. */
function call(object, type, samples) {
  return methodsOf(declared.get(type))
    .filter((method) => nameOf(method) !== 'delete')
    .flatMap((method) => {
      const name = nameOf(method);
      const values = samples[name] ?? common[name] ?? [];
      assert.equal(values.length, method.parameters.length, `the test has no values for ${type}.${name}`);
      return misfits(declared, object[name](...values), method.type, `${type}.${name}()`);
    });
}

const script = `a = malloc 40
b = calloc 4 8
free a
c = aligned_alloc 64 256
write c 0 "text"
c = realloc c 400
x = malloc 99999
write b 30 "long"
free b
free b
read a 0 4
`;
const heapSamples = {
  seek: [3],
  bytes: [0, 64],
  name: [1],
  blocks: [0, 1024, 4],
  faults: [2],
  facts: [64],
  structure: [8],
  biography: [64],
  raster: [0, 1024, 64, 16, true],
};

test('Everything that is declared of a heap exists, takes what it says and gives what it says', async () => {
  const module = await load('heapyard');
  const samples = {
    startRun: [script, 'free-list', 1024],
    hasMachine: ['tlsf'],
    poolArenaBytes: [64, 8],
  };
  assert.deepEqual(call(module, 'HeapyardModule', samples), []);

  for (const [text, allocator] of [
    [script, 'free-list'],
    [script, 'pool:64'],
    ['a = malloc\n', 'free-list'],
    [script, 'pool:0'],
    ['', 'free-list'],
  ]) {
    const lab = run(module, text, allocator, 1024);
    for (let step = 0; step <= lab.steps(); ++step) {
      assert.deepEqual(call(lab, 'Lab', { ...heapSamples, seek: [step] }), [], `${allocator}, step ${step}`);
    }
    lab.delete();
  }
});

test('The module with every allocator is made as the first one, and runs all that the menu offers', async () => {
  const [first, module] = [await load('heapyard'), await load('allocators')];
  const machines = module.machines();
  assert.deepEqual(first.machines(), machines);
  assert.ok(machines.length > 10);
  assert.deepEqual(
    machines.map(({ name }) => first.hasMachine(name)),
    machines.map(({ name }) => /^(free-list|pool)/.test(name)),
  );
  for (const { name } of machines) {
    assert.ok(module.hasMachine(name), name);
    const lab = run(module, script, name, 4096);
    assert.equal(lab.setupError(), null, name);
    for (let step = 0; step <= lab.steps(); ++step)
      assert.deepEqual(call(lab, 'Lab', { ...heapSamples, seek: [step] }), [], `${name}, step ${step}`);
    lab.delete();
  }
});

test('A run in pieces advances to its end, and says how far it is', async () => {
  const module = await load('heapyard');
  const work = module.startRun(script, 'free-list', 1024);
  const seen = [work.progress()];
  while (work.advance(1)) seen.push(work.progress());
  assert.ok(seen.length > 20, 'a piece for each call played and each step read');
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(work.progress(), 1);
  work.delete();
});

test('The run of the samples shows faults, failures, problems and reasons', async () => {
  const module = await load('heapyard');
  const lab = run(module, script, 'free-list', 1024);
  assert.deepEqual(lab.problems(), []);
  assert.ok(lab.steps() >= 10);
  lab.seek(lab.steps());
  assert.ok(lab.faultCount() >= 2);
  lab.seek(4);
  assert.ok(lab.why().length > 0);
  lab.seek(7);
  assert.equal(typeof lab.step().failed, 'string');
  lab.delete();

  const wrong = run(module, 'a = malloc\n', 'free-list', 1024);
  assert.ok(wrong.problems().length > 0);
  wrong.delete();
  const refused = run(module, script, 'pool:0', 1024);
  assert.equal(typeof refused.setupError(), 'string');
  refused.delete();
});

test('Everything that is declared of lessons exists, takes what it says and gives what it says', async () => {
  for (const { id, source } of lessonFolders(root).map(readLesson)) {
    const module = await load(`lesson-${id}`);
    const samples = { playLesson: [id, source, 4096] };
    assert.deepEqual(call(module, 'LessonsModule', samples), []);
    assert.equal(module.playLesson('nowhere', '', 4096), null);
    for (const arena of [0, 2048, 4096, 2 ** 40]) {
      const lesson = module.playLesson(id, source, arena);
      const own = { stepAtLines: [[6, 7], 1], answer: ['total free'], isAnswer: ['total free', '16'] };
      for (let step = 0; step <= lesson.steps(); ++step) {
        const samples = { ...heapSamples, ...own, seek: [step] };
        assert.deepEqual(call(lesson, 'Lesson', samples), [], `${id}, step ${step}`);
      }
      assert.equal(lesson.answer('address of nobody'), null);
      assert.equal(lesson.stepAtLines([], 1), 0);
      lesson.delete();
    }
  }
});

test('The block that a step of a lesson is about begins where one does', async () => {
  for (const { id, source } of lessonFolders(root).map(readLesson)) {
    const lesson = (await load(`lesson-${id}`)).playLesson(id, source, 4096);
    for (let step = 0; step <= lesson.steps(); ++step) {
      lesson.seek(step);
      const { block } = lesson.step();
      const begins = [...lesson.blocks(0, 4096, 1000)].filter((_, word) => word % 6 === 0);
      assert.ok(block === null || begins.includes(block), `${id}, step ${step}: ${block}`);
    }
    lesson.delete();
  }
});

test('Every link and every question of a lesson leads to a step of the shipped module, and is answered there', async () => {
  for (const folder of lessonFolders(root)) {
    const { id, source, story, questions } = readLesson(folder);
    const module = await load(`lesson-${id}`);
    const lesson = module.playLesson(id, source, 4096);
    for (const { steps } of story) {
      for (const { lines, occurrence, words } of steps) {
        assert.notEqual(lesson.stepAtLines(lines, occurrence), 0, `${id}: "${words}" leads to no step`);
      }
    }
    for (const { ask, at, answer, wrong } of questions) {
      const step = lesson.stepAtLines(at.lines, at.occurrence);
      assert.notEqual(step, 0, `${id}: the question "${ask}" leads to no step`);
      lesson.seek(step);
      const right = lesson.answer(answer);
      assert.notEqual(right, null, `${id}: ${answer}`);
      assert.ok(lesson.isAnswer(answer, right), `${id}: ${right}`);
      for (const { answer: other } of wrong.filter((each) => each.answer !== null)) {
        assert.notEqual(lesson.answer(other), null, `${id}: ${other}`);
        assert.notEqual(lesson.answer(other), right, `${id}: a wrong answer to "${ask}" is right`);
      }
    }
    lesson.delete();
  }
});

test('Every exercise is not solved by what the reader begins with, and is by its solution, in the shipped modules', async () => {
  const exercises = await load('exercises');
  const samples = {
    checkHeapExercise: [script, 'free-list', 1024, ['leaks = 0']],
    checkStructExercise: ['struct s { int a; };', ['size of s = 4']],
    checkProgramExercise: ['smart-pointers', 'to-parent', ['leaks = 0']],
    heapAnswers: [script, 'buddy', 1024, 2, ['address of b', 'address of none'], '0x40'],
    structAnswers: ['struct s { int a; };', ['size of s', 'size of t'], '4'],
  };
  assert.deepEqual(call(exercises, 'ExercisesModule', samples), []);
  for (const folder of lessonFolders(root)) {
    const { id, exercise } = readLesson(folder);
    const goals = exercise.goals.map(({ goal }) => goal);
    const check = (attempt) => {
      if (exercise.kind === 'heap')
        return exercises.checkHeapExercise(attempt, exercise.allocator, exercise.arena, goals);
      if (exercise.kind === 'struct') return exercises.checkStructExercise(attempt, goals);
      return exercises.checkProgramExercise(id, attempt.trim(), goals);
    };
    const solved = check(exercise.solution);
    assert.deepEqual([solved.solved, solved.problems], [true, []], `${id}: ${JSON.stringify(solved.goals)}`);
    assert.equal(solved.goals.length, goals.length);
    const others = exercise.choices.map(({ choice }) => choice).filter((each) => each !== exercise.solution.trim());
    for (const attempt of exercise.kind === 'program' ? others : [exercise.start, '']) {
      const result = check(attempt);
      assert.equal(result.solved, false, `${id} is solved by ${attempt}`);
      assert.ok(result.problems.length > 0 || result.goals.some(({ met }) => !met), id);
    }
  }
});

test('Everything that is declared of structs exists, takes what it says and gives what it says', async () => {
  const module = await load('structs');
  const text = 'struct s { char a; int b; struct { short c; double d[2]; } e; void* f; };';
  assert.deepEqual(
    call(module, 'StructsModule', {
      parseStructs: [text],
    }),
    [],
  );
  for (const source of [text, 'struct s { char a; int b; };', 'struct {', '']) {
    const lab = module.parseStructs(source);
    const laid = lab.records('x86_64').length > 0;
    assert.equal(laid, source !== '' && lab.problems().length === 0, source);
    for (const { name } of module.abis()) {
      const samples = { records: [name], twin: [name] };
      assert.deepEqual(call(lab, 'StructLab', samples), [], `${source}, ${name}`);
    }
    lab.delete();
  }
});

test('Pictures are drawn of what runs and of what can be laid out, and of nothing else', async () => {
  const module = await load('pictures');
  const samples = { heapPicture: [script, 'free-list', 1024, 4], structPicture: ['struct { char a; int b; }', 'i386'] };
  assert.deepEqual(call(module, 'PicturesModule', samples), []);
  assert.match(module.heapPicture(...samples.heapPicture), /^<svg[^]*line 4: c = aligned_alloc 64 256[^]*<\/svg>\s*$/);
  assert.match(module.structPicture(...samples.structPicture), /^<svg[^]*<\/svg>\s*$/);
  for (const [text, allocator, arena] of [
    ['a = malloc', 'free-list', 1024],
    [script, 'pool:0', 1024],
    [script, 'free-list', 1],
  ]) {
    assert.equal(module.heapPicture(text, allocator, arena, 0), '');
  }
  assert.equal(module.structPicture('struct {', 'i386'), '');
  assert.equal(module.structPicture('struct { char a; }', 'pdp11'), '');
});

/** The names of all that lessons measure. */
function measuredIn(folders) {
  return [...new Set(folders.flatMap((folder) => readLesson(folder).measured?.items.map(({ id }) => id) ?? []))];
}

test('Everything that is declared of measuring exists, and it really measures', async () => {
  const module = await load('measures');
  assert.deepEqual(call(module, 'MeasuresModule', { startMeasuring: [['pool', 'malloc']] }), []);
  const measuring = module.startMeasuring(['pool', 'malloc']);
  assert.deepEqual(call(measuring, 'Measuring', {}), []);
  const seen = [measuring.progress()];
  while (measuring.advance()) seen.push(measuring.progress());
  assert.ok(seen.every((each, index) => each > (seen[index - 1] ?? 0) && each < 1));
  assert.equal(measuring.progress(), 1);
  assert.deepEqual(call(measuring, 'Measuring', {}), []);
  const results = measuring.results();
  assert.deepEqual(
    results.map(({ id }) => id),
    ['pool', 'malloc'],
  );
  for (const { id, title, unit, median, lowest, highest, batches } of results) {
    assert.ok(title !== '' && unit !== '', id);
    assert.ok(0 < lowest && lowest <= median && median <= highest, `${id}: ${lowest}, ${median}, ${highest}`);
    assert.equal(batches, 5, id);
  }
  measuring.delete();
});

test('What a lesson measures is known to the module; one unknown name is refused', async () => {
  const module = await load('measures');
  const ids = measuredIn(lessonFolders(root));
  assert.ok(ids.length > 0);
  for (const id of ids) {
    const measuring = module.startMeasuring([id]);
    assert.notEqual(measuring, null, `nobody measures ${id}`);
    assert.deepEqual(
      measuring.results().map(({ batches, median }) => [batches, median]),
      [[0, 0]],
    );
    measuring.delete();
  }
  assert.equal(module.startMeasuring(['pool', 'banana']), null);
});

/** A race run to its end. */
function race(module, text, allocators, arenaBytes) {
  const work = module.startRace(text, allocators, arenaBytes);
  while (work.advance(2)) assert.ok(work.progress() >= 0 && work.progress() <= 1);
  const taken = work.take();
  work.delete();
  return taken;
}

test('Everything that is declared of a race exists, takes what it says and gives what it says', async () => {
  const module = await load('races');
  const samples = { startRace: [script, ['free-list', 'buddy'], 4096], workloadScript: ['churn', 7, 100] };
  assert.deepEqual(call(module, 'RacesModule', samples), []);
  for (const [text, allocators] of [
    [
      script,
      module
        .machines()
        .map(({ name }) => name)
        .slice(0, 12),
    ],
    [script, ['tlsf']],
    ['a = malloc\n', ['free-list']],
    [script, ['banana']],
    ['', ['free-list', 'slab']],
  ]) {
    const it = race(module, text, allocators, 4096);
    for (let step = 0; step <= it.steps(); ++step) {
      const raceSamples = {
        ...heapSamples,
        seek: [step],
        nextFailure: [step],
        blockWords: [1, 0],
        curve: [1],
        laneRaster: [0, 1024, 64, false],
      };
      assert.deepEqual(call(it, 'Race', raceSamples), [], `${allocators}, step ${step}`);
      assert.equal(it.standing().length, it.lanes().length);
    }
    it.delete();
  }
});

test('All lanes of a race stand at the step that is sought, and a lane is what its allocator does alone', async () => {
  const [races, heaps] = [await load('races'), await load('allocators')];
  const allocators = ['free-list', 'buddy', 'tlsf'];
  // Nothing leaks: the picture of one heap alone marks that.
  const text = 'a = malloc 40\nb = malloc 500\nfree a\nc = malloc 30\nfree b\nfree c\n';
  const it = race(races, text, allocators, 4096);
  it.seek(4);
  assert.equal(it.now(), 4);
  for (const [lane, allocator] of allocators.entries()) {
    const alone = run(heaps, text, allocator, 4096);
    alone.seek(4);
    assert.deepEqual(it.laneRaster(lane, 4096, 128, false), alone.raster(0, 4096, 128, 1, false).pixels, allocator);
    assert.equal(it.lanes()[lane].highWaterMark, alone.statistics().highWaterMark);
    alone.delete();
  }
  assert.match(it.twin(), /^A race of 3 allocators over 6 steps/);
  it.delete();
});

test('A workload is the same script here as in the terminal, and one that there is not is empty', async () => {
  const module = await load('races');
  assert.ok(module.workloads().length > 15);
  for (const { name, title, sentence } of module.workloads()) {
    const text = module.workloadScript(name, 7, 100);
    assert.ok(text.startsWith(`# ${title}`), name);
    const said = text.match(/^#.*$/gm).map((line) => line.slice(2));
    assert.equal(said.slice(1).join(' '), sentence);
  }
  assert.equal(module.workloadScript('banana', 1, 10), '');
});

test('Everything that is declared of the times of a race exists, and it really measures', async () => {
  const module = await load('race-times');
  const allocators = ['free-list', 'bump', 'slab'];
  assert.deepEqual(call(module, 'RaceTimesModule', { startRaceTimes: [script, allocators, 4096] }), []);
  const times = module.startRaceTimes('a = malloc 40\nb = malloc 50\nfree b\nfree a\n'.repeat(50), allocators, 65536);
  assert.deepEqual([...times.results()], [0, 0, 0]);
  while (times.advance()) assert.ok(times.progress() > 0 && times.progress() < 1);
  assert.equal(times.progress(), 1);
  assert.equal(times.results().length, 3);
  for (const time of times.results()) assert.ok(time > 0.1 && time < 100_000, String(time));
  times.delete();
});

test('What a module has beyond its declaration is found', async () => {
  for (const [name, type] of [
    ['heapyard', 'HeapyardModule'],
    ['allocators', 'HeapyardModule'],
    ['lesson-malloc-free', 'LessonsModule'],
    ['structs', 'StructsModule'],
    ['pictures', 'PicturesModule'],
    ['races', 'RacesModule'],
    ['race-times', 'RaceTimesModule'],
    ['measures', 'MeasuresModule'],
    ['exercises', 'ExercisesModule'],
  ]) {
    const module = await load(name);
    const functions = methodsOf(declared.get(type)).map(nameOf);
    // What Emscripten itself leaves on the object starts with an underscore or dynCall, is a class, or is one of these.
    const own = [
      'count_emval_handles',
      'flushPendingDeletes',
      'getInheritedInstanceCount',
      'getLiveInheritedInstances',
    ];
    const emscripten = [...own, 'get_first_emval', 'setDelayFunction', 'locateFile', 'run', 'inspect'];
    const live = Object.keys(module).filter(
      (key) => typeof module[key] === 'function' && /^(?!dynCall_)[a-z]/.test(key),
    );
    assert.deepEqual(live.filter((key) => !emscripten.includes(key)).sort(), [...functions].sort());
  }
});

test('A value that is not as declared is found, with its place', () => {
  const types = interfacesIn(`interface Inner { n: number | null; s: string[]; }
    interface Outer { inner: Inner; list: { a: boolean }[]; bytes: Uint8Array; }`);
  const outer = { typeName: { getText: () => 'Outer' } };
  const check = (value) => misfits(types, value, { kind: -1, ...outer }, 'value');
  const right = { inner: { n: null, s: ['x'] }, list: [{ a: true }], bytes: new Uint8Array(2) };
  assert.deepEqual(check(right), []);
  assert.deepEqual(check({ ...right, inner: { n: 'x', s: ['x'] } }), [
    'value.inner.n: expected number | null, found x',
  ]);
  assert.deepEqual(check({ ...right, inner: { n: 1, s: [2] } }), ['value.inner.s[0]: expected string, found 2']);
  assert.deepEqual(check({ ...right, list: [{ a: true, b: 1 }] }), ['value.list[0].b is not declared']);
  assert.deepEqual(check({ ...right, list: {} }), ['value.list: expected an array, found Object']);
  assert.deepEqual(check({ ...right, bytes: [1] }), ['value.bytes: expected Uint8Array, found Array']);
  assert.deepEqual(check({ ...right, bytes: undefined }), ['value.bytes: expected Uint8Array, found undefined']);
});
