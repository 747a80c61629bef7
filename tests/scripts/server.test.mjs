import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { portOf } from '../../scripts/commands/start.mjs';
import { contentPolicy, fileFor, serve } from '../../scripts/lib/server.mjs';

const page = readFileSync(fileURLToPath(new URL('../../web/index.html', import.meta.url)), 'utf8');
const opened = [];
let folder;
let site;

/** A request as written: fetch would tidy the path first. */
function get(address, rawPath, method = 'GET') {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: rawPath, method }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
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

before(() => {
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
    contentPolicy(page),
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
