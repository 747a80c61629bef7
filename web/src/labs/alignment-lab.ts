import { LitElement, css, html, nothing } from 'lit';
import { count } from '../core/format.js';
import { isEmbedded } from '../core/home.js';
import type { RecordLayout } from '../core/module.js';
import { structExamples } from '../examples/structs.js';
import { structLegend } from '../parts/legend.js';
import { patterns } from '../parts/patterns.js';
import type { ScriptEditor } from '../parts/script-editor.js';
import type { StructModel } from '../state/structs.js';
import { shows, without, type Show } from '../state/show.js';
import { base, forms } from '../styles/base.js';
import { stage } from '../styles/lab.js';
import { machine } from '../styles/machine.js';
import { readTextFile, savePicture } from './files.js';
import { landmark } from '../parts/around.js';
import { say } from '../words/say.js';

/** Struct text on the left, its bytes with padding in the middle, the least it could take on the right. */
export class AlignmentLab extends LitElement {
  static override properties = {
    model: { attribute: false },
    revision: { type: Number },
    unreadable: { state: true },
    sheet: { state: true },
    show: { attribute: false },
  };
  declare model: StructModel;
  declare revision: number;
  declare show: Show;
  declare private unreadable: string;
  declare private sheet: boolean;
  #edit = 0;

