// Serves dist/ on this machine alone, as strictly as a real host would: right MIME types, the page's own content
// security policy as a header, and nothing outside the folder.
import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const host = '127.0.0.1';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** The policy that a page itself states in its <meta>, so that there is one policy only. */
export function contentPolicy(html) {
  const meta = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  if (!meta) throw new Error('index.html states no Content-Security-Policy');
  return meta[1];
}

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
export async function serve(folder, port) {
  const policyOf = policiesOf(folder);
  const server = createServer((request, response) => answer(folder, policyOf, request, response));
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

async function answer(folder, policyOf, request, response) {
  const asked = (request.url ?? '/').replace(/[?#].*$/s, '');
  const headers = {
    'Content-Security-Policy': policyOf(asked),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*', // to be embedded by pages of other origins
  };
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
    say(404, 'There is nothing here.');
    return;
  }
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': found.size });
  if (request.method === 'HEAD') response.end();
  else {
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }
}
