import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { portOf } from '../../scripts/commands/start.mjs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressedCopies } from '../../scripts/lib/compressed.mjs';
import { contentPolicy, forever } from '../../scripts/lib/headers.mjs';
import { accepts, fileFor, serve, serveAll } from '../../scripts/lib/server.mjs';

const page = readFileSync(fileURLToPath(new URL('../../web/index.html', import.meta.url)), 'utf8');
const long = `export {};\n${'// a line as any other\n'.repeat(200)}`;
const opened = [];
let folder;
let site;

/** A request as written: fetch would tidy the path first, and unpack what comes. */
function get(address, rawPath, method = 'GET', headers = {}) {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: rawPath, method, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode, headers: response.headers, text: body.toString(), body });
      });
    })
      .on('error', reject)
      .end();
  });
}

async function open(port) {
  const served = await serve(site, port);
  opened.push(served.server);
  return served;
}

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'heapyard-'));
  site = path.join(folder, 'site');
  mkdirSync(path.join(site, 'chunks'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'site-secret.txt'), 'secret');
  writeFileSync(path.join(site, 'index.html'), page);
  writeFileSync(path.join(site, 'heapyard.wasm'), '\0asm');
  writeFileSync(path.join(site, 'main.js'), 'export {};');
  writeFileSync(path.join(site, 'page.css'), ':root {}');
  writeFileSync(path.join(site, 'chunks', 'a.js'), 'export {};');
  const files = new Map([['long.js', Buffer.from(long)]]);
  for (const [name, bytes] of [...files, ...(await compressedCopies(files, () => {}))]) {
    writeFileSync(path.join(site, name), bytes);
  }
});

after(() => {
  for (const server of opened) server.close();
  rmSync(folder, { recursive: true });
});

test('The server sends the policy that the page states, with every answer', async () => {
  const { address } = await open(0);
  for (const name of ['/', '/main.js', '/heapyard.wasm', '/nothing']) {
    const { headers } = await get(address, name);
    assert.equal(headers['content-security-policy'], contentPolicy(page), name);
    assert.equal(headers['x-content-type-options'], 'nosniff', name);
  }
});

test("The page's policy is strict: own scripts and styles, nothing inline, nothing evaluated", () => {
  const policy = Object.fromEntries(
    contentPolicy(page)
      .split(';')
      .map((rule) => rule.trim().split(/\s+/))
      .map(([name, ...values]) => [name, values]),
  );
  assert.deepEqual(policy['default-src'], ["'none'"]);
  assert.deepEqual(policy['script-src'], ["'self'", "'wasm-unsafe-eval'"]);
  assert.deepEqual(policy['style-src'], ["'self'"]);
  assert.deepEqual(policy['connect-src'], ["'self'"]);
  assert.ok(!/unsafe-inline|'unsafe-eval'|https?:|\*/.test(contentPolicy(page)));
});

test('The page of a frame has its own policy: it may fetch the lesson that its address names', async () => {
  const frame = readFileSync(fileURLToPath(new URL('../../web/embed.html', import.meta.url)), 'utf8');
  writeFileSync(path.join(site, 'embed.html'), frame);
  const { address } = await open(0);
  const { headers } = await get(address, '/embed.html?src=x');
  assert.equal(headers['content-security-policy'], contentPolicy(frame));
  assert.equal(
    contentPolicy(frame).replace("connect-src 'self' https: http:", "connect-src 'self'"),
    contentPolicy(page).replace(" manifest-src 'self'; worker-src 'self';", ''), // it is not installed
  );
});

test('A page without a policy is not served', () => {
  assert.throws(() => contentPolicy('<!doctype html>'), /Content-Security-Policy/);
});

test('Files have the types that browsers insist on', async () => {
  const { address } = await open(0);
  const typeOf = async (name) => (await get(address, name)).headers['content-type'];
  assert.match(await typeOf('/'), /^text\/html/);
  assert.match(await typeOf('/main.js'), /^text\/javascript/);
  assert.match(await typeOf('/chunks/a.js?v=1'), /^text\/javascript/);
  assert.match(await typeOf('/page.css'), /^text\/css/);
  assert.equal(await typeOf('/heapyard.wasm'), 'application/wasm');
});

test('Nothing outside the folder is given, however the path is spelled', async () => {
  const { address } = await open(0);
  const up = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/chunks/../../secret.txt',
    '/..\\secret.txt',
  ];
  for (const name of [...up, '/../site-secret.txt', '/%00', '/%zz', '//secret.txt', '/chunks', '/chunks/']) {
    const { status, text } = await get(address, name);
    assert.equal(status, 404, name);
    assert.ok(!text.includes('secret'), name);
  }
  assert.equal(fileFor('/a/site', '/../site-secret.txt'), undefined);
});

test('HEAD gives the headers alone, and other methods are refused', async () => {
  const { address } = await open(0);
  const head = await get(address, '/', 'HEAD');
  assert.deepEqual([head.status, head.text], [200, '']);
  assert.equal((await get(address, '/', 'POST')).status, 405);
});

