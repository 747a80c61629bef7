import { ensureNpmPackages } from '../lib/npm.mjs';
import { languages, updateTranslations } from '../lib/words.mjs';

/** `npm run words`: brings words/LANGUAGE.po and what the code says together, and says what waits to be translated. */
export async function main() {
  await ensureNpmPackages();
  let missing = 0;
  for (const language of languages) {
    const waiting = await updateTranslations(language);
    missing += waiting.length;
    for (const english of waiting) console.log(`${language}: ${english}`);
    console.log(`words/${language}.po: ${waiting.length === 0 ? 'complete' : `${waiting.length} to be translated`}`);
  }
  return missing === 0 ? 0 : 1;
}
