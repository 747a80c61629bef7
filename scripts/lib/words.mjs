// The interface's words. English stands in the code, in calls of `say`; words/LANGUAGE.po has what it is in another
// language, in the format of gettext. Here the two are compared, and the files made that page and modules read.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { namesIn } from './deployment.mjs';
import { Failure, root } from './run.mjs';

const folder = 'words';
/** Where words are said, and who says them: the page's scripts or the modules. */
const places = [
  { kind: 'page', under: 'web/src', ending: '.ts', find: saidInScript },
  { kind: 'core', under: 'core/include', ending: '.hpp', find: saidInCpp },
  { kind: 'core', under: 'core/src', ending: '.cpp', find: saidInCpp },
  { kind: 'core', under: 'wasm', ending: '.cpp', find: saidInCpp },
];
const defined = [
  'web/src/words/say.ts',
  'core/include/heapyard/say/say.hpp',
  'core/include/heapyard/say/words.hpp',
  'core/src/say/words.cpp',
];

/** The languages that there are beside English. */
export const languages = readdirSync(path.join(root, folder))
  .filter((name) => name.endsWith('.po'))
  .map((name) => name.slice(0, -'.po'.length));

/**
 * What the code says in English, with the files that do and who reads it there.
 *
 * @returns {Promise<Map<string, { files: string[], kinds: Set<string> }>>}
 */
export async function wordsOfCode() {
  const { default: ts } = await import('typescript');
  const words = new Map();
  for (const { kind, under, ending, find } of places) {
    for (const name of namesIn(path.join(root, under)).sort()) {
      const file = path.posix.join(under, name);
      if (!file.endsWith(ending) || defined.includes(file)) continue;
      for (const english of find(readFileSync(path.join(root, file), 'utf8'), file, ts)) {
        const entry = words.get(english) ?? { files: [], kinds: new Set() };
        if (!entry.files.includes(file)) entry.files.push(file);
        entry.kinds.add(kind);
        words.set(english, entry);
      }
    }
  }
  return words;
}

export function saidInScript(source, file, ts) {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const said = [];
  // Others may have a `say` of their own.
  if (!parsed.statements.some((each) => ts.isImportDeclaration(each) && /words\/say\.js/.test(each.getText())))
    return said;
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^say(ing)?$/.test(node.expression.text)) {
      const [first] = node.arguments;
      if (!first || !ts.isStringLiteralLike(first)) {
        const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
        throw new Failure(`${file}:${line + 1}: ${node.expression.text}() takes its English as a literal.`);
      }
      said.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return said;
}

export function saidInCpp(source, file) {
  const said = [];
  for (const call of source.matchAll(/\b(?:say|translated)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)*)/g)) {
    if (call[1] === '') {
      const line = source.slice(0, call.index).split('\n').length;
      throw new Failure(`${file}:${line}: say() takes its English as a literal.`);
    }
    const literals = [...call[1].matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
    said.push(literals.join('').replace(/\\(.)/g, '$1'));
  }
  return said;
}

/** The places of a text that are filled in, in order: `{}` is the next, as in the core. */
export function placesOf(text) {
  let next = 0;
  const found = [...text.replaceAll(/\{\{|\}\}/g, '').matchAll(/\{(\d?)[^}]*\}/g)].map(
    ([, at]) => at || String(next++),
  );
  return [...new Set(found)].sort().join(' ');
}

/**
 * @param {string} language
 * @returns {Promise<Map<string, string>>}
 */
export async function readTranslations(language) {
  const { po } = await import('gettext-parser');
  const entries = Object.values(po.parse(readFileSync(fileOf(language))).translations['']);
  return new Map(entries.filter(({ msgid }) => msgid !== '').map(({ msgid, msgstr }) => [msgid, msgstr[0]]));
}

/** What is wrong with a translation, a sentence each. */
export function faultsOf(words, translations) {
  const faults = [];
  const keys = new Map();
  for (const english of words.keys()) {
    const translation = translations.get(english);
    if (!translation) faults.push(`is missing: ${english}`);
    else if (placesOf(translation) !== placesOf(english)) faults.push(`has other places: ${english}`);
    else if (/[\n\0]/.test(english + translation)) faults.push(`has a line break: ${english}`);
    const other = keys.get(keyOf(english));
    if (other !== undefined) faults.push(`has the same key as “${other}”: ${english}`);
    keys.set(keyOf(english), english);
  }
  for (const english of translations.keys()) if (!words.has(english)) faults.push(`is said nowhere: ${english}`);
  return faults;
}

/** Effects: the language's file has what the code says, in the code's order, and nothing else. Returns what is missing. */
export async function updateTranslations(language) {
  const { po } = await import('gettext-parser');
  const words = await wordsOfCode();
  const kept = await readTranslations(language);
  const entries = [...words].map(([msgid, { files }]) => ({
    msgid,
    msgstr: [kept.get(msgid) ?? ''],
    comments: { reference: files.join('\n') },
  }));
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    Language: language,
  };
  const translations = { '': Object.fromEntries(entries.map((entry) => [entry.msgid, entry])) };
  writeFileSync(fileOf(language), `${po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 0 })}\n`);
  return entries.filter(({ msgstr }) => msgstr[0] === '').map(({ msgid }) => msgid);
}

/**
 * The files that the page fetches for a language, by name: its scripts' words, and for each module those that it has in
 * it. What is not translated yet is said in English; a test tells.
 *
 * @param {Map<string, Uint8Array>} modules by name
 */
export async function wordFiles(modules) {
  const words = await wordsOfCode();
  const files = new Map();
  for (const language of languages) {
    const translations = await readTranslations(language);
    const of = (kind, isSaid) =>
      [...words]
        .filter(([english, { kinds }]) => kinds.has(kind) && (translations.get(english) || english) !== english)
        .filter(([english]) => isSaid(english))
        .map(([english]) => [keyOf(english), translations.get(english)])
        .sort(([a], [b]) => (a < b ? -1 : 1));
    files.set(`words/${language}.json`, JSON.stringify(Object.fromEntries(of('page', () => true))));
    for (const [name, bytes] of modules) {
      const lines = of('core', (english) => Buffer.from(bytes).includes(english)).map(
        ([key, text]) => `${key} ${text}\n`,
      );
      files.set(`words/${language}.${name}.json`, JSON.stringify(lines.join('')));
    }
  }
  return files;
}

/** FNV-1a of the bytes, as web/src/words/say.ts and core/src/say/words.cpp have it. */
export function keyOf(english) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(english)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function fileOf(language) {
  return path.join(root, folder, `${language}.po`);
}
