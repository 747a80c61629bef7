// Mutants of C++ sources: one small change each, found by a tokenizer that leaves alone what is no code that runs
// (comments, strings, #-lines, static_assert, concepts, heads and arguments of templates). It relies on the project's format:
// binary operators have spaces on both sides, angle brackets of templates have not.
import { createHash } from 'node:crypto';

/**
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line
 * @property {string} operator the kind of change
 * @property {string} before the line, trimmed
 * @property {string} after the same line with the change
 * @property {number} from where in the source the change is, from and to in characters
 * @property {number} to
 * @property {string} text what stands there then
 */

const binary = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['/'],
  '&': ['|'],
  '|': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '+=': ['-='],
  '-=': ['+='],
};
/** @type {[string, RegExp][]} */
const kinds = [
  ['compare', /^([<>]=?|[=!]=)$/],
  ['logic', /^(&&|\|\|)$/],
  ['shift', /^(<<|>>)$/],
  ['bits', /^[&|]$/],
  ['arithmetic', /^([-+*/%]|[-+]=)$/],
];

/** The source with all that is no code that runs as spaces; same length, same lines. */
export function runningCode(source) {
  const blank = (text) => text.replace(/[^\n]/g, ' ');
  let code = source.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'/gm,
    blank,
  );
  code = code.replace(/\bconcept \w+ =[\s\S]*?\n(?:\};|\S[^\n]*;)/g, blank);
  code = code.replace(/\bstatic_assert\s*\([\s\S]*?\)\s*;/g, blank);
  code = code.replace(/\btemplate\s*<[^;{}]*?>(?=\s*(?:\n|class|struct|using|requires|bool|static|concept))/g, blank);
  // Arguments of templates, the innermost first: as part of the name, so that a reference to it is no operator.
  for (let last = ''; last !== code;) {
    last = code;
    code = code.replace(/(?<=\w)<(?! )[^<>;{}()=]*>/g, (text) => text.replace(/[^\n]/g, '_'));
  }
  return code;
}

/**
 * All mutants of a source, in order.
 *
 * @param {string} file
 * @param {string} source
 * @returns {Mutant[]}
 */
export function mutantsOf(file, source) {
  const code = runningCode(source);
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const mutants = [];
  const add = (operator, from, to, text) => {
    const line = lineStarts.filter((at) => at <= from).length;
    const start = lineStarts[line - 1];
    const end = (lineStarts[line] ?? source.length + 1) - 1;
    const changed = source.slice(start, from) + text + source.slice(to, Math.max(end, to));
    const trim = (words) => words.trim().replace(/\s+/g, ' ');
    const before = trim(source.slice(start, Math.max(end, to)));
    mutants.push({ file, line, operator, before, after: trim(changed), from, to, text });
  };
  for (const find of [operators, constants, conditions, statements, jumps]) find(code, add);
  return mutants.sort((a, b) => a.from - b.from || a.text.localeCompare(b.text));
}

