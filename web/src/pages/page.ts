import { LitElement, css, html, type TemplateResult } from 'lit';
import { fetchJson } from '../core/load.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';

/** A page to read: one column, made of a file of data. */
export abstract class Page<Data> extends LitElement {
  static override properties = { data: { state: true }, failed: { state: true }, revision: { type: Number } };
  declare protected data: Data | null;
  declare private failed: boolean;
  declare revision: number; // changes when something that it shows did

  static override styles = [
    base,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
      article {
        padding: 32px 24px 56px;
        width: 100%;
        max-width: 860px;
        margin: 0 auto;
        line-height: 1.6;
      }
      article > h2 {
        font-size: calc(1.5 * var(--rem));
        letter-spacing: -0.01em;
        text-transform: none;
        color: var(--ink);
        margin-bottom: 8px;
      }
      a {
        text-decoration-color: var(--edge);
      }
      code {
        font-family: var(--mono);
        font-size: 0.92em;
        overflow-wrap: anywhere;
      }
      @container (max-width: 600px) {
        article {
          padding: 20px 16px 40px;
        }
      }
    `,
  ];

  protected abstract readonly file: string;

  constructor() {
    super();
    this.data = null;
    this.failed = false;
    this.revision = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.data) return;
    try {
      this.data = await fetchJson<Data>(this.file);
    } catch {
      this.failed = true;
    }
  }

  protected abstract renderPage(data: Data): TemplateResult;

  protected override render() {
    if (this.failed) {
      return html`<article>
        <p role="alert">${say('This page cannot be fetched. Reload it to try again.')}</p>
      </article>`;
    }
    return this.data
      ? html`<article>${this.renderPage(this.data)}</article>`
      : html`<article><p role="status">${say('Fetching…')}</p></article>`;
  }

  /** Pages have no keys of their own: those of the browser scroll them. */
  key(): boolean {
    return false;
  }
}
