// What makes a folder of files a version that can be put on a host, replaced there, and kept in a browser: names that
// change with what they hold, the service worker with its list, and what hosts and browsers read beside the page.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { contentPolicy, headersFile } from './headers.mjs';

/** Files by their names in dist/. @typedef {Map<string, Uint8Array>} Files */

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 20);

/** A hash of files and of how they are called. */
function hashOfAll(files) {
  const names = [...files.keys()].sort();
  return hashOf(names.map((name) => `${name} ${hashOf(files.get(name))}\n`).join('')).slice(0, 10);
}

/** The folder in dist/ for files whose own names say nothing of what they hold. @param {Files} files */
export const folderFor = (files) => `files-${hashOfAll(files)}`;

const isPage = (name) => name.endsWith('.html');
const isMap = (name) => name.endsWith('.map');

/**
 * Makes a version of the page's files: its pages ask for their scripts and styles as they are now, and say which
 * version they are.
 *
 * @param {Files} files changed: the pages are
 * @param {(version: string, list: [string, string][]) => Promise<string>} worker bundles the service worker
 * @returns {Promise<Files>} what comes beside them
 */
export async function makeVersion(files, worker) {
  const text = (name) => Buffer.from(files.get(name)).toString();
  for (const name of [...files.keys()].filter(isPage)) {
    const dated = text(name).replace(/ (src|href)="([\w-]+\.(?:js|css))"/g, (_, attribute, file) => {
      if (!files.has(file)) throw new Error(`${name} asks for ${file}, which nothing makes`);
      return ` ${attribute}="${file}?v=${hashOf(files.get(file)).slice(0, 8)}"`;
    });
    files.set(name, Buffer.from(withPreloads(dated, text)));
  }
  const kept = new Map([...files].filter(([name]) => !isMap(name)));
  const version = hashOfAll(new Map([...kept, ['service-worker.js', Buffer.from(await worker('', []))]]));
  for (const name of [...files.keys()].filter(isPage)) {
    const said = text(name).replace(
      'name="heapyard-version" content=""',
      `name="heapyard-version" content="${version}"`,
    );
    files.set(name, Buffer.from(said));
  }
  const pages = [...kept.keys()].filter(isPage).map(text).join('');
  /** @type {[string, string][]} */
  const list = [...kept.keys()].sort().map((name) => {
    const dated = isPage(name) ? undefined : new RegExp(`"(${name.replaceAll('.', '\\.')}\\?v=\\w+)"`).exec(pages)?.[1];
    return [name === 'index.html' ? './' : (dated ?? name), hashOf(files.get(name))];
  });
  return new Map([
    ['service-worker.js', Buffer.from(await worker(version, list))],
    ['_headers', Buffer.from(headersFile(contentPolicy(text('index.html')), [...files.keys()]))],
  ]);
}

/** What a page's script imports is asked for with it, not after it. */
function withPreloads(page, text) {
  return page.replace(/( *)<script type="module" src="([\w-]+\.js)[^>]*>/g, (script, indentation, file) => {
    const imported = [...text(file).matchAll(/\bimport\b[^;"'(]*"\.\/(chunks\/[^"]+)"/g)].map(([, chunk]) => chunk);
    return [...imported.map((chunk) => `${indentation}<link rel="modulepreload" href="${chunk}" />`), script].join(
      '\n',
    );
  });
}

/** The way from the page's folder to a file, as a path of the system. */
export const pathIn = (folder, name) => path.join(folder, ...name.split('/'));

/** The files of a folder, by their paths in it, with slashes. */
export function namesIn(folder, within = '') {
  return readdirSync(pathIn(folder, within), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? namesIn(folder, `${within}${entry.name}/`) : [`${within}${entry.name}`],
  );
}
