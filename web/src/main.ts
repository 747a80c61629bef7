import { App } from './app/app.js';
import { setHome } from './core/home.js';
import { restoreTheme } from './state/theme.js';

setHome(import.meta.url, 'page');
restoreTheme();
customElements.define('heapyard-app', App);
