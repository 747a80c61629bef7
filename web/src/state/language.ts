import { fetchJson } from '../core/load.js';
import { setWords } from '../words/say.js';
import { isLanguage, type Language } from './language-name.js';
import { keyOf } from './storage.js';

const KEY = keyOf('language');
let chosen: Language | undefined;

/** The one that the reader, or the address, has chosen; nothing where it follows the browser. */
export const chosenLanguage = (): Language | undefined => chosen;

/** The reader's choice, for the next time that the page is loaded: what is said already stays as it is. */
export function keepLanguage(next: Language): void {
  chosen = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts as long as the address that names it.
  }
}

/** Effects: from now on the interface speaks the language that was asked for, or else the reader's. */
export async function restoreLanguage(asked: Language | undefined): Promise<void> {
  chosen = asked ?? kept();
  await speak(chosen ?? firstOf(navigator.languages));
}

function kept(): Language | undefined {
  try {
    const language = localStorage.getItem(KEY);
    return isLanguage(language) ? language : undefined;
  } catch {
    return undefined; // Without storage it follows the browser.
  }
}

/** The first that there is, of names as `de-AT`; English otherwise. */
export function firstOf(names: readonly string[]): Language {
  return names.map((name) => name.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}

/** Effects: the interface speaks that language; English where its words do not come. */
export async function speak(next: Language): Promise<void> {
  if (next === 'en') return;
  try {
    setWords(next, await fetchJson<Record<string, string>>(`words/${next}.json`));
  } catch (error) {
    console.warn(`Heapyard: its words in “${next}” did not come.`, error);
  }
}
