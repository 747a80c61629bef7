// What a program gives to printf, which core/src/stage/printed.cpp has to know.
import { split } from './metadata.mjs';

const known = /%(?:(?:ll?|z)?[dux]|[cgs%])/g;

/**
 * Throws where a format of printf's asks for what lessons do not have.
 *
 * @param {string[]} lines the module in LLVM's textual form
 * @param {string} file the name of its source
 */
export function checkFormats(lines, file) {
  const texts = new Map();
  for (const line of lines) {
    const text = /^(@\S+) = .*constant \[\d+ x i8\] (?:c"(.*)"|zeroinitializer)/.exec(line);
    if (text) texts.set(text[1], decoded(text[2] ?? ''));
  }
  for (const line of lines) {
    const [, words] = /\bcall\b.*@printf\((.*)/.exec(line) ?? [];
    if (words === undefined) continue;
    const format = texts.get(/@[\w.$]+/.exec(split(words)[0])?.[0]);
    const wrong = format === undefined ? 'what is no literal' : /%.?/.exec(format.replace(known, ''))?.[0];
    if (wrong === undefined) continue;
    throw new Error(
      `${file}: printf of ${wrong}. A lesson prints with %c, %d, %g, %s, %u and %x, with l, ll or z before d, u and x; ` +
        `what else there is would make every lesson heavier.`,
    );
  }
}

/** `a\0A\00` → a and a line's end. */
const decoded = (text) =>
  text
    .replace(/\\00$/, '')
    .replace(/\\([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
