import { LitElement, css, html, nothing } from 'lit';
import { offline } from '../state/offline.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { replace } from './keeper.js';

/** Offers a new version. The reader decides when: in the middle of a lesson nothing is replaced. */
export class UpdateNotice extends LitElement {
  static override properties = {
    settle: { attribute: false },
    dismissed: { state: true },
    words: { state: true },
  };
  /** Brings what is open to where the page finds it again; false when it is too early for that. */
  declare settle: () => Promise<boolean>;
  declare private dismissed: boolean;
  declare private words: string;

  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 6px 24px;
        border-bottom: 1px solid var(--line);
        background: var(--card);
      }
      .quiet {
        margin-left: auto;
      }
      @media (max-width: 760px) {
        div {
          padding: 6px 12px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.dismissed = false;
    this.words = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    offline.addEventListener('change', this.#changed);
  }

  override disconnectedCallback(): void {
    offline.removeEventListener('change', this.#changed);
    super.disconnectedCallback();
  }

  #changed = (): void => this.requestUpdate();

  #use = async (): Promise<void> => {
    if (await this.settle()) await replace();
    else this.words = say('Something is still being opened: try again when it is there.');
  };

  protected override render() {
    if (!offline.isReplaceable || this.dismissed) return nothing;
    return html`<div role="status">
      <span>${this.words || say('A new version of Heapyard is here.')}</span>
      <button @click=${this.#use}>${say('Use it now')}</button>
      <button class="quiet" aria-label=${say('Dismiss')} @click=${() => (this.dismissed = true)}>✕</button>
    </div>`;
  }
}
