// node scripts/lessons/main.mjs OUT.cpp FOLDER…: the prose of all lessons as the C++ of heapyard/lessons/prose.hpp.
import { writeFileSync } from 'node:fs';
import { longLiteral } from '../lib/literal.mjs';
import { readLesson } from './prose.mjs';

const [out, ...folders] = process.argv.slice(2);
const lessons = folders.map(readLesson);
writeFileSync(
  out,
  `// Made by scripts/lessons.
#include "heapyard/lessons/prose.hpp"

namespace heapyard {

std::string_view prose_of(std::string_view lesson_id) {
${lessons
  .map(
    (lesson) =>
      `  if (lesson_id == "${lesson.id}")\n    return\n    ${longLiteral(JSON.stringify(lesson, null, 1))};\n`,
  )
  .join('')}  return {};
}

}  // namespace heapyard
`,
);
