import { css, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { Page } from './page.js';

interface Glossary {
  title: string;
  abstract: string;
  terms: { term: string; id: string; html: string; text: string }[];
}

/** The terms of the field: core/lessons/glossary.md. */
export class GlossaryPage extends Page<Glossary> {
  static override properties = { ...Page.properties, sought: { state: true } };
  declare private sought: string;
  protected readonly file = 'lessons/glossary.json';

  static override styles = [
    ...Page.styles,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 10px;
        margin: 16px 0 8px;
      }
      dt {
        font-weight: 650;
        margin-top: 16px;
      }
      dd {
        margin: 0;
      }
    `,
  ];

  constructor() {
    super();
    this.sought = '';
  }

  protected override renderPage({ title, abstract, terms }: Glossary) {
    const words = this.sought.trim().toLowerCase();
    const found = terms.filter(({ term, text }) => `${term} ${text}`.toLowerCase().includes(words));
    return html`<h2>${title}</h2>
      <p class="soft">${abstract}</p>
      <label
        >Find
        <input
          type="search"
          .value=${this.sought}
          @input=${(event: Event) => (this.sought = (event.target as HTMLInputElement).value)}
      /></label>
      <p class="unseen" role="status">${words ? `${found.length} of ${terms.length} terms` : ''}</p>
      ${found.length === 0 ? html`<p>No term has “${this.sought.trim()}” in it.</p>` : ''}
      <dl>
        ${found.map(
          ({ term, html: words }) =>
            html`<dt>${term}</dt>
              <dd>${unsafeHTML(words)}</dd>`,
        )}
      </dl>`;
  }
}
