import { html } from 'lit';
import type { Theme } from '../state/theme-name.js';
import { setTheme, theme } from '../state/theme.js';

const THEMES: { name: Theme; title: string }[] = [
  { name: 'auto', title: 'Auto' },
  { name: 'light', title: 'Light' },
  { name: 'dark', title: 'Dark' },
];

/** The choice between light and dark. */
export function themeChoice() {
  return html`<label class="theme" for="theme">Theme</label>
    <select id="theme" @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}>
      ${THEMES.map(({ name, title }) => html`<option value=${name} .selected=${name === theme()}>${title}</option>`)}
    </select>`;
}
