export type Language = 'script' | 'c' | 'c++' | 'rust' | 'markdown';

export interface Token {
  from: number;
  to: number;
  kind: 'keyword' | 'comment' | 'string' | 'number' | 'type';
}

const SCRIPT =
  /(?<comment>#.*)|(?<string>"(?:[^"\\]|\\.)*"?)|(?<keyword>\b(?:malloc|calloc|realloc|aligned_alloc|free|write|read|poke|mark|release|null)\b)|(?<number>\b(?:0x[\da-f]+|\d+)\b)/gi;
const C =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<keyword>\b(?:struct|union|typedef|const|unsigned|signed|alignas|_Alignas)\b)|(?<type>\b(?:void|bool|_Bool|char|short|int|long|float|double|size_t|ptrdiff_t|wchar_t|u?int(?:8|16|32|64|ptr)_t|[ui](?:8|16|32|64)|f(?:32|64)|usize|isize)\b)|(?<number>\b(?:0x[\da-f]+|\d+)\b)/gi;

const CPP =
  /(?<comment>\/\/.*)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<=#include )<\w+>)|(?<keyword>#include\b|\b(?:alignas|auto|break|case|class|const|constexpr|continue|default|delete|do|else|enum|explicit|for|if|namespace|new|noexcept|nullptr|operator|private|public|return|sizeof|static_cast|struct|switch|template|this|true|false|typename|using|virtual|while)\b)|(?<type>\b(?:void|bool|char|short|int|long|unsigned|float|double)\b)|(?<number>\b(?:0x[\da-f]+|\d+(?:\.\d+)?)\b)/gi;
const RUST =
  /(?<comment>\/\/.*)|(?<string>b?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)')|(?<keyword>\b(?:as|break|const|continue|crate|dyn|else|enum|fn|for|if|impl|in|let|loop|match|mod|move|mut|pub|ref|return|Self|self|static|struct|trait|type|unsafe|use|where|while|true|false)\b)|(?<type>\b(?:bool|char|str|[iu](?:8|16|32|64|128|size)|f(?:32|64)|Box|Vec|String|Option|Some|None|Rc|Arc|Weak|Result)\b)|(?<number>\b(?:0x[\da-f_]+|\d[\d_]*(?:\.\d+)?)\b)/g;
const MARKDOWN = /(?<comment>^```.*)|(?<keyword>^#+ .*)|(?<string>`[^`]+`)|(?<type>\]\(<?[^)>]*>?\))/g;
const PATTERNS = { script: SCRIPT, c: C, 'c++': CPP, rust: RUST, markdown: MARKDOWN };

/** The coloured words of one line, for the listing and the editor alike. */
export function tokens(line: string, language: Language): Token[] {
  const result: Token[] = [];
  for (const match of line.matchAll(PATTERNS[language])) {
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
