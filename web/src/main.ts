import { App } from './app/app.js';
import { restoreTheme } from './state/theme.js';

restoreTheme();
customElements.define('heapyard-app', App);