function operators(code, add) {
  for (const { 0: token, index } of code.matchAll(/(?<= )(?:<<|>>|[<>=!]=|&&|\|\||[-+]=|[-+*/%<>&|])(?=[ \n])/g)) {
    const [kind] = kinds.find(([, pattern]) => pattern.test(token));
    for (const other of binary[token]) add(kind, index, index + token.length, other);
  }
  for (const { 0: token, index } of code.matchAll(/(?<![+\w])(\+\+|--)(?=\w)/g)) {
    add('arithmetic', index, index + 2, token === '++' ? '--' : '++');
  }
  for (const { index } of code.matchAll(/(?<=[ (!])!(?=[\w(])/g)) add('negation', index, index + 1, '');
  for (const { index } of code.matchAll(/(?<=[ (])~(?=[\w(])/g)) add('bits', index, index + 1, '');
}

/** Whole numbers, one more and one less; not the words that name a format. */
function constants(code, add) {
  for (const { 0: token, 1: digits, 2: suffix, index } of code.matchAll(/(?<![\w.'])(\d+)(U?)(?![\w.'])/g)) {
    add('constant', index, index + token.length, `${Number(digits) + 1}${suffix}`);
    if (Number(digits) > 0) add('constant', index, index + token.length, `${Number(digits) - 1}${suffix}`);
  }
}

/** `if (a)` to `if (!(a))`; where something is declared, what stands behind the semicolon. */
function conditions(code, add) {
  for (const { 0: head, index } of code.matchAll(/\b(?:if|while) \(/g)) {
    const from = index + head.length;
    const end = closing(code, from);
    const semicolon = code.lastIndexOf(';', end);
    const start = semicolon >= from ? semicolon + 2 : from;
    const condition = code.slice(start, end);
    const declares = /^(const )?[\w:]+(<[^>]*>)?[ *&]+\w+ = /.test(condition);
    if (declares || /^![\w.]+(\(.*\))?$/.test(condition)) continue; // the latter is a negation already
    add('condition', start, end, `!(${condition})`);
  }
}

/** Calls, assignments and counting that nothing is done with: left out. */
function statements(code, add) {
  const begin = /(?<=[;{}:]\s*\n\s*|[;{)] |\belse\s+|\)\s*\n\s*)(?=(?:\+\+|--)?[a-z])/g;
  for (const { index } of code.matchAll(begin)) {
    const end = code.indexOf(';', index);
    const statement = code.slice(index, end);
    if (end === -1 || /[{}]/.test(statement)) continue;
    const counts = /^(\+\+|--)[\w.[\]]+(\(.*\))?$/.test(statement);
    const assigns = /^[\w.[\]>-]+ [-+|&]?= /.test(statement);
    const calls = /^(?!static_cast|(?:return|if|for|while|switch|case)\b)[\w.:]+(?:\.template \w+)?\([\s\S]*\)$/.test(
      statement,
    );
    if (counts || assigns || calls) add('statement', index, end, '');
  }
}

function jumps(code, add) {
  for (const { 1: value, index } of code.matchAll(/\breturn ([^;{}]+);/g)) {
    if (value.endsWith('::none')) continue; // is what `{}` is
    if (value === 'true' || value === 'false') {
      add('return', index + 7, index + 7 + value.length, value === 'true' ? 'false' : 'true');
    } else {
      add('return', index + 7, index + 7 + value.length, '{}');
    }
  }
  for (const { 0: word, index } of code.matchAll(/\b(continue|break)(?=;)/g)) {
    add('jump', index, index + word.length, word === 'break' ? 'continue' : 'break');
  }
}

function closing(code, from) {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < code.length; ++at) depth += { '(': 1, ')': -1 }[code[at]] ?? 0;
  return at - 1;
}

/** The source with the change. */
export const mutated = (source, { from, to, text }) => source.slice(0, from) + text + source.slice(to);

/**
 * So many of the mutants, spread evenly over the files (a file that has fewer gives all), in the order of the sources.
 * Which of a file hangs on the seed and on what each changes: an edit elsewhere chooses no others.
 *
 * @param {Mutant[][]} perFile
 * @param {number} count
 * @param {number} seed
 */
export function sample(perFile, count, seed) {
  const left = perFile.map((mutants) => ranked(mutants, seed));
  const chosen = new Set();
  while (chosen.size < count && left.some((mutants) => mutants.length > 0)) {
    for (const mutants of left) {
      if (mutants.length > 0 && chosen.size < count) chosen.add(mutants.pop());
    }
  }
  return perFile.flat().filter((mutant) => chosen.has(mutant));
}

function ranked(mutants, seed) {
  const turns = new Map(); // of those that read the same
  const ranks = mutants.map(({ file, operator, before, after }) => {
    const words = [seed, file, operator, before, after].join('\n');
    const turn = (turns.get(words) ?? 0) + 1;
    turns.set(words, turn);
    return createHash('sha1').update(`${words}\n${turn}`).digest('hex');
  });
  return mutants
    .map((mutant, index) => ({ mutant, rank: ranks[index] }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}

/**
 * Survivors against those that are explained: which are not, and which explanations fit none of the file's mutants any
 * more, or fit one that was killed.
 *
 * @param {{ file: string, before: string, after: string, operator: string, why: string }[]} explained
 * @param {Mutant[]} survivors
 * @param {Mutant[]} killed
 * @param {Mutant[]} all every mutant that there is, run or not
 */
export function compare(explained, survivors, killed, all) {
  const same = (a, b) => a.file === b.file && a.before === b.before && a.after === b.after && a.operator === b.operator;
  const has = (list, one) => list.some((other) => same(one, other));
  return {
    unexplained: survivors.filter((survivor) => !has(explained, survivor)),
    stale: explained.filter((one) => !has(all, one) || (has(killed, one) && !has(survivors, one))),
  };
}
