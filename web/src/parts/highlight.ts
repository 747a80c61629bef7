export type Language = 'script' | 'c';

export interface Token {
  from: number;
  to: number;
  kind: 'keyword' | 'comment' | 'string' | 'number' | 'type';
}

const SCRIPT =
  /(?<comment>#.*)|(?<string>"(?:[^"\\]|\\.)*"?)|(?<keyword>\b(?:malloc|calloc|realloc|aligned_alloc|free|write|read|poke|null)\b)|(?<number>\b(?:0x[\da-f]+|\d+)\b)/gi;
const C =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<keyword>\b(?:struct|union|typedef|const|unsigned|signed|alignas|_Alignas)\b)|(?<type>\b(?:void|bool|_Bool|char|short|int|long|float|double|size_t|ptrdiff_t|wchar_t|u?int(?:8|16|32|64|ptr)_t|[ui](?:8|16|32|64)|f(?:32|64)|usize|isize)\b)|(?<number>\b(?:0x[\da-f]+|\d+)\b)/gi;

/** The coloured words of one line, for the listing and the editor alike. */
export function tokens(line: string, language: Language): Token[] {
  const result: Token[] = [];
  for (const match of line.matchAll(language === 'c' ? C : SCRIPT)) {
    const kind = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0] as Token['kind'];
    result.push({ from: match.index, to: match.index + match[0].length, kind });
  }
  return result;
}

/** A column counted in code points, as the core counts, as an index into the line's UTF-16. */
export function indexOfColumn(line: string, column: number): number {
  let index = 0;
  for (let at = 1; at < column && index < line.length; ++at) index += line.codePointAt(index)! > 0xffff ? 2 : 1;
  return index;
}

/** How a line stands out: as that of the step, as one that commits a fault, or as one that a fault is about. */
export function stateOf(line: number, now: number, faultLines: number[]): string {
  const involved = faultLines.includes(line);
  if (line === now) return involved ? 'now guilty' : 'now';
  return involved ? 'involved' : '';
}
