import { App } from './app/app.js';
import { setHome } from './core/home.js';
import { choicesIn } from './state/address.js';
import { restoreLanguage } from './state/language.js';
import { takeOver } from './state/storage.js';
import { restoreTheme } from './state/theme.js';
import { language } from './words/say.js';

declare const HEAPYARD_FILES_AT: string;
setHome(import.meta.url, 'page', HEAPYARD_FILES_AT);
takeOver();
restoreTheme();
await restoreLanguage(choicesIn(location.hash).language);
document.documentElement.lang = language();
customElements.define('heapyard-app', App);
