// Heapyard as other projects have it: installed from the tree of the native tests, and as a subdirectory. These projects
// are built, and their programs run.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { root, run } from '../../scripts/lib/run.mjs';

const tree = path.join(root, 'build/asan');
const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
const prefix = path.join(folder, 'prefix');
const read = (name) => readFileSync(path.join(root, name), 'utf8');
after(() => rmSync(folder, { recursive: true }));

const rooms = /heapyard_package\(\w+ ROOMS ([\w ]+) INSIDE \w+\)/.exec(read('core/CMakeLists.txt'))[1].split(' ');
const headers = rooms.flatMap((room) =>
  readdirSync(path.join(root, 'core/include/heapyard', room)).map((name) => `heapyard/${room}/${name}`),
);

// Installed in one place and moved to another, as a package is: what names the first place is found missing.
before(async () => {
  const first = path.join(folder, 'first');
  await cmake('--install', tree, '--component', 'library', '--prefix', first);
  renameSync(first, prefix);
});

test('Every header of the rooms for other projects is installed, and no other', () => {
  assert.ok(headers.length > 30, `only ${headers.length} headers were found`);
  const installed = filesUnder(path.join(prefix, 'include'));
  assert.deepEqual(installed.sort(), headers.sort());
});

test('What is installed for CMake has the version of the project, and names no place of this machine', () => {
  const made = filesUnder(prefix).filter((name) => name.endsWith('.cmake'));
  const text = new Map(made.map((name) => [path.basename(name), readFileSync(path.join(prefix, name), 'utf8')]));
  for (const [name, words] of text) {
    for (const place of [root, folder]) assert.ok(!words.includes(place), `${name} names ${place}`);
  }
  const version = /set\(PACKAGE_VERSION "([^"]+)"\)/.exec(text.get('heapyardConfigVersion.cmake'))?.[1];
  assert.equal(version, JSON.parse(read('package.json')).version);
});

test("The README's project is the one that is built here", () => {
  for (const [language, name] of [
    ['cmake', 'CMakeLists.txt'],
    ['cpp', 'main.cpp'],
  ]) {
    const source = read(`tests/package/first/${name}`);
    const block = `\`\`\`${language}\n${source}\`\`\`\n`;
    assert.ok(read('README.md').includes(block), `README.md does not show tests/package/first/${name} as it is`);
  }
});

test('The project of the README finds what was installed', async () => {
  const programs = await built('first', ['first'], ...sameAsTree(), `-DCMAKE_PREFIX_PATH=${prefix}`);
  assert.deepEqual(await programs('first'), first);
});

test('Another project has containers, histories, structs and scripts of what was installed', async () => {
  const all = path.join(folder, 'headers.cpp');
  writeFileSync(all, headers.map((name) => `#include "${name}"\n`).join(''));
  const words = [...sameAsTree(), `-DCMAKE_PREFIX_PATH=${prefix}`, `-DHEADERS=${all}`];
  const programs = await built('all', ['containers', 'watched', 'texts'], ...words);
  assert.deepEqual(await programs('containers'), [
    '11106 free list: undamaged, 0 used blocks',
    '11106 free list without checks: undamaged, 0 used blocks',
    '11106 buddy: undamaged, 0 used blocks',
    '11106 slab: undamaged, 0 used blocks',
    '11106 tlsf: undamaged, 0 used blocks',
    '11106 tracking: undamaged, 0 used blocks',
    '1156 best fit: undamaged, 0 used blocks',
    '9950 pool: undamaged, 0 used blocks',
    '9950 bump, reset: undamaged, 0 used blocks',
  ]);
  assert.deepEqual(await programs('watched'), watched);
  assert.deepEqual(await programs('texts'), [
    'x86_64: 24 bytes, 16 at least',
    'aarch64: 24 bytes, 16 at least',
    'i386: 16 bytes, 12 at least',
    'msvc_x64: 16 bytes, 12 at least',
    'wasm32: 16 bytes, 12 at least',
    '2 calls; line 3: expected the name of a pointer, as in `free a`, found the end of the line',
    '7, 2 owners',
  ]);
});

