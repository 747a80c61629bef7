// The script of an exported file. All that it shows stands in the file itself.
import page from '../page.css?text';
import { carriedJson } from '../core/carried.js';
import { setHome } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { EXPORTED, type Exported } from '../share/exported.js';
import { speak } from '../state/language.js';
import { restoreTheme } from '../state/theme.js';
import { SinglePage } from './single-page.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(page);
document.adoptedStyleSheets.push(sheet);

const exported = carriedJson<Exported>(EXPORTED);
setHome(exported.from, exported.unit ? 'unit' : 'file');
restoreTheme();
void show();

async function show(): Promise<void> {
  await speak(exported.language);
  document.documentElement.lang = exported.language;
  defineElements({ 'heapyard-single': SinglePage });
  const shown = document.createElement('heapyard-single') as SinglePage;
  shown.exported = exported;
  document.body.append(shown);
}
