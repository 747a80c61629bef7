import { onceDrawn } from './once-drawn.js';

/** Where the story has a panel of its own, it scrolls with the steps: the sentence of this one comes into view. */
export function followStory(panel: HTMLElement | null, sentence: HTMLElement): void {
  if (!panel) return; // the reader has turned to another part meanwhile
  onceDrawn(panel, () => {
    if (getComputedStyle(panel).overflowY !== 'auto') return;
    const [told, view] = [sentence.getBoundingClientRect(), panel.getBoundingClientRect()];
    const above = Math.min(0, told.top - view.top - 48);
    const below = Math.max(0, told.bottom - view.bottom + 96);
    return () => panel.scrollBy(0, above || below);
  });
}
