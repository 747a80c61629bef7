// The twins of each lesson, in C and in Rust: they are there, they compile without a warning, and what they assert holds.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { command } from '../../scripts/lib/packages.mjs';
import { root, run } from '../../scripts/lib/run.mjs';

const lessons = path.join(root, 'core/lessons');
const ids = readdirSync(lessons, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
after(() => rmSync(folder, { recursive: true }));

const leastRust = '1.79';

test('Every lesson has its twins in C and in Rust', () => {
  assert.ok(ids.length > 0);
  for (const id of ids) {
    for (const name of ['in_c.c', 'in_rust.rs']) {
      assert.ok(existsSync(path.join(lessons, id, name)), `core/lessons/${id}/${name} is missing`);
    }
  }
});

test('Every twin in C compiles without a warning, and runs clean under ASan and UBSan', async () => {
  const words = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-g'];
  words.push('-fsanitize=address,undefined', '-fno-sanitize-recover=all');
  // A lesson asks for more than there is, to see null: by default, AddressSanitizer would end it there.
  const env = { ASAN_OPTIONS: 'allocator_may_return_null=1' };
  await eachCompiledAndRun('in_c.c', 'cc', words, env);
});

test('Every twin in Rust compiles without a warning, and runs', async () => {
  const reason = whyRustIsNotTried(await versionOfRustc());
  if (reason) return console.log(`note: ${reason}: the Rust programs are not tried`);
  const words = ['--edition', '2021', '-D', 'warnings'];
  await eachCompiledAndRun('in_rust.rs', 'rustc', words, { RUST_BACKTRACE: '1' });
});

test('Why Rust is not tried is said: it is absent, or too old', () => {
  assert.equal(whyRustIsNotTried(undefined), 'rustc is not installed');
  assert.equal(whyRustIsNotTried('1.63.0'), `rustc 1.63.0 is older than ${leastRust}`);
  assert.equal(whyRustIsNotTried('1.79.0'), '');
  assert.equal(whyRustIsNotTried('1.100.1'), '');
  assert.equal(whyRustIsNotTried('2.0.0'), '');
});

function whyRustIsNotTried(version) {
  if (version === undefined) return 'rustc is not installed';
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = leastRust.split('.').map(Number);
  const recent = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return recent ? '' : `rustc ${version} is older than ${leastRust}`;
}

async function versionOfRustc() {
  if (!command('rustc')) return undefined;
  const { lines } = await run('rustc', ['--version']); // rustup's stands in PATH even where it has no compiler
  return /^rustc (\d+\.\d+\.\d+)/m.exec(lines.join('\n'))?.[1];
}

/** Two at once: more would only make a small machine wait. What goes wrong is told for all of them. */
async function eachCompiledAndRun(name, compiler, words, env) {
  const wrong = [];
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const problem = await problemOf(path.join(lessons, id, name), compiler, words, env);
      if (problem) wrong.push(`${id}/${name} ${problem}`);
    }
  };
  await Promise.all([work(), work()]);
  assert.deepEqual(wrong, []);
}

async function problemOf(source, compiler, words, env) {
  const program = path.join(folder, `${path.basename(path.dirname(source))}-${path.basename(source)}.out`);
  const compiled = await run(compiler, [...words, source, '-o', program]);
  if (!compiled.ok) return `does not compile:\n${compiled.lines.join('\n')}`;
  const ran = await run(program, [], { env, limitSeconds: 60 });
  if (!ran.ok) return `fails (exit code ${ran.code}):\n${ran.lines.join('\n')}`;
  return ran.lines.length > 0 ? '' : 'prints nothing';
}
