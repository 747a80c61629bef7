import { css, html } from 'lit';
import type { Frame, Session } from '../state/session.js';
import { base } from '../styles/base.js';
import { Afterwards } from './afterwards.js';

/** The heap's bytes, fetched with the first step and drawn only while they are in view: in a lesson they stand last. */
export class LazyHeapView extends Afterwards {
  static override properties = {
    session: { attribute: false },
    frame: { attribute: false },
    lit: { attribute: false },
    there: { state: true },
    failed: { state: true },
    seen: { state: true },
  };
  declare session: Session;
  declare frame: Frame;
  declare lit: { offset: number; size: number } | null;
  declare private there: boolean;
  declare private failed: boolean;
  declare private seen: boolean;
  #fetching: Promise<void> | undefined;
  #observer = new IntersectionObserver((entries) => {
    this.seen = entries.at(-1)!.isIntersecting;
  });

  static override styles = [
    base,
    css`
      :host {
        min-height: 40px;
      }
    `,
  ];

  constructor() {
    super();
    this.lit = null;
    this.there = false;
    this.failed = false;
    this.seen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  async #fetch(): Promise<void> {
    try {
      (await import('./heap-parts.js')).define();
      this.there = true;
    } catch {
      this.failed = true;
    }
  }

  protected override shouldUpdate(): boolean {
    // By the time it is drawn, another run may have taken the place of its own.
    return (this.seen && this.frame.run === this.session.run) || !this.hasUpdated;
  }

  protected override willUpdate(): void {
    if (this.seen && this.frame.number > 0) this.#fetching ??= this.#fetch();
  }

  protected override render() {
    if (this.failed)
      return html`<p role="alert">The picture of the bytes cannot be fetched. Reload the page to see it.</p>`;
    if (!this.there)
      return html`<p class="small soft">${this.frame.number > 0 ? '' : 'They come with the first step.'}</p>`;
    return html`<heapyard-heap-view
      .session=${this.session}
      .frame=${this.frame}
      .lit=${this.lit}
    ></heapyard-heap-view>`;
  }
}
