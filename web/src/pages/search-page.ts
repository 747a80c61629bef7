import { css, html, type TemplateResult } from 'lit';
import { say } from '../words/say.js';
import { Page } from './page.js';

/** A page of named things, among which the reader can look for words. */
export abstract class SearchPage<Data> extends Page<Data> {
  static override properties = { ...Page.properties, sought: { state: true } };
  declare protected sought: string;

  static override styles = [
    ...Page.styles,
    css`
      .find {
        display: flex;
        align-items: center;
        gap: 10px;
        margin: 16px 0 8px;
      }
      .find input {
        min-width: 0;
        width: 280px;
      }
    `,
  ];

  constructor() {
    super();
    this.sought = '';
  }

  /** What is looked for, in small letters; "" when nothing is. */
  protected get words(): string {
    return this.sought.trim().toLowerCase();
  }

  /** `told`: how many were found, for who does not see them. */
  protected renderFind(found: number, told: string): TemplateResult {
    return html`<label class="find"
        >${say('Find')}
        <input
          type="search"
          .value=${this.sought}
          @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
      /></label>
      <p class="unseen" role="status">${this.words ? told : ''}</p>
      ${found === 0 ? html`<p>${say('Nothing here has “{0}” in it.', this.sought.trim())}</p>` : ''}`;
  }
}

/** Those that have the words in their name or their text: the name itself first, then names that begin with them. */
export function found<Thing>(things: Thing[], words: string, said: (thing: Thing) => [name: string, text: string]) {
  const ranked = things.map((thing) => ({ thing, rank: rankOf(words, said(thing)) }));
  return ranked
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing);
}

function rankOf(words: string, said: [string, string]): number {
  const [name, text] = said.map((each) => each.toLowerCase()) as [string, string];
  if (words === '') return 0;
  const at = name.indexOf(words);
  if (at >= 0) return name === words ? 0 : at === 0 ? 1 : 2;
  return text.includes(words) ? 3 : -1;
}
