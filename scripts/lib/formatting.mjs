// Formatting: C++ by clang-format, everything else that has a formatter by prettier.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { clangFormat } from './packages.mjs';
import { Failure, root, run } from './run.mjs';

const cppFolders = ['core', 'cli', 'wasm', 'bench', 'tests'];
const data = 'tests/corpus';
const prettierFiles = [
  '{scripts,web,tests,bench}/**/*.{mjs,ts,css,html}',
  '*.json',
  '{scripts,tests,web}/**/tsconfig.json',
];

/** Every C++ source of the project, relative to its root. */
export function cppFiles() {
  const files = cppFolders.flatMap(filesUnder).filter((file) => /\.(cpp|hpp)$/.test(file));
  if (files.length === 0) throw new Failure('There is no C++ source to look at.');
  return files;
}

function filesUnder(folder) {
  if (folder === data) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(name) : [name];
  });
}

const prettier = (mode) => ['node_modules/prettier/bin/prettier.cjs', mode, '--log-level', 'warn', ...prettierFiles];

export async function formattingOfCpp({ onLine }) {
  const { ok } = await run(clangFormat(), ['--dry-run', '-Werror', ...cppFiles()], { onLine });
  if (!ok) throw new Failure('C++ sources are not formatted: npm run format does it.');
}

export async function formattingOfText({ onLine }) {
  const { ok } = await run(process.execPath, prettier('--check'), { onLine });
  if (!ok) throw new Failure('Some files are not formatted: npm run format does it.');
}

/** Effects: rewrites the files that are not formatted. */
export async function formatEverything(onLine) {
  const cpp = await run(clangFormat(), ['-i', ...cppFiles()], { onLine });
  const text = await run(process.execPath, prettier('--write'), { onLine });
  if (!cpp.ok || !text.ok) throw new Failure('Some files could not be formatted.');
}
