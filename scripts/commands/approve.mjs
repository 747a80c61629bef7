import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/run.mjs';

/** `npm run approve`: what a test found to differ from its golden becomes the golden. `git diff` shows what that is. */
export function main() {
  const made = path.join(root, 'build/golden/lessons');
  const files = existsSync(made) ? readdirSync(made) : [];
  for (const file of files) {
    renameSync(path.join(made, file), path.join(root, 'tests/golden/lessons', file));
    console.log(`tests/golden/lessons/${file}`);
  }
  console.log(files.length === 0 ? 'There is nothing to approve.' : 'Look at them with git diff before you commit.');
}