test('A room that is not installed, and a version to come, are not found', async () => {
  const asking = path.join(folder, 'asking');
  mkdirSync(asking);
  const refusals = {
    '0.1 REQUIRED COMPONENTS alloc lab': /there is no heapyard::lab/,
    '0.2 REQUIRED': /requested version "0\.2"/,
    '1.0 REQUIRED': /requested version "1\.0"/,
  };
  for (const [words, told] of Object.entries(refusals)) {
    const source = `cmake_minimum_required(VERSION 3.24)\nproject(asking LANGUAGES CXX)\nfind_package(heapyard ${words})\n`;
    writeFileSync(path.join(asking, 'CMakeLists.txt'), source);
    const { ok, lines } = await configured(asking, 'asked', `-DCMAKE_PREFIX_PATH=${prefix}`);
    assert.ok(!ok, `find_package(heapyard ${words}) went well`);
    assert.match(lines.join(' ').replace(/\s+/g, ' '), told);
  }
});

test('As a subdirectory Heapyard has the same names, and adds its libraries alone', async () => {
  const programs = await built('subdirectory', ['first', 'watched'], `-DHEAPYARD=${root}`);
  assert.deepEqual(await programs('first'), first);
  assert.deepEqual(await programs('watched'), watched);
  const targets = await cmake('--build', path.join(folder, 'subdirectory'), '--target', 'help');
  const own = targets.flatMap((line) => /^(heapyard\w*):/.exec(line)?.[1] ?? []);
  const libraries = ['history', 'record', 'say', 'script', 'trace'].map((room) => `heapyard_${room}`);
  assert.deepEqual(own.sort(), libraries);
});

test('The preset for the libraries asks for neither Clang nor Node', async () => {
  await cmake('--preset', 'library', '-B', path.join(folder, 'library'));
  const cache = readFileSync(path.join(folder, 'library/CMakeCache.txt'), 'utf8');
  assert.match(cache, /^HEAPYARD_INSTALL:BOOL=ON$/m);
  assert.doesNotMatch(cache, /^HEAPYARD_(NODE|LESSON_COMPILER|LIBCXX)/m);
});

const first = ['40 bytes at 32, in a block of 48'];
const watched = ['step 4: double_free', 'step 4: leak', 'step 2: 120 bytes live, step 4: 20'];

/** Configures tests/package/NAME, builds programs of it, and gives what runs one of them: its lines. */
async function built(name, programs, ...words) {
  const { ok, lines } = await configured(path.join(root, 'tests/package', name), name, ...words);
  assert.ok(ok, `${name} cannot be configured:\n${lines.join('\n')}`);
  await cmake('--build', path.join(folder, name), '--target', ...programs);
  return async (program) => {
    const ran = await run(path.join(folder, name, program), [], { limitSeconds: 60 });
    assert.ok(ran.ok, `${program} fails (exit code ${ran.code}):\n${ran.lines.join('\n')}`);
    return ran.lines;
  };
}

const configured = (source, into, ...words) =>
  run('cmake', ['-G', 'Ninja', '-S', source, '-B', path.join(folder, into), ...words]);

/** Libraries that were built with sanitizers link with nothing else: compiler and flags of the tree, but built fast. */
function sameAsTree() {
  const cache = readFileSync(path.join(tree, 'CMakeCache.txt'), 'utf8');
  const [compiler, flags] = ['CMAKE_CXX_COMPILER', 'CMAKE_CXX_FLAGS'].map((name) => {
    const value = new RegExp(`^${name}:\\w+=(.*)$`, 'm').exec(cache);
    assert.ok(value, `build/asan/CMakeCache.txt has no ${name}`);
    return value[1];
  });
  return [`-DCMAKE_CXX_COMPILER=${compiler}`, `-DCMAKE_CXX_FLAGS=${flags} -O0 -g0`];
}

async function cmake(...words) {
  const { ok, lines } = await run('cmake', words, { limitSeconds: 600 });
  assert.ok(ok, `cmake ${words.join(' ')} fails:\n${lines.join('\n')}`);
  return lines;
}

/** Every file, by its path from `top`. */
function filesUnder(top, below = '') {
  return readdirSync(path.join(top, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(below, entry.name);
    return entry.isDirectory() ? filesUnder(top, name) : [name];
  });
}
