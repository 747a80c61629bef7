import { App } from './app/app.js';
import { HelpSheet } from './app/help.js';
import { restoreTheme } from './state/theme.js';

restoreTheme();
customElements.define('heapyard-help', HelpSheet);
customElements.define('heapyard-app', App);
