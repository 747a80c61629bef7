import { html } from 'lit';
import type { LabModel, OpenLab } from '../app/labs.js';
import { defineElements } from '../parts/define.js';
import type { PageName } from '../state/address.js';
import { offline } from '../state/offline.js';
import { progress } from '../state/progress.js';
import { GlossaryPage } from './glossary-page.js';
import { MapPage } from './map-page.js';
import { StartPage } from './start-page.js';
import { WordsPage } from './words-page.js';

/** A page to read holds nothing but the reader's progress, and its address is its name. */
class PageModel extends EventTarget implements LabModel {
  constructor() {
    super();
    for (const told of [progress, offline])
      told.addEventListener('change', () => this.dispatchEvent(new Event('change')));
  }
  fresh(): void {}
  apply(): string {
    return '';
  }
  state(): null {
    return null;
  }
}

export function openPage(name: PageName): OpenLab {
  defineElements({
    'heapyard-start': StartPage,
    'heapyard-map': MapPage,
    'heapyard-words': WordsPage,
    'heapyard-glossary': GlossaryPage,
  });
  const pages = {
    start: (revision: number) => html`<heapyard-start class="lab" .revision=${revision}></heapyard-start>`,
    map: (revision: number) => html`<heapyard-map class="lab" .revision=${revision}></heapyard-map>`,
    words: () => html`<heapyard-words class="lab"></heapyard-words>`,
    glossary: () => html`<heapyard-glossary class="lab"></heapyard-glossary>`,
  };
  return { model: new PageModel(), render: pages[name] };
}
