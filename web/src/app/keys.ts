import { lettersAreKeys } from '../state/letters.js';

/** Whether a key is the page's: not where the reader types, and never with a modifier that the browser may want. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const path = event.composedPath();
  const target = path[0] as HTMLElement;
  if (path.some((each) => each instanceof HTMLDialogElement && each.open)) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
    if (event.key === 'Escape') target.blur();
    return false;
  }
  if (event.key.length === 1 && !/[ ?]/.test(event.key) && !lettersAreKeys()) return false;
  const presses = event.key === ' ' && (target.tagName === 'BUTTON' || target.tagName === 'SUMMARY');
  return !presses;
}