test('A browser that unpacks gets the copy that was packed when the page was built, and each its own', async () => {
  const { address } = await open(0);
  const ask = (accepted, name = '/long.js') => get(address, name, 'GET', accepted && { 'Accept-Encoding': accepted });
  const plain = await ask(undefined);
  assert.equal(plain.text, long);
  assert.equal(plain.headers['content-encoding'], undefined);
  const brotli = await ask('gzip, deflate, br');
  assert.equal(brotliDecompressSync(brotli.body).toString(), long);
  const gzip = await ask('gzip');
  assert.equal(gunzipSync(gzip.body).toString(), long);
  assert.deepEqual(
    [brotli, gzip].map(({ headers }) => headers['content-encoding']),
    ['br', 'gzip'],
  );
  for (const { headers, body } of [plain, brotli, gzip]) {
    assert.match(headers['content-type'], /^text\/javascript/);
    assert.equal(headers['vary'], 'Accept-Encoding');
    assert.equal(Number(headers['content-length']), body.length);
  }
  assert.equal((await ask('br', '/main.js')).headers['content-encoding'], undefined, 'there is no copy of it');
});

test('Accept-Encoding is read with its weights', () => {
  for (const header of ['br', 'gzip, br;q=0.5', '*', 'BR', 'gzip;q=0, *;q=0.1'])
    assert.ok(accepts(header, 'br'), header);
  for (const header of ['', 'gzip', 'br;q=0', '*;q=0', 'br; q=0.0, *', 'brx'])
    assert.ok(!accepts(header, 'br'), header);
});

test('Only what gets smaller has a copy, and nothing that is packed already or a map', async () => {
  const files = new Map(['a.js', 'b.wasm', 'c.js.map', 'd.png', '_headers'].map((name) => [name, Buffer.from(long)]));
  files.set('e.json', Buffer.from('[]'));
  const copies = await compressedCopies(files, () => {});
  assert.deepEqual([...copies.keys()].sort(), ['a.js.br', 'a.js.gz', 'b.wasm.br', 'b.wasm.gz']);
});

test('A copy that is older than its file is not sent', async () => {
  const { address } = await open(0);
  const file = path.join(site, 'stale.js');
  writeFileSync(`${file}.br`, 'of yesterday');
  utimesSync(`${file}.br`, new Date(0), new Date(0));
  writeFileSync(file, 'export {};');
  const { text } = await get(address, '/stale.js', 'GET', { 'Accept-Encoding': 'br' });
  assert.equal(text, 'export {};');
});

test('What has a hash in its name may be kept for good, all else is asked for again and sent when it changed', async () => {
  const { address } = await open(0);
  assert.equal((await get(address, '/chunks/a.js')).headers['cache-control'], forever);
  const { headers } = await get(address, '/main.js');
  assert.equal(headers['cache-control'], 'no-cache');
  const again = await get(address, '/main.js', 'GET', { 'If-None-Match': headers['etag'] });
  assert.deepEqual([again.status, again.text], [304, '']);
});

test('Several folders are served, each under its path, also when they change places', async () => {
  const other = path.join(folder, 'other');
  mkdirSync(other);
  writeFileSync(path.join(other, 'index.html'), `${page}<!-- other -->`);
  const places = { '/': site, '/a/b/': other };
  const { server, address } = await serveAll(places, 0);
  opened.push(server);
  const isOther = async (name) => (await get(address, name)).text.includes('<!-- other -->');
  assert.deepEqual([await isOther('/'), await isOther('/a/b/'), await isOther('/a/b/?x')], [false, true, true]);
  assert.equal((await get(address, '/a/b/../../secret.txt')).status, 404);
  places['/'] = other;
  delete places['/a/b/'];
  assert.deepEqual([await isOther('/'), await isOther('/a/b/')], [true, false]);
});

test('A port that is taken is left for a free one', async () => {
  const other = createServer();
  await new Promise((resolve) => other.listen(0, '127.0.0.1', () => resolve(undefined)));
  opened.push(other);
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (other.address());
  const { port, address } = await open(taken);
  assert.notEqual(port, taken);
  assert.equal((await get(address, '/')).status, 200);
});

test('The server listens on this machine alone', async () => {
  const { server, port } = await open(0);
  assert.deepEqual(server.address(), { address: '127.0.0.1', family: 'IPv4', port });
});

test('The port is read from --port N and --port=N, and anything else is refused', () => {
  assert.equal(portOf([]), 8000);
  assert.equal(portOf(['--port', '9000']), 9000);
  assert.equal(portOf(['--port=0']), 0);
  for (const words of [['--port'], ['--port', '70000'], ['--port', '-1'], ['9000'], ['--port', '9', '9']]) {
    assert.throws(() => portOf(words), /usage: npm start/, words.join(' '));
  }
});
