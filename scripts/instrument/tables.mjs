// The tables of an instrumented program as C++: heapyard/stage/debug_info.hpp says what they mean.
import { literal, longLiteral } from '../lib/literal.mjs';

const array = (type, name, rows) =>
  rows.length === 0
    ? `constexpr std::span<const ${type}> ${name};\n`
    : `constexpr ${type} ${name}[] = {\n${rows.map((row) => `    {${row}},\n`).join('')}};\n`;

/**
 * @param {string} id
 * @param {string} source
 * @param {{ takesArguments: boolean, types: any[], variables: any[], functions: any[] }} made
 */
export function tablesSource(id, source, made) {
  const { takesArguments, types, variables, functions } = made;
  const members = [];
  const typeRows = types.map((type) => {
    const own = type.members ?? [];
    members.push(...own.map((each) => `${literal(each.name)}, ${each.type}, ${each.offset}`));
    const words = [`TypeKind::${type.kind}`, literal(type.name), type.size, type.target ?? 0, type.count ?? 0];
    return [...words, members.length - own.length, own.length].join(', ');
  });
  const name = id.replaceAll('-', '_');
  return `// Made from the lesson ${id} by scripts/instrument.
#include "heapyard/lessons/lesson.hpp"

extern "C" int heapyard_lesson_${name}(${takesArguments ? 'int count, char** arguments' : ''});

namespace heapyard {
namespace {

${array('TypeMember', 'members', members)}
${array('Type', 'types', typeRows)}
${array(
  'Variable',
  'variables',
  variables.map((each) => `${literal(each.name)}, ${each.type}, ${each.line}, ${each.parameter}`),
)}
${array(
  'Function',
  'functions',
  functions.map((each) => `${literal(each.name)}, ${each.line}`),
)}
#if defined(HEAPYARD_SOURCES_APART)
constexpr char source[] = "";  // who plays it brings its text along
#else
constexpr char source[] =
    ${longLiteral(source)};
#endif

${takesArguments ? '' : `int program(int, char**) {\n  return heapyard_lesson_${name}();\n}\n`}
}  // namespace

extern const Lesson lesson_${name};
const Lesson lesson_${name}{"${id}", source, {types, members, variables, functions}, ${
    takesArguments ? `heapyard_lesson_${name}` : 'program'
  }};

}  // namespace heapyard
`;
}
