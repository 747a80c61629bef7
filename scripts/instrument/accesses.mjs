// Which bytes an instruction of LLVM's textual form reads and writes.
import { split } from './metadata.mjs';

const operand = /^(.*?) (?:\w+(?:\(\d+\))? )*(%[\w.]+)$/;

/**
 * `hook`: what to call before it. The operand points to those bytes; how many they are is the size of the type `of`, or
 * `size`, an operand with its type.
 *
 * @typedef {{ hook: 'load' | 'store', type: string, operand: string, of?: string, size?: string }} Access
 */

/**
 * @param {string} line
 * @returns {Access[]}
 */
export function touched(line) {
  const plain =
    /^\s+(?:%\S+ = )?(load|store) (?:atomic )?(?:volatile )?(.+) (%[\w.]+)(?: syncscope\("\w*"\))?(?: \w+)?, align /.exec(
      line,
    );
  if (plain) return plainly(plain[1], plain[2], plain[3]);
  const changed = /^\s+%\S+ = atomicrmw (?:volatile )?\w+ (.+) (%[\w.]+), (\S+) /.exec(line);
  if (changed) return [{ hook: 'store', of: changed[3], type: changed[1], operand: changed[2] }];
  const exchanged = /^\s+%\S+ = cmpxchg (?:weak )?(?:volatile )?(.+?) (%[\w.]+), (\S+) /.exec(line);
  if (exchanged) return [{ hook: 'store', of: exchanged[3], type: exchanged[1], operand: exchanged[2] }];
  const block = /^\s+call void @llvm\.(memcpy|memmove|memset)[\w.]*\((.*), i1 (?:true|false)\)/.exec(line);
  return block ? copied(block[1], split(block[2])) : [];
}

/**
 * `T value, T* pointer` of a store and `T, T* pointer` of a load: where the pointer's type begins.
 *
 * @returns {Access[]}
 */
function plainly(hook, text, operand) {
  for (let comma = text.indexOf(', '); comma >= 0; comma = text.indexOf(', ', comma + 2)) {
    const type = text.slice(comma + 2);
    const before = text.slice(0, comma);
    if (type === 'ptr') return [{ hook, of: firstType(before), type, operand }];
    if (!type.endsWith('*')) continue;
    const of = type.slice(0, -1);
    if (before === of || before.startsWith(`${of} `)) return [{ hook, of, type, operand }];
  }
  return [];
}

/** The type at the beginning of `T value`. */
function firstType(text) {
  const closing = { '{': '}', '[': ']', '<': '>' }[text[0]];
  if (!closing) return /^%"[^"]*"|^\S+/.exec(text)[0];
  let depth = 0;
  for (let i = 0; i < text.length; ++i) {
    if (text[i] === text[0]) ++depth;
    if (text[i] === closing && --depth === 0) return text.slice(0, i + 1);
  }
  return text;
}

/** @returns {Access[]} */
function copied(name, operands) {
  const [to, from, size] = operands;
  const places =
    name === 'memset'
      ? [['store', to]]
      : [
          ['load', from],
          ['store', to],
        ];
  return places.flatMap(([hook, text]) => {
    const match = operand.exec(text);
    return match ? [{ hook, type: match[1], operand: match[2], size }] : [];
  });
}
