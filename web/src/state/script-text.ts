/** Edits of a script's text that the page makes for the reader: one line put after another. */

export function insertLine(text: string, after: number, line: string): string {
  const lines = text.replace(/\n+$/, '').split('\n');
  if (text === '') lines.length = 0;
  lines.splice(Math.min(after, lines.length), 0, line);
  return `${lines.join('\n')}\n`;
}

/** A name that the script does not use yet: a … z, then a2, b2 … */
export function freshName(text: string): string {
  const taken = new Set(text.match(/[A-Za-z_]\w*/g));
  for (let round = 1; ; ++round) {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const name = round === 1 ? letter : `${letter}${round}`;
      if (!taken.has(name)) return name;
    }
  }
}

export function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ++lines;
  return lines;
}
