// A stage of `npm test` that has passed is not run again until something it reads has changed. What it read is kept as
// a hash beside how many tests passed, in build/passed/. A failure is never kept.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Failure, root } from './run.mjs';

const made = new Set(['.git', '.cache', 'build', 'dist', 'node_modules', 'test-results']);
const passedFolder = path.join(root, 'build', 'passed');
const always = ['scripts', 'package.json', 'package-lock.json'];

/**
 * A hash of all that a stage reads: files and folders (from the root; '.' is everything that is not made from
 * something else), the programs that it calls, Node, and the variables that steer tests.
 *
 * @param {string[]} reads
 * @param {string[]} [programs] where they lie
 */
export function fingerprint(reads, programs = []) {
  const hash = createHash('sha256');
  const add = (...words) => hash.update(`${words.join('\0')}\n`);
  add(process.version, process.platform, process.arch);
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith('HEAPYARD_')) add(name, value);
  }
  for (const program of programs) {
    const { size, mtimeMs } = statSync(program);
    add(realpathSync(program), size, mtimeMs);
  }
  for (const file of [...new Set([...always, ...reads].flatMap(filesOf))].sort()) {
    const contents = readFileSync(path.resolve(root, file));
    add(file, contents.length);
    hash.update(contents);
  }
  return hash.digest('hex');
}

function filesOf(name) {
  const full = path.resolve(root, name);
  if (!existsSync(full)) throw new Failure(`${name} is missing.`);
  if (!statSync(full).isDirectory()) return [path.posix.normalize(name)];
  const entries = readdirSync(full).filter((entry) => name !== '.' || !made.has(entry));
  return entries.flatMap((entry) => filesOf(path.posix.join(name, entry)));
}

/**
 * Runs a stage, unless it has passed on exactly what it would read now: then it tells how many passed `before`.
 * `all` runs it regardless. What changes while it runs keeps nothing.
 *
 * @param {{ id: string, reads: string[], programs?: () => string[] }} stage
 * @param {boolean} all
 * @param {() => Promise<{ passed: number, failed: number }>} run
 */
export async function unlessPassed({ id, reads, programs }, all, run, folder = passedFolder) {
  const file = path.join(folder, id);
  const read = () => fingerprint(reads, programs?.());
  const now = read();
  const [kept, before] = existsSync(file) ? readFileSync(file, 'utf8').split(' ') : [];
  if (!all && kept === now && Number(before) > 0) return { passed: 0, failed: 0, before: Number(before) };

  rmSync(file, { force: true });
  const counts = await run();
  if (counts.passed > 0 && counts.failed === 0 && read() === now) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${now} ${counts.passed}`);
  }
  return counts;
}
