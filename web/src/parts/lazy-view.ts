import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Frame, Session } from '../state/session.js';
import { base } from '../styles/base.js';
import { say } from '../words/say.js';
import { Afterwards } from './afterwards.js';

/** What stands below and costs something: fetched when it first comes into view, and drawn only while it is there. */
export abstract class LazyView extends Afterwards {
  static override properties: PropertyDeclarations = {
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

  static override styles = [base];

  /** Fetches what it is drawn with. */
  protected abstract fetch(): Promise<void>;
  protected abstract draw(): TemplateResult;
  /** What stands in its place before; it is fetched when that is nothing. */
  protected waiting(): string {
    return '';
  }

  constructor() {
    super();
    this.lit = null;
    this.there = false;
    this.failed = false;
    this.seen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // An element of no height would never be in view.
    this.style.minHeight = '40px';
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  async #fetch(): Promise<void> {
    try {
      await this.fetch();
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
    if (this.seen && !this.waiting()) this.#fetching ??= this.#fetch();
  }

  protected override render() {
    if (this.failed) return html`<p role="alert">${say('This part cannot be fetched. Reload the page to see it.')}</p>`;
    if (this.there) return this.draw();
    return this.waiting() ? html`<p class="small soft">${this.waiting()}</p>` : nothing;
  }
}