  static override styles = [
    base,
    forms,
    stage,
    machine,
    css`
      .abis {
        display: flex;
        flex-wrap: wrap;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--card);
        overflow: hidden;
      }
      .abis button {
        border: 0;
        border-radius: 0;
        background: none;
        color: var(--ink);
        padding: 4px 12px;
        flex: 1;
      }
      .abis button[aria-pressed='true'] {
        background: var(--ink);
        color: var(--paper);
      }
      .abis button:focus-visible {
        outline-offset: -4px;
        outline-color: var(--edge);
      }
      .canvas {
        display: grid;
        gap: 20px;
        min-width: 0;
      }
      .canvas .legend {
        order: 0;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: var(--size-small);
      }
      caption {
        text-align: left;
        color: var(--soft);
        padding-bottom: 6px;
      }
      th,
      td {
        text-align: right;
        padding: 6px 10px;
        border-top: 1px solid var(--line);
        font-weight: 400;
        white-space: nowrap;
      }
      th:first-child {
        text-align: left;
        padding-left: 0;
      }
      thead th {
        color: var(--soft);
        border: 0;
      }
      tr.on th,
      tr.on td {
        font-weight: 650;
      }
      th[scope='row'] {
        white-space: normal;
      }
      td.least {
        color: var(--soft);
      }
      .minimal {
        display: grid;
        gap: 14px;
        align-content: start;
      }
      .big {
        font-size: var(--size-large);
        line-height: 1.4;
      }
      @container (max-width: 760px) {
        .sheet {
          --transport: 0px;
        }
        .abis {
          flex-basis: 100%;
        }
        .abis button {
          padding: 4px;
        }
        th,
        td {
          padding: 6px;
        }
        .minimal {
          order: 6;
        }
        .settings {
          order: 1;
        }
        .headline {
          order: 2;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.unreadable = '';
    this.sheet = false;
    this.show = null;
  }

  protected override render() {
    const { show } = this;
    return html`<div
      class="stage ${without(show)}"
      @dragover=${(event: Event) => event.preventDefault()}
      @drop=${this.#dropped}
    >
      ${shows(show, 'code') ? this.#renderText() : nothing}
      <div class="body">
        ${shows(show, 'heap') ? this.#renderMiddle() : nothing}
        ${
          shows(show, 'story')
            ? html`<section role=${landmark()} class="meaning" aria-label=${say('Minimal order')}>
                ${this.#renderMinimal()}
              </section>`
            : nothing
        }
      </div>
    </div>`;
  }

  #renderText() {
    const { model } = this;
    return html`<section role=${landmark()} class="script ${this.sheet ? 'sheet' : ''}" aria-label=${say('Struct')}>
      <div class="panel-head">
        <h2>${say('Struct')} <button class="close" @click=${() => (this.sheet = false)}>${say('Close')}</button></h2>
        <div class="tools" ?hidden=${isEmbedded()}>
          <select aria-label=${say('Ready-made structs')} @change=${this.#exampleChosen}>
            <option value="">${say('Examples…')}</option>
            ${structExamples().map((each) => html`<option value=${each.id}>${each.title}</option>`)}
          </select>
          <button title=${say('Open a file with a struct (o)')} @click=${this.#openFile}>${say('Open…')}</button>
          <input type="file" hidden @change=${this.#fileChosen} />
        </div>
        ${this.unreadable ? html`<p class="note bad" role="alert">${this.unreadable}</p>` : nothing}
        ${
          model.problems.length > 0
            ? html`<p class="note bad" role="alert">
                ${model.problems.length === 1 ? say('1 line cannot be read.') : say('{0} lines cannot be read.', count(model.problems.length))}
                ${model.chosen() ? say('The picture shows the struct as it was before.') : ''}
              </p>`
            : nothing
        }
      </div>
      <heapyard-script-editor
        language="c"
        label=${say('Struct text, in C')}
        .text=${model.text}
        .problems=${model.problems}
        @edit=${this.#edited}
      ></heapyard-script-editor>
    </section>`;
  }

  #renderMiddle() {
    const { model } = this;
    const record = model.chosen();
    const stale = model.problems.length > 0;
    return html`<section role=${landmark()} class="picture ${stale ? 'stale' : ''}" aria-label=${say('Bytes')}>
      <svg width="0" height="0" class="unseen" aria-hidden="true">${patterns}</svg>
      <div class="settings">
        <h2>${say('Bytes')}</h2>
        ${this.#renderRecords()}
        <div class="abis" role="group" aria-label="ABI">
          ${model.abis.map(
            ({ name, title }) =>
              html`<button title=${title} aria-pressed=${name === model.abi} @click=${() => model.setAbi(name)}>
                ${name.replace('_', '-').replace('msvc-x64', 'MSVC x64')}
              </button>`,
          )}
        </div>
      </div>
      <button class="opener" @click=${() => (this.sheet = true)}>${say('Edit the struct')}</button>
      <div class="headline">
        <p class="sentence" role="status">
          ${record ? sentence(record) : say('No struct yet: write one on the left.')}
        </p>
      </div>
      <div class="canvas">
        ${
          record
            ? html`<heapyard-struct-rows
                  class="actual"
                  .record=${record}
                  .hues=${this.#hues(record)}
                ></heapyard-struct-rows>
                ${structLegend()} ${this.#renderCompare(record.name)}`
            : nothing
        }
      </div>
      <div class="foot">
        <details>
          <summary>${say('The same in words')}</summary>
          <pre class="card twin" tabindex="0">${model.twin()}</pre>
        </details>
        <button class="quiet small" @click=${this.#savePicture}>${say('Save as SVG')}</button>
      </div>
    </section>`;
  }

  async #savePicture(): Promise<void> {
    this.unreadable = await savePicture(this.model);
  }

  #renderRecords() {
    const { model } = this;
    const records = model.records();
    if (records.length < 2) return nothing;
    const chosen = model.chosen()?.name;
    return html`<label>
      <span class="unseen">${say('Struct shown')}</span>
      <select @change=${(event: Event) => model.setRecord((event.target as HTMLSelectElement).value)}>
        ${records.map(({ name }) => html`<option ?selected=${name === chosen}>${name}</option>`)}
      </select>
    </label>`;
  }

  #renderCompare(name: string) {
    const { model } = this;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${say('The same struct on every ABI')}>
      <table class="compare">
        <caption>
          ${say('The same struct elsewhere, in bytes')}
        </caption>
        <thead>
          <tr>
            <th scope="col">ABI</th>
            <th scope="col">${say('size')}</th>
            <th scope="col">${say('alignment')}</th>
            <th scope="col">${say('padding')}</th>
            <th scope="col">${say('least size')}</th>
          </tr>
        </thead>
        <tbody>
          ${model.abis.map((abi) => {
            const record = model.records(abi.name).find((each) => each.name === name);
            return record
              ? html`<tr class=${abi.name === model.abi ? 'on' : ''}>
                  <th scope="row">${abi.title}</th>
                  <td>${record.size}</td>
                  <td>${record.alignment}</td>
                  <td>${paddingOf(record)}</td>
                  <td class=${record.minimal.size === record.size ? 'least' : ''}>${record.minimal.size}</td>
                </tr>`
              : nothing;
          })}
        </tbody>
      </table>
    </div>`;
  }

  #renderMinimal() {
    const { model } = this;
    const record = model.chosen();
    if (!record) return html`<h2>${say('Minimal order')}</h2>`;
    const saved = record.size - record.minimal.size;
    const minimal = saved > 0 ? model.minimal() : null;
    const proof = record.minimal.proved ? say('proved: no order takes less') : say('the best order found');
    return html`<div class="minimal">
      <h2>${say('Minimal order')}</h2>
      ${
        saved > 0
          ? html`<p class="big">${say('{0}, {1} fewer', inBytes(record.minimal.size), saved)}</p>
              <p class="soft">${say('{0}. A million of them take {1} bytes less.', proof, count(saved * 1e6))}</p>
              ${
                minimal
                  ? html`<heapyard-struct-rows
                        class="least"
                        .record=${minimal}
                        .hues=${this.#hues(record)}
                      ></heapyard-struct-rows>
                      <div>
                        <button class="rewrite" @click=${() => model.rewrite()}>${say('Rewrite in this order')}</button>
                      </div>`
                  : html`<p class="mono">${record.minimal.order.join(', ')}</p>`
              }`
          : html`<p class="big">${say('This order is already minimal')}</p>
              <p class="soft">${inBytes(record.size)}; ${proof}.</p>`
      }
    </div>`;
  }

  #hues(record: RecordLayout): Map<string, number> {
    const names = record.members.map((member) => member.name).sort();
    return new Map(names.map((name, index) => [name, index]));
  }

  key(event: KeyboardEvent): boolean {
    switch (event.key) {
      case 'e':
        this.sheet = true;
        void this.updateComplete.then(() =>
          this.renderRoot.querySelector<ScriptEditor>('heapyard-script-editor')?.edit(1),
        );
        return true;
      case 'o':
        this.#openFile();
        return true;
      case 'Escape':
        if (!this.sheet) return false;
        this.sheet = false;
        return true;
      case 'ArrowLeft':
      case 'ArrowRight': {
        const names = this.model.abis.map((abi) => abi.name);
        const at = names.indexOf(this.model.abi) + (event.key === 'ArrowRight' ? 1 : -1);
        this.model.setAbi(names[(at + names.length) % names.length]!);
        return true;
      }
      default:
        return false;
    }
  }

  #exampleChosen(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const example = structExamples().find((each) => each.id === select.value);
    select.value = '';
    if (example) this.#load(example.text);
  }

  #load(text: string): void {
    this.unreadable = '';
    this.model.record = null;
    this.model.load(text);
  }

  #edited(event: CustomEvent<{ text: string }>): void {
    window.clearTimeout(this.#edit);
    this.model.text = event.detail.text;
    this.unreadable = '';
    this.#edit = window.setTimeout(() => this.model.load(event.detail.text), 180);
  }

  #openFile = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  #dropped(event: DragEvent): void {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.#open(file);
  }

  #fileChosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void this.#open(file);
  }

  async #open(file: File): Promise<void> {
    const read = await readTextFile(file);
    if ('reason' in read) this.unreadable = read.reason;
    else this.#load(read.text);
  }
}

function paddingOf(record: RecordLayout): number {
  return record.padding.reduce((sum, range) => sum + range.size, 0);
}

function inBytes(size: number): string {
  return size === 1 ? say('1 byte') : say('{0} bytes', count(size));
}

function sentence(record: RecordLayout): string {
  const { name, alignment, tailPadding } = record;
  const size = inBytes(record.size);
  const padding = paddingOf(record);
  if (padding === 0) {
    return say('{0} takes {1}, none of them padding, and starts at multiples of {2}.', name, size, alignment);
  }
  if (tailPadding === 0) {
    return say('{0} takes {1}, {2} of them padding, and starts at multiples of {3}.', name, size, padding, alignment);
  }
  return say(
    '{0} takes {1}, {2} of them padding ({3} at the tail), and starts at multiples of {4}.',
    name,
    size,
    padding,
    tailPadding,
    alignment,
  );
}
