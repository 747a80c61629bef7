// Serves folders as an ordinary host would, without Heapyard's policy: other people's pages, in which it is embedded.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileFor, types } from './server.mjs';

/**
 * The longest prefix of a path names the folder.
 *
 * @param {Record<string, string>} folders
 */
export async function serveFolders(folders) {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://host').pathname;
    const prefix = prefixes.find((each) => asked.startsWith(each));
    const file = prefix === undefined ? undefined : fileFor(folders[prefix], `/${asked.slice(prefix.length)}`);
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(asked === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
