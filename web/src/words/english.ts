import { html, nothing } from 'lit';
import { language } from './say.js';

/** The `lang` of what is English whatever the interface speaks, as lessons are: who has it read aloud hears English. */
export const english = () => (language() === 'en' ? nothing : 'en');

/** The `lang` of what a lesson tells; one of somebody's own has that of the page around. */
export const languageOf = (lesson: { number: number }) => (lesson.number ? english() : nothing);

/** Paragraphs of a lesson. */
export function told(lesson: { number: number }, paragraphs: unknown) {
  const lang = languageOf(lesson);
  return lang === nothing ? paragraphs : html`<div class="told-in-english" lang=${lang}>${paragraphs}</div>`;
}
