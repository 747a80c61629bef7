import type { Language } from '../state/language-name.js';

/**
 * The words that a reader sees, in the reader's language. English stands in the code, always as a literal; the
 * translations stand in words/LANGUAGE.po, which `npm run words` compares with the code. Nothing is to be said while a
 * module is loaded: its language may still be on its way.
 */
let spoken: Language = 'en';
let translations: Readonly<Record<string, string>> = {};
const said = new Map<string, string[]>(); // by the English words: texts, and between them places

export const language = (): Language => spoken;

/** `words` by the key of the English ones: scripts/lib/words.mjs makes them. */
export function setWords(next: Language, words: Readonly<Record<string, string>>): void {
  spoken = next;
  translations = words;
  said.clear();
}

/** FNV-1a of the bytes, as core/src/say/words.cpp has it. */
function keyOf(english: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(english)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function pieces(english: string): string[] {
  let found = said.get(english);
  if (!found) said.set(english, (found = (translations[keyOf(english)] ?? english).split(/\{(\d)\}/)));
  return found;
}

/** `english` in the reader's language, `{0}`, `{1}` … replaced by the values. */
export function say(english: string, ...values: (string | number)[]): string {
  return saying(english, ...values).join('');
}

/** The same for values that are to be drawn: what Lit draws in turn. */
export function saying(english: string, ...values: unknown[]): unknown[] {
  return pieces(english).map((piece, index) => (index % 2 ? values[Number(piece)] : piece));
}
