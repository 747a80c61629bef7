import { LitElement } from 'lit';

/** An element beside what a step is about: it is drawn in the frame after, so that the step itself is seen sooner. */
export class Afterwards extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    super.scheduleUpdate();
  }
}
