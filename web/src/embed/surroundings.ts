import type { Language } from '../state/language-name.js';
import { firstOf } from '../state/language.js';

/**
 * Whether what is around a tag is dark: its text is light then. No page says it otherwise in a way that all share:
 * some set `color-scheme`, some a class, some colours alone.
 */
export function isDarkAround(tag: Element): boolean {
  const { color } = getComputedStyle(tag.parentElement ?? document.documentElement);
  const [red = 0, green = 0, blue = 0] = (/rgba?\(([^)]*)\)/.exec(color)?.[1] ?? '').split(/[\s,/]+/).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 127;
}

/** The language that a tag asks for, or else that of the page around it. */
export function languageAround(tag: Element): Language {
  return firstOf([tag.getAttribute('language') ?? tag.closest('[lang]')?.getAttribute('lang') ?? 'en']);
}

/** Calls back when the page around may have changed its theme. Returns what ends that. */
export function watchSurroundings(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const each of [document.documentElement, document.body]) {
    observer.observe(each, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-bs-theme'] });
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', changed);
  };
}
