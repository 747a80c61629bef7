import { css, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { Page } from './page.js';

interface Words {
  title: string;
  abstract: string;
  columns: string[];
  rows: { cells: { html: string; text: string }[]; lesson: string }[];
}

/** What C++, C and Rust call the same thing: core/lessons/words.md. */
export class WordsPage extends Page<Words> {
  protected readonly file = 'lessons/words.json';

  static override styles = [
    ...Page.styles,
    css`
      article {
        max-width: 1180px;
      }
      .wide {
        overflow-x: auto;
        margin-top: 20px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        min-width: 720px;
        font-size: var(--size-text);
      }
      th,
      td {
        text-align: left;
        vertical-align: top;
        padding: 8px 12px 8px 0;
        border-bottom: 1px solid var(--hair);
        font-weight: 400;
      }
      thead th {
        color: var(--soft);
        border-color: var(--line);
      }
      tbody th {
        font-weight: 600;
        width: 20%;
      }
    `,
  ];

  protected override renderPage({ title, abstract, columns, rows }: Words) {
    return html`<h2>${title}</h2>
      <p class="soft">${abstract}</p>
      <div class="wide" role="region" aria-label=${title} tabindex="0">
        <table>
          <thead>
            <tr>
              ${columns.map((column) => html`<th scope="col">${column}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ cells, lesson }) =>
                html`<tr>
                  ${cells
                    .slice(0, -1)
                    .map((cell, index) =>
                      index === 0
                        ? html`<th scope="row">${unsafeHTML(cell.html)}</th>`
                        : html`<td>${unsafeHTML(cell.html)}</td>`,
                    )}
                  <td><a href="#/lessons?l=${lesson}">${lesson}</a></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}
