// `npm run guides`: builds the examples of docs/examples/ whose tools are installed, as docs/embedding.md says, and opens
// them in Chromium. The examples of plain HTML and reveal.js are tests: `npm test -- guide`.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { chromium as browserAt, command } from '../lib/packages.mjs';
import { task } from '../lib/progress.mjs';
import { serveFolders } from '../lib/plain_server.mjs';
import { Failure, root, run } from '../lib/run.mjs';
import { ensureTools } from '../lib/system.mjs';
import { dist } from '../lib/web.mjs';

/** How each is built in a copy of its example, where its files go, and the page with a tag. */
const guides = [
  {
    name: 'sphinx',
    tool: 'sphinx-build',
    install: 'Debian: sudo apt-get install python3-sphinx',
    files: 'extra/heapyard',
    words: (from, to) => ['-q', from, to],
    page: 'index.html',
  },
  {
    name: 'mdbook',
    tool: 'mdbook',
    install: 'https://rust-lang.github.io/mdBook/guide/installation.html',
    files: 'src/heapyard',
    words: (from, to) => ['build', from, '--dest-dir', to],
    page: 'pools.html',
  },
];

export async function main() {
  await ensureTools('test');
  await ensureNpmPackages();
  if (!existsSync(path.join(dist, 'embed.js'))) throw new Failure('There is no page to embed: npm run build makes it.');
  let failed = 0;
  for (const guide of guides) {
    if (!command(guide.tool)) {
      console.log(`  ${guide.name}: left out, there is no ${guide.tool}. ${guide.install}`);
      continue;
    }
    await task(`The guide for ${guide.name}`, async (progress) => {
      const steps = await tryGuide(guide, progress);
      if (steps === null) failed += 1;
      return { note: steps === null ? 'no lesson was shown' : `a lesson at step ${steps}` };
    });
  }
  return failed > 0 ? 1 : 0;
}

/** The step at which the example's lesson is shown; null when it is not. */
async function tryGuide({ name, tool, files, words, page }, onLine) {
  const folder = mkdtempSync(path.join(tmpdir(), `heapyard-${name}-`));
  try {
    cpSync(path.join(root, 'docs/examples', name), folder, { recursive: true });
    cpSync(dist, path.join(folder, files), { recursive: true });
    const built = path.join(folder, 'built');
    const { ok } = await run(tool, words(folder, built), { onLine, log: `guide-${name}` });
    if (!ok) throw new Failure(`${tool} could not build docs/examples/${name}.`);
    return await stepShown(built, page);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function stepShown(site, page) {
  const { chromium } = await import('@playwright/test');
  const { address, close } = await serveFolders({ '/': site });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: browserAt(), args });
  try {
    const tab = await browser.newPage();
    await tab.goto(`${address}${page}`);
    return await tab
      .getByRole('slider', { name: 'Step' })
      .first()
      .getAttribute('aria-valuenow', { timeout: 20_000 })
      .catch(() => null);
  } finally {
    await browser.close();
    close();
  }
}
