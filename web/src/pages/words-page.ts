import { css, html } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { english } from '../words/english.js';
import { say } from '../words/say.js';
import { SearchPage, found } from './search-page.js';

interface Row {
  cells: { html: string; text: string }[];
  lesson: string;
  title: string; // of the lesson
}

interface Words {
  title: string;
  abstract: string;
  columns: string[];
  rows: Row[];
}

/**
 * What C++, C and Rust call the same thing: core/lessons/words.md. A table; where it has no room, each row is a block,
 * and each cell has its language before it. The roles are written out: a table that is no longer displayed as one loses
 * its own.
 */
export class WordsPage extends SearchPage<Words> {
  protected readonly file = 'lessons/words.json';

  static override styles = [
    ...SearchPage.styles,
    css`
      :host {
        scroll-padding-top: 48px;
      }
      article {
        max-width: 1180px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        margin-top: 12px;
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
        position: sticky;
        top: 0;
        background: var(--paper);
        box-shadow: inset 0 -1px var(--edge);
        color: var(--soft);
      }
      tbody th {
        font-weight: 600;
        width: 20%;
      }
      .of {
        display: none;
      }
      @container (max-width: 800px) {
        table,
        tbody,
        tbody tr,
        tbody th,
        tbody td {
          display: block;
          width: auto;
        }
        thead {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        tbody tr {
          padding: 12px 0;
          border-bottom: 1px solid var(--line);
        }
        tbody th,
        tbody td {
          padding: 0;
          border: 0;
        }
        tbody th {
          font-size: var(--size-large);
          line-height: 1.35;
        }
        tbody td {
          display: grid;
          grid-template-columns: 60px minmax(0, 1fr);
          margin-top: 6px;
        }
        .of {
          display: block;
          color: var(--soft);
          font-size: var(--size-small);
          line-height: calc(var(--size-text) * 1.6);
        }
      }
    `,
  ];

  protected override renderPage({ title, abstract, columns, rows }: Words) {
    const shown = found(rows, this.words, ({ cells, title }) => [
      cells[0]!.text,
      `${cells.map(({ text }) => text).join(' ')} ${title}`,
    ]);
    return html`<h2 lang=${english()}>${title}</h2>
      <p class="soft" lang=${english()}>${abstract}</p>
      ${this.renderFind(shown.length, say('{0} of {1} rows', shown.length, rows.length))}
      <table role="table" lang=${english()} aria-label=${title} ?hidden=${shown.length === 0}>
        <thead role="rowgroup">
          <tr role="row">
            ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${shown.map((row) => renderRow(row, columns))}
        </tbody>
      </table>`;
  }
}

function renderRow({ cells: [what, ...cells], lesson, title }: Row, columns: string[]) {
  return html`<tr role="row">
    <th role="rowheader" scope="row">${unsafeHTML(what!.html)}</th>
    ${cells.slice(0, -1).map((cell, index) => renderCell(columns[index + 1]!, unsafeHTML(cell.html)))}
    ${renderCell(columns.at(-1)!, html`<a href="#/lessons?l=${lesson}">${title}</a>`)}
  </tr>`;
}

/** The name before a cell is for the eye: who hears a table hears its columns. */
function renderCell(column: string, words: unknown) {
  return html`<td role="cell"><span class="of" aria-hidden="true">${column}</span><span>${words}</span></td>`;
}
