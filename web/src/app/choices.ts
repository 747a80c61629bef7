import { html } from 'lit';
import { LANGUAGES } from '../state/language-name.js';
import type { Theme } from '../state/theme-name.js';
import { setTheme, theme } from '../state/theme.js';
import { language, say } from '../words/say.js';

/** The choice between light and dark. */
export function themeChoice() {
  const themes: [Theme, string][] = [
    ['auto', say('Auto')],
    ['light', say('Light')],
    ['dark', say('Dark')],
  ];
  return html`<label class="theme" for="theme">${say('Theme')}</label>
    <select id="theme" @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}>
      ${themes.map(([name, title]) => html`<option value=${name} .selected=${name === theme()}>${title}</option>`)}
    </select>`;
}

/** Each language by its own name. `changed` hears of a choice. */
export function languageChoice(changed: (event: Event) => void) {
  return html`<select aria-label=${say('Language')} @change=${changed}>
    ${LANGUAGES.map(
      ({ name, title }) => html`<option value=${name} lang=${name} .selected=${name === language()}>${title}</option>`,
    )}
  </select>`;
}
