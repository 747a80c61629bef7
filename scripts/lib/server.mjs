// Serves dist/ on this machine alone, as strictly as a real host would: right MIME types, the page's own content
// security policy as a header, copies that were compressed when it was built, and nothing outside the folder.
import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { encodings } from './compressed.mjs';
import { cachingOf, commonHeaders, contentPolicy } from './headers.mjs';

const host = '127.0.0.1';

export const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The file of `folder` that a request's path means; undefined when it would lie outside. */
export function fileFor(folder, requestPath) {
  let decoded;
  try {
    decoded = decodeURIComponent(requestPath);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const file = path.join(folder, decoded.endsWith('/') ? `${decoded}index.html` : decoded);
  return file.startsWith(path.join(folder, path.sep)) ? file : undefined;
}

/**
 * Serves `folder` at `port`, or at a free port when that one is taken.
 * Returns the server, its port and the address it answers at.
 */
export function serve(folder, port) {
  return serveAll({ '/': folder }, port);
}

/**
 * Serves several folders, each under a path that ends with a slash; the longest that fits is meant. `places` may change
 * meanwhile: a request is answered from what stands there when it comes.
 *
 * @param {Record<string, string>} places
 */
export async function serveAll(places, port) {
  const policies = new Map();
  const policyOf = (folder) => {
    if (!policies.has(folder)) policies.set(folder, policiesOf(folder));
    return policies.get(folder);
  };
  Object.values(places).forEach(policyOf);
  const server = createServer((request, response) => {
    const [asked] = (request.url ?? '/').split(/[?#]/, 1);
    const under = Object.keys(places)
      .filter((place) => asked.startsWith(place))
      .sort((a, b) => b.length - a.length)[0];
    const folder = under && places[under];
    if (folder) {
      const path = asked.slice(under.length - 1);
      return answer(folder, policyOf(folder)(path), path, request, response);
    }
    response.writeHead(404).end();
  });
  for (const candidate of [port, port + 1, port + 2, port + 3, 0]) {
    if (candidate <= 65535 && (await listens(server, candidate))) {
      const { port: opened } = /** @type {import('node:net').AddressInfo} */ (server.address());
      return { server, port: opened, address: `http://${host}:${opened}/` };
    }
  }
  throw new Error('no port could be opened');
}

/** Each page has its own policy; all else has that of index.html. */
function policiesOf(folder) {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html') && name !== 'index.html');
  const policy = (name) => contentPolicy(readFileSync(path.join(folder, name), 'utf8'));
  const policies = new Map(pages.map((name) => [name, policy(name)]));
  const first = policy('index.html');
  return (requestPath) => policies.get(path.basename(requestPath)) ?? first;
}

function listens(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.removeListener('error', failed);
      resolve(true);
    });
  });
}

async function answer(folder, policy, asked, request, response) {
  const headers = { ...commonHeaders(policy), 'Accept-Ranges': 'none' };
  const say = (status, text, more = {}) => {
    response.writeHead(status, { ...headers, ...more, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    say(405, 'This server only gives.', { Allow: 'GET, HEAD' });
    return;
  }
  const file = fileFor(folder, asked);
  const found = file && (await stat(file).catch(() => undefined));
  if (!found?.isFile()) {
    say(404, 'There is nothing here.', { 'Cache-Control': 'no-cache' });
    return;
  }
  const sent = await bestCopy(file, found, request.headers['accept-encoding'] ?? '');
  const tag = `"${sent.stats.size.toString(36)}-${Math.round(sent.stats.mtimeMs).toString(36)}"`;
  Object.assign(headers, {
    'Cache-Control': cachingOf(path.relative(folder, file).split(path.sep).join('/')),
    ETag: tag,
    ...(sent.vary && { Vary: 'Accept-Encoding' }),
  });
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': sent.stats.size,
    ...(sent.encoding && { 'Content-Encoding': sent.encoding }),
  });
  if (request.method === 'HEAD') response.end();
  else {
    createReadStream(sent.file)
      .on('error', () => response.destroy())
      .pipe(response);
  }
}

/** What to send for a file: a copy that the browser can unpack, or itself. */
async function bestCopy(file, stats, accepted) {
  let vary = false;
  for (const { name, ending } of encodings) {
    const copy = await stat(`${file}${ending}`).catch(() => undefined);
    if (!copy?.isFile() || copy.mtimeMs < stats.mtimeMs) continue; // an older one is not of this file
    vary = true;
    if (accepts(accepted, name)) return { file: `${file}${ending}`, stats: copy, encoding: name, vary };
  }
  return { file, stats, vary };
}

/** Whether Accept-Encoding takes a coding: named, or by `*`, and not with a weight of nought. */
export function accepts(header, coding) {
  const weights = new Map(
    header.split(',').map((each) => {
      const [name, ...rest] = each.toLowerCase().split(';');
      const weight = rest.map((word) => /^\s*q=([\d.]+)\s*$/.exec(word)?.[1]).find(Boolean) ?? '1';
      return [name.trim(), Number(weight)];
    }),
  );
  return (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
}
