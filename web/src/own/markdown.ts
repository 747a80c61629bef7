/**
 * Markdown of somebody else, as HTML that can do no harm: a tag in it is text, a link leads to where links may lead, a
 * picture is a link to it. It may come out of an address that anybody wrote.
 */
import { Lexer, Marked, type RendererObject, type Token, type Tokens } from 'marked';
import type { Place } from '../state/lesson-session.js';

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

/** The blocks of a text. Throws a RangeError for what is nested too deep. */
export function blocksOf(markdown: string): Token[] {
  return new Lexer().lex(markdown).filter((token) => token.type !== 'space');
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
