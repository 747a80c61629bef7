// What the page makes self-contained files of: a template whose one script has all of the page but its modules, and a
// script for each of those. No address and no inline style is allowed in such a file, and no script but these: the
// policy of the template names them by their hashes.
import { createHash } from 'node:crypto';
import { bundle, target } from './bundle.mjs';
import { Failure } from './run.mjs';

/** The files to be put beside the modules, by name. `scripts` are those of the modules, as Emscripten writes them. */
export async function singleFiles({ transform, defines }, template, icon, scripts) {
  const files = new Map();
  const made = await bundle({
    input: { single: 'single/single.ts' },
    define: { ...defines, HEAPYARD_CARRIES: 'true' },
    alone: true,
  });
  // In texts and patterns alone: no code is written so.
  const own = Buffer.from(made.get('single.js')).toString().replaceAll('<!--', '\\x3c!--');
  for (const [name, source] of scripts) {
    const { code } = await transform(source, {
      minify: true,
      format: 'iife',
      globalName: `heapyardModules[${JSON.stringify(name)}]`,
      define: { 'import.meta.url': 'document.baseURI' },
      target,
    });
    files.set(`single/${name}.js`, code);
  }
  const all = [own, ...files.values()];
  for (const script of all) {
    if (/<\/script|<!--/i.test(script)) throw new Failure('A script that is to stand in an HTML file would end there.');
  }
  const hashes = all.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const parts = {
    '%SCRIPTS%': [...new Set(hashes)].join(' '),
    '%ICON%': `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`,
    '%SCRIPT%': `<script type="module">${own}</script>`,
  };
  const html = Object.entries(parts).reduce((text, [mark, part]) => text.replace(mark, () => part), template);
  // As a text: a page of that name would be one to open.
  return files.set('single/template.json', JSON.stringify(html));
}
