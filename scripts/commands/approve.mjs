import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/run.mjs';

const places = [
  ['build/golden/lessons', 'tests/golden/lessons'],
  ['build/golden/recordings', 'core/recordings'],
];

/** `npm run approve`: what a test found to differ from its golden becomes the golden. `git diff` shows what that is. */
export function main() {
  let files = 0;
  for (const [from, to] of places) {
    const made = path.join(root, from);
    for (const file of existsSync(made) ? readdirSync(made) : []) {
      renameSync(path.join(made, file), path.join(root, to, file));
      console.log(path.join(to, file));
      ++files;
    }
  }
  console.log(files === 0 ? 'There is nothing to approve.' : 'Look at them with git diff before you commit.');
}
