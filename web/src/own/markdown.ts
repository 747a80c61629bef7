/**
 * Markdown of somebody else, as HTML that can do no harm: a tag in it is text, a link leads to where links may lead, a
 * picture is a link to it. It may come out of an address that anybody wrote.
 */
import { Lexer, Marked, type RendererObject, type Token, type Tokens } from 'marked';
import type { Place } from '../state/lesson-session.js';
import { say } from '../words/say.js';

export type { Token, Tokens };

/** What a link to a step leads to; null when it leads nowhere, which was told. */
export type PlaceOf = (piece: string) => Place | null;

/** `step:a piece of a line` without its beginning; undefined of any other link. */
export const stepOf = (href: string): string | undefined => (href.startsWith('step:') ? href.slice(5) : undefined);

/** Whether a link may lead there: to a page, to a mailbox, to a place of Heapyard. */
export const mayLead = (href: string): boolean => /^(?:https?:\/\/|mailto:|#\/)/i.test(href);

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

// Marks that find no partner take the cube of their number, and what is nested is read once for each level.
const MOST_MARKS: [marks: RegExp, most: number, told: (most: number) => string][] = [
  [/[*_~]/g, 80, (most) => say('a paragraph has at most {0} of the marks *, _ and ~: split it', most)],
  [/[[\]!]/g, 160, (most) => say('a paragraph has at most {0} of the marks [, ] and !: split it', most)],
  [/[<`\\]/g, 240, (most) => say('a paragraph has at most {0} of the marks <, ` and \\: split it', most)],
];
const DEEPEST = 60; // characters before the words of a line

/** A text that would keep the lexer busy for long. */
export class TooHeavy extends Error {
  constructor(
    message: string,
    readonly source: string, // what it is about, as it stands in the text
  ) {
    super(message);
  }
}

/** Looks at each paragraph before it is read. */
class CarefulLexer extends Lexer {
  override inlineTokens(source: string, tokens?: Token[]): Token[] {
    for (const [marks, most, told] of MOST_MARKS) {
      if ((source.match(marks)?.length ?? 0) > most) throw new TooHeavy(told(most), source);
    }
    return super.inlineTokens(source, tokens);
  }
}

/** Nothing is a tag: a < is a character as others are. */
const careful = new Marked({ tokenizer: { html: () => undefined, tag: () => undefined } });

/** The blocks of a text. Throws TooHeavy, or a RangeError for what is nested deeper than the stack. */
export function blocksOf(markdown: string): Token[] {
  for (const line of markdown.split('\n')) {
    const [before] = /^[\s>*+\-\d.)]*/.exec(line)!;
    if (before.length > DEEPEST) throw new TooHeavy(say('this is nested or indented too deep'), line);
  }
  return new CarefulLexer(careful.defaults).lex(markdown).filter((token) => token.type !== 'space');
}

/** Makes blocks HTML. `way` makes an address of a place of Heapyard. */
export function htmlOf(place: PlaceOf, way: (hash: string) => string): (block: Token) => string {
  const link = (href: string, words: string) => {
    const step = stepOf(href);
    if (step !== undefined) {
      const at = place(step);
      return at ? `<a href="#" data-lines="${at.lines}" data-occurrence="${at.occurrence}">${words}</a>` : words;
    }
    if (!mayLead(href)) return words;
    const target = href.startsWith('#') ? way(href) : href;
    return `<a href="${escaped(target)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
  };
  const renderer: RendererObject = {
    html: ({ text }) => escaped(text),
    text(token) {
      return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escaped(token.text);
    },
    codespan: ({ text }) => `<code>${escaped(text)}</code>`,
    code: ({ text }) => `<pre><code>${escaped(text)}</code></pre>`,
    link({ href, tokens }) {
      return link(href, this.parser.parseInline(tokens));
    },
    image: ({ href, text }) => link(stepOf(href) === undefined ? href : '', escaped(text)),
    listitem({ task, checked, tokens, loose }) {
      return `<li>${task ? (checked ? '☑ ' : '☐ ') : ''}${this.parser.parse(tokens, Boolean(loose))}</li>`;
    },
    heading({ tokens, depth }) {
      return `<h${Math.max(4, depth)}>${this.parser.parseInline(tokens)}</h${Math.max(4, depth)}>`;
    },
    tablecell({ header, tokens }) {
      const name = header ? 'th' : 'td';
      return `<${name}>${this.parser.parseInline(tokens)}</${name}>`;
    },
  };
  const marked = new Marked({ renderer });
  return (block) => marked.parser([block]).trim();
}

/** Every token in a block, the outer ones first. */
export function* inside(token: Token): Generator<Token> {
  yield token;
  const { tokens = [], items = [] } = token as { tokens?: Token[]; items?: Token[] };
  const { header = [], rows = [] } = token as Partial<Tokens.Table>;
  for (const each of [...tokens, ...items]) yield* inside(each);
  for (const cell of [...header, ...rows.flat()]) for (const each of cell.tokens) yield* inside(each);
}
