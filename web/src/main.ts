import { App } from './app/app.js';
import { setHome } from './core/home.js';
import { takeOver } from './state/storage.js';
import { restoreTheme } from './state/theme.js';

setHome(import.meta.url, 'page');
takeOver();
restoreTheme();
customElements.define('heapyard-app', App);
