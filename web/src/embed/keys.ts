/** Keys with which a page is scrolled. They are its own, unless the reader stands on the slider of the timeline. */
const SCROLLING = new Set([' ', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']);

/** What is embedded takes keys only while the focus is inside, and those that mean something there do nothing outside. */
export function listenTo(tag: HTMLElement, pressed: (event: KeyboardEvent) => boolean): void {
  tag.addEventListener('keydown', (event) => {
    const target = event.composedPath()[0] as HTMLElement;
    const types = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    const presses = /^( |Enter)$/.test(event.key) && target.matches('button, summary, a');
    if (types || presses) {
      if (event.key === 'Escape') tag.shadowRoot?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus();
      event.stopPropagation();
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (SCROLLING.has(event.key) && target.getAttribute('role') !== 'slider') return;
    if (!pressed(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
