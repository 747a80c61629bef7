// The programs and libraries that Heapyard is built and tested with: how each is recognised, which Debian package
// brings it, and which commands need it. What is found in PATH or among the headers counts, wherever it came from.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Whether the page is to be tested in Firefox: HEAPYARD_BROWSER says so. */
export const isInFirefox = process.env.HEAPYARD_BROWSER === 'firefox';

const all = ['start', 'build', 'test', 'native', 'bench', 'fuzz', 'soak'];

/**
 * `byCMake`: a library that CMake fetches by itself where the system does not have it, so that only Debian, which has
 * it as a package, ever has to install it.
 */
export const packages = [
  { what: 'CMake', apt: 'cmake', for: all, found: () => command('cmake') },
  { what: 'Ninja', apt: 'ninja-build', for: all, found: () => command('ninja') },
  { what: 'Emscripten (em++)', apt: 'emscripten', for: ['start', 'build', 'test', 'bench'], found: () => emscripten() },
  { what: '{fmt}', apt: 'libfmt-dev', for: all, byCMake: true, found: () => header('fmt/format.h') },
  { what: 'a C++ compiler (g++)', apt: 'g++', for: ['test', 'native', 'bench', 'soak'], found: () => command('g++') },
  {
    what: 'CLI11',
    apt: 'libcli11-dev',
    for: ['test', 'native'],
    byCMake: true,
    found: () => header('CLI/CLI.hpp'),
  },
  {
    what: 'nlohmann/json',
    apt: 'nlohmann-json3-dev',
    for: ['test', 'native'],
    byCMake: true,
    found: () => header('nlohmann/json.hpp'),
  },
  {
    what: 'Catch2',
    apt: 'catch2',
    for: ['test', 'mutate'],
    byCMake: true,
    found: () => header('catch2/catch.hpp') ?? header('catch2/catch_all.hpp'),
  },
  {
    what: 'Clang (clang, clang++)',
    apt: 'clang',
    for: ['test', 'fuzz', 'native', 'bench', 'soak', 'mutate'],
    found: () => command('clang') && command('clang++'),
  },
  {
    what: "LLVM's standard library (libc++)",
    apt: 'libc++-dev',
    for: ['test', 'native', 'bench', 'fuzz', 'soak'],
    found: () => libcxx(),
  },
  { what: 'clang-format', apt: 'clang-format', for: ['test', 'format'], found: () => clangFormat() },
  { what: 'Chromium', apt: 'chromium', for: ['test'], found: () => chromium() },
  ...(isInFirefox ? [{ what: 'Firefox', apt: 'firefox-esr', for: ['test'], found: () => firefox() }] : []),
  {
    what: "Clang's fuzzing runtime",
    apt: 'libclang-rt-dev',
    for: ['fuzz'],
    found: () => clangRuntime('libclang_rt.fuzzer'),
  },
  { what: 'Boost.Pool', apt: 'libboost-dev', for: ['bench'], found: () => header('boost/pool/pool.hpp') },
  { what: 'mimalloc', apt: 'libmimalloc-dev', for: ['bench'], found: () => header('mimalloc.h') },
];

/** The packages that `name` (a command of npm) needs and that are not there. */
export function missingFor(name, onDebian) {
  return packages.filter((entry) => entry.for.includes(name) && (onDebian || !entry.byCMake) && !entry.found());
}

/** Where a program lies, looked for in PATH. */
export function command(name) {
  return firstFile((process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)));
}

/** The Emscripten of an activated emsdk, or the one in PATH. */
export function emscripten() {
  const { EMSDK } = process.env;
  return (EMSDK && firstFile([path.join(EMSDK, 'upstream', 'emscripten', 'em++')])) || command('em++');
}

/** Version 14 formats the sources; where it has a name of its own it is preferred. */
export function clangFormat() {
  return command('clang-format-14') ?? command('clang-format');
}

/** Firefox, the one with extended support or the newest. */
export function firefox() {
  return command('firefox-esr') ?? command('firefox');
}

/** A browser of Chromium's family; HEAPYARD_CHROMIUM names one that lies elsewhere. */
export function chromium() {
  const named = process.env.HEAPYARD_CHROMIUM;
  if (named) return firstFile([named]);
  return (
    command('chromium') ??
    command('chromium-browser') ??
    command('google-chrome') ??
    firstFile([
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ])
  );
}

function header(name) {
  const folders = ['/usr/include', '/usr/local/include', '/opt/homebrew/include'];
  return firstFile(folders.map((folder) => path.join(folder, name)));
}

/** Its headers: Clang's own folder, or the system's where it is the system's library. */
function libcxx() {
  const llvm = folder('/usr/lib').filter((name) => /^llvm-\d+$/.test(name));
  const places = [...llvm.map((name) => path.join('/usr/lib', name)), '/usr'];
  if (process.platform === 'darwin') return command('clang++');
  return firstFile(places.map((place) => path.join(place, 'include/c++/v1/vector')));
}

function clangRuntime(start) {
  for (const llvm of folder('/usr/lib').filter((name) => /^llvm-\d+$/.test(name))) {
    const clang = path.join('/usr/lib', llvm, 'lib', 'clang');
    for (const version of folder(clang)) {
      const libraries = path.join(clang, version, 'lib', 'linux');
      const library = folder(libraries).find((name) => name.startsWith(start));
      if (library) return path.join(libraries, library);
    }
  }
  return undefined;
}

const firstFile = (candidates) => candidates.find((candidate) => existsSync(candidate));
const folder = (name) => (existsSync(name) ? readdirSync(name) : []);
