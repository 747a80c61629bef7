import { LitElement, type PropertyDeclarations } from 'lit';

/** An element whose drawing follows its own width: 0 until it is first laid out. */
export class Sized extends LitElement {
  static override properties: PropertyDeclarations = { width: { state: true } };
  declare protected width: number;
  #observer = new ResizeObserver((entries) => (this.width = Math.floor(entries[0]!.contentRect.width)));

  constructor() {
    super();
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }
}
