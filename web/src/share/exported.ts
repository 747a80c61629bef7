import type { PageState } from '../state/address.js';
import type { Language } from '../state/language-name.js';

/** The block of data in which an exported file says what it shows. */
export const EXPORTED = 'exported.json';

export interface Exported {
  state: PageState;
  title: string;
  language: Language;
  from: string; // the address of the page that made it: links to all that is not in the file lead there
  unit?: 'lesson' | 'exercise'; // it is one of a course, and what of it counts
}
