import { nothing } from 'lit';
import { language } from './say.js';

/** The `lang` of what is English whatever the interface speaks, as lessons are: who has it read aloud hears English. */
export const english = () => (language() === 'en' ? nothing : 'en');
