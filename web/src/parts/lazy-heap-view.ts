import { html } from 'lit';
import { say } from '../words/say.js';
import { LazyView } from './lazy-view.js';

/** The heap's bytes, fetched with the first step: in a lesson they stand last. */
export class LazyHeapView extends LazyView {
  protected override waiting(): string {
    return this.frame.number > 0 ? '' : say('They come with the first step.');
  }

  protected async fetch(): Promise<void> {
    (await import('./heap-parts.js')).define();
  }

  protected draw() {
    return html`<heapyard-heap-view
      .session=${this.session}
      .frame=${this.frame}
      .lit=${this.lit}
    ></heapyard-heap-view>`;
  }
}
