import { onceDrawn } from '../parts/once-drawn.js';

const MARGIN = 28;

/** What a picture asks for after a step: that this part of it be seen. Measured from the picture's own top. */
export type Reveal = CustomEvent<{ y: number; height: number }>;

/** Scrolls the panel around a picture, never the page, and no further than needed. */
export function reveal(panels: HTMLElement[], event: Reveal): void {
  const picture = event.composedPath()[0] as Element;
  onceDrawn(reveal, () => {
    const panel = panels.find(
      (each) => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY === 'auto',
    );
    if (!panel) return;
    const { top: edge } = panel.getBoundingClientRect();
    const top = picture.getBoundingClientRect().top - edge + event.detail.y;
    const covered = MARGIN + (panel.querySelector<HTMLElement>('.headline')?.offsetHeight ?? 0); // it stays in view
    const bottom = top + Math.min(event.detail.height, panel.clientHeight - covered - MARGIN);
    const below = Math.max(0, bottom - panel.clientHeight + MARGIN);
    return () => panel.scrollBy(0, Math.min(0, top - covered) || below);
  });
}
