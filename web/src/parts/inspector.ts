import { LitElement, css, html, nothing } from 'lit';
import { address, count } from '../core/format.js';
import { pairs, type Block } from '../core/words.js';
import type { Frame, Session } from '../state/session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';

const BYTES_AT_FIRST = 128;
const MOST_BYTES = 4096;
const EPISODES = 12;

/** The chosen block, or the one of this step: its facts, what happened to its bytes, the bytes themselves. */
export class Inspector extends LitElement {
  static override properties = { session: { attribute: false }, frame: { attribute: false }, all: { state: true } };
  declare session: Session;
  declare frame: Frame;
  declare private all: number; // offset of the block whose bytes and episodes are all shown, −1 for none

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 14px;
        align-content: start;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 4px 14px;
        margin: 0;
      }
      dt {
        color: var(--soft);
      }
      dd {
        margin: 0;
        text-align: right;
      }
      ol {
        list-style: none;
        margin: 0;
        padding: 0 0 0 5px;
      }
      li {
        position: relative;
        padding: 0 0 10px 16px;
        border-left: 2px solid var(--line);
        line-height: 1.4;
      }
      li:last-child {
        border-color: transparent;
        padding-bottom: 0;
      }
      li::before {
        content: '';
        position: absolute;
        left: -6px;
        top: 5px;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--edge);
        border: 2px solid var(--paper);
      }
      li.now::before {
        background: var(--now);
      }
      li.later {
        color: var(--soft);
      }
      li.later::before {
        background: var(--paper);
        border-color: var(--edge);
      }
      li button {
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
        text-align: left;
        white-space: normal;
      }
      li button:hover {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      code {
        font: 600 0.9em var(--mono);
        overflow-wrap: anywhere;
      }
      .bytes {
        padding: 8px 12px;
        font: 12px / 1.85 var(--mono);
        overflow-x: auto;
      }
      .bytes div {
        display: grid;
        grid-template-columns: auto repeat(8, 2ch) 1fr;
        gap: 0 4px;
        white-space: pre;
        width: max-content;
      }
      .bytes .at {
        color: var(--soft);
        margin-right: 6px;
      }
      .bytes .header {
        background: var(--hair);
        border-radius: 2px;
      }
      .bytes .rest {
        color: var(--soft);
      }
      .bytes .changed {
        text-decoration: underline 2px var(--now);
        text-underline-offset: 4px;
      }
      .bytes .ascii {
        color: var(--soft);
        margin-left: 8px;
      }
      .close {
        display: none;
      }
      @container (max-width: 760px) {
        .close {
          display: block;
        }
      }
      .actions {
        display: flex;
        gap: 8px;
        flex-wrap: wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.all = -1;
  }

  protected override render() {
    const { frame } = this;
    const block = frame.selected;
    const close = html`<button class="close" @click=${() => this.dispatchEvent(new Event('close'))}>
      ${say('Close')}
    </button>`;
    if (!block) {
      return html`<h2>${say('Block')} ${close}</h2>
        <p class="soft">
          ${frame.run.steps === 0 ? say('Nothing has run yet.') : say('Choose a block in the picture to see its bytes and what happened to them.')}
        </p>`;
    }
    const facts = frame.run.lab.facts!(block.offset);
    const name = facts.name || this.session.nameOf(block);
    return html`<h2>
        ${say('Block')} ${name ? html`<span class="name">${name}</span>` : nothing}
        <span class="aside mono">${address(block.offset, frame.run.arenaBytes)}</span>${close}
      </h2>
      <dl>
        ${facts.rows.map(
          (row) =>
            html`<dt>${row.label}</dt>
              <dd>${row.value}</dd>`,
        )}
      </dl>
      ${this.#renderActions(block)} ${this.#renderBiography(block)} ${this.#renderBytes(block)}`;
  }

  #renderActions(block: Block) {
    const name = this.session.holder(block);
    if (name === '' && !this.frame.pinned) return nothing;
    return html`<div class="actions">
      ${
        name !== ''
          ? html`<button
              class="free"
              title=${say('Adds “free {0}” to the script (Delete)', name)}
              @click=${() => this.session.free(block)}
            >
              ${say('Free {0}', name)}
            </button>`
          : nothing
      }
      ${
        this.frame.pinned
          ? html`<button
              class="quiet"
              title=${say('Show the block of each step again (Esc)')}
              @click=${() => this.session.select(null)}
            >
              ${say('Follow the steps')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderBiography(block: Block) {
    const episodes = this.frame.run.lab.biography!(block.offset);
    if (episodes.length === 0) return nothing;
    const near = episodes.findIndex((episode) => episode.step > this.frame.number);
    const last =
      this.all === block.offset ? episodes.length : Math.max(EPISODES, near < 0 ? episodes.length : near + 3);
    const first = this.all === block.offset ? 0 : Math.max(0, last - EPISODES);
    const shown = episodes.slice(first, last);
    const hidden = episodes.length - shown.length;
    return html`<ol aria-label=${say('What happened to these bytes')}>
        ${shown.map(
          (episode) =>
            html`<li
              class=${episode.step === this.frame.number ? 'now' : episode.step > this.frame.number ? 'later' : ''}
            >
              <button @click=${() => this.session.seek(episode.step)}>
                <span class="soft">${say('step {0}, line {1}', episode.step, episode.line)}</span><br />
                <code>${episode.text}</code> · ${episode.what}
              </button>
            </li>`,
        )}
      </ol>
      ${hidden > 0 ? this.#more(block, hidden === 1 ? say('Show 1 more event') : say('Show {0} more events', count(hidden))) : nothing}`;
  }

  #renderBytes(block: Block) {
    const { lab, keepsBytes } = this.frame.run;
    if (!keepsBytes) {
      return html`<p class="small soft">
        ${say('This run is too large to keep the bytes of every step; sizes and places are kept.')}
      </p>`;
    }
    const length = Math.min(block.size, this.all === block.offset ? MOST_BYTES : BYTES_AT_FIRST);
    const bytes = lab.bytes(block.offset, length);
    const changed = pairs(lab.changed());
    const isChanged = (at: number) => changed.some(([offset, size]) => at >= offset && at < offset + size);
    const part = (at: number) => {
      if (block.state !== 'used') return 'rest';
      if (at < block.payloadOffset) return 'header';
      return at < block.payloadOffset + block.payloadSize ? '' : 'rest';
    };
    const rows = [];
    for (let at = 0; at < bytes.length; at += 8) {
      const row = [...bytes.subarray(at, at + 8)];
      const cells = row.map((byte, index) => {
        const place = block.offset + at + index;
        const kind = `${part(place)} ${isChanged(place) ? 'changed' : ''}`;
        return html`<span class=${kind}>${byte.toString(16).padStart(2, '0')}</span>`;
      });
      while (cells.length < 8) cells.push(html`<span></span>`);
      const ascii = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
      const where = address(block.offset + at, this.frame.run.arenaBytes).slice(2);
      rows.push(html`<div><span class="at">${where}</span>${cells}<span class="ascii">${ascii}</span></div>`);
    }
    return html`<div
        class="card bytes"
        tabindex="0"
        role="group"
        aria-label=${say('Bytes of the block, in hexadecimal and as characters')}
      >
        ${rows}
      </div>
      ${
        length < block.size && this.all !== block.offset
          ? this.#more(block, say('Show {0} more bytes', count(Math.min(block.size, MOST_BYTES) - length)))
          : nothing
      }`;
  }

  #more(block: Block, words: string) {
    return html`<button class="quiet small" @click=${() => (this.all = block.offset)}>${words}</button>`;
  }
}
