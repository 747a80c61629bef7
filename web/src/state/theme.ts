import { keyOf } from './storage.js';
import type { Theme } from './theme-name.js';

const KEY = keyOf('theme');
const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The reader's choice, kept in this browser where it lets us; a sandboxed frame has no storage. */
export function theme(): Theme {
  const set = document.documentElement.dataset['theme'];
  return set === 'light' || set === 'dark' ? set : 'auto';
}

/** For this visit, as a link asks for it: what the reader has chosen for others is kept. */
export function showTheme(next: Theme): void {
  if (next === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
  announce();
}

export function setTheme(next: Theme): void {
  try {
    if (next === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  showTheme(next);
}

export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') document.documentElement.dataset['theme'] = kept;
  } catch {
    // Without storage the page follows the system.
  }
  dark.addEventListener('change', announce);
}

/** Whether what stands there is dark. */
export function isDark(place: Element): boolean {
  const scheme = getComputedStyle(place).colorScheme;
  return scheme.includes('dark') && (!scheme.includes('light') || dark.matches);
}

/** What is painted on a canvas does not follow style sheets: it listens for `change`. */
export const themes = new EventTarget();

export function announce(): void {
  themes.dispatchEvent(new Event('change'));
}
