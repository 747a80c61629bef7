import { html } from 'lit';
import { defineElements } from './define.js';
import { LazyView } from './lazy-view.js';

/** What the allocator keeps, below the picture. */
export class LazyStructure extends LazyView {
  protected async fetch(): Promise<void> {
    const { StructureView } = await import('./structure-view.js');
    defineElements({ 'heapyard-structure-view': StructureView });
  }

  protected draw() {
    return html`<heapyard-structure-view .session=${this.session} .frame=${this.frame}></heapyard-structure-view>`;
  }
}
