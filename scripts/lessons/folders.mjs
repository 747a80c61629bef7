import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The folders of the lessons, in the order of `core/CMakeLists.txt`. */
export function lessonFolders(root) {
  const list = /heapyard_lessons\(([^)]*)\)/.exec(readFileSync(path.join(root, 'core/CMakeLists.txt'), 'utf8'));
  const ids = list[1].trim().split(/\s+/);
  const present = readdirSync(path.join(root, 'core/lessons'), { withFileTypes: true });
  const forgotten = present.find((entry) => entry.isDirectory() && !ids.includes(entry.name));
  if (forgotten) throw new Error(`core/lessons/${forgotten.name} is missing in core/CMakeLists.txt`);
  return ids.map((id) => path.join(root, 'core/lessons', id));
}
