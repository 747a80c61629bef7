import { createServer, type Server } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileFor, types } from '../../../scripts/lib/server.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Serves folders as an ordinary static host would: the longest prefix of a path names the folder. */
export async function serveFolders(folders: Record<string, string>): Promise<{ address: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://host').pathname;
    const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
    const prefix = prefixes.find((each) => asked.startsWith(each));
    const file = prefix === undefined ? undefined : fileFor(folders[prefix]!, `/${asked.slice(prefix.length)}`);
    if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(asked === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const type = (types as Record<string, string>)[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
