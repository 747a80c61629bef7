import { LitElement, css, html } from 'lit';
import { measures } from '../core/load.js';
import type { Measuring, Timing } from '../core/module.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';

/** What a lesson says of speed, measured in this very browser when the reader asks for it. */
export class MeasuredPart extends LitElement {
  static override properties = {
    ids: { attribute: false },
    timings: { state: true },
    progress: { state: true },
    failure: { state: true },
  };
  declare ids: string[];
  declare private timings: Timing[];
  declare private progress: number | null; // while it measures
  declare private failure: string;
  #run = 0;

  static override styles = [
    base,
    css`
      p {
        margin: 0 0 10px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: var(--size-small);
        margin: 4px 0 14px;
      }
      caption {
        text-align: left;
        color: var(--soft);
        padding-bottom: 4px;
      }
      th,
      td {
        text-align: right;
        padding: 3px 0 3px 10px;
        border-bottom: 1px solid var(--hair);
        font-weight: 400;
        vertical-align: top;
      }
      tbody th,
      thead th:first-child {
        text-align: left;
        padding-left: 0;
      }
      thead th {
        color: var(--soft);
      }
      td {
        white-space: nowrap;
      }
      progress {
        accent-color: var(--now);
        vertical-align: middle;
      }
    `,
  ];

  constructor() {
    super();
    this.timings = [];
    this.progress = null;
    this.failure = '';
  }

  override disconnectedCallback(): void {
    ++this.#run;
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('ids') && String(changed.get('ids') ?? '') !== String(this.ids)) void this.#measure();
  }

  protected override render() {
    const units = [...new Set(this.timings.map(({ unit }) => unit))];
    return html`${units.map((unit) => this.#renderUnit(unit))}
      <p role="status">
        ${
          this.progress === null
            ? html`<button @click=${this.#measure}>${say('Measure again')}</button>`
            : html`${say('Measuring…')}
                <progress aria-label=${say('The measurement')} max="1" value=${this.progress}></progress>`
        }
        ${this.failure}
      </p>`;
  }

  /** Only what does the same work is compared. */
  #renderUnit(unit: string) {
    const timings = this.timings.filter((each) => each.unit === unit);
    const fastest = Math.min(...timings.map(({ median }) => median));
    return html`<table>
      <caption>
        ${say('{0}: nanoseconds, the median of {1} batches', unit, timings[0]!.batches)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('what')}</th>
          <th scope="col">${say('ns')}</th>
          <th scope="col">${say('from … to')}</th>
          <th scope="col">${say('ratio')}</th>
        </tr>
      </thead>
      <tbody>
        ${timings.map(
          ({ title, median, lowest, highest }) =>
            html`<tr>
              <th scope="row">${title}</th>
              <td>${median.toPrecision(3)}</td>
              <td>${lowest.toPrecision(3)} … ${highest.toPrecision(3)}</td>
              <td>${(median / fastest).toFixed(1)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** A batch at a time, so that the page stays alive between them. */
  #measure = async (): Promise<void> => {
    const run = ++this.#run;
    this.failure = '';
    this.timings = [];
    this.progress = 0;
    let measuring: Measuring | null = null;
    try {
      measuring = (await measures()).startMeasuring(this.ids);
      while (measuring && run === this.#run && measuring.advance()) {
        this.progress = measuring.progress();
        await new Promise((resume) => setTimeout(resume));
      }
      if (measuring && run === this.#run) this.timings = measuring.results();
    } catch {
      this.failure = say('The part that measures could not be fetched: is this computer still online?');
    }
    measuring?.delete();
    if (run === this.#run) this.progress = null;
  };
}
