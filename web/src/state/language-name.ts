export type Language = 'en' | 'de';

/** The languages of the interface, each by its own name. What lessons tell is English. */
export const LANGUAGES: { name: Language; title: string }[] = [
  { name: 'en', title: 'English' },
  { name: 'de', title: 'Deutsch' },
];

export function isLanguage(name: unknown): name is Language {
  return LANGUAGES.some((language) => language.name === name);
}
