import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { folderFor, makeVersion } from '../../scripts/lib/deployment.mjs';
import { commonHeaders, contentPolicy } from '../../scripts/lib/headers.mjs';
import { root } from '../../scripts/lib/run.mjs';

const page = readFileSync(path.join(root, 'web/index.html'), 'utf8');
const guide = readFileSync(path.join(root, 'docs/hosting.md'), 'utf8');

/** A version of files by their texts: what the worker is given, and all that comes of it. */
async function made(texts, code = '') {
  const named = { 'index.html': page, 'main.js': 'main', 'page.css': 'css', 'main.js.map': 'map', ...texts };
  const files = new Map(Object.entries(named).map(([name, text]) => [name, Buffer.from(text)]));
  /** @type {{ version: string, list: [string, string][] }} */
  let given;
  const worker = async (version, list) => {
    given = { version, list };
    return `${code} ${version}`;
  };
  const beside = await makeVersion(files, worker);
  return { ...given, files, beside, html: files.get('index.html').toString() };
}

test('The version changes with each file and with the worker, and with nothing else', async () => {
  const { version } = await made({});
  assert.match(version, /^[0-9a-f]{10}$/);
  assert.equal((await made({})).version, version);
  assert.equal((await made({ 'main.js.map': 'other' })).version, version);
  const others = [{ 'main.js': 'x' }, { 'page.css': 'x' }, { 'a.json': '' }, { 'index.html': `${page}\n` }].map(
    (each) => made(each),
  );
  const versions = (await Promise.all([...others, made({}, 'code')])).map((each) => each.version);
  assert.equal(new Set([...versions, version]).size, 6);
});

test('The page says its version, and asks for scripts and styles as they are in it', async () => {
  const { html, version, list } = await made({});
  assert.ok(html.includes(`name="heapyard-version" content="${version}"`));
  const [script] = /main\.js\?v=[0-9a-f]{8}/.exec(html);
  const [style] = /page\.css\?v=[0-9a-f]{8}/.exec(html);
  assert.deepEqual(list.map(([name]) => name).sort(), ['./', script, style].sort());
  const other = await made({ 'main.js': 'other' });
  assert.ok(!other.html.includes(script) && other.html.includes(style));
});

test('What the script of a page imports is asked for with it', async () => {
  const { html } = await made({
    'main.js': 'import{a as b}from"./chunks/base-1.js";import"./chunks/more-2.js";import("./chunks/later-3.js");',
  });
  const links = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)" \/>/g)].map(([, file]) => file);
  assert.deepEqual(links, ['chunks/base-1.js', 'chunks/more-2.js']);
  assert.ok(html.indexOf('modulepreload') < html.indexOf('<script type="module"'));
});

test('A page that asks for a script that is not there is not built', async () => {
  const lost = page.replace('main.js', 'lost.js');
  await assert.rejects(made({ 'index.html': lost }), /asks for lost\.js/);
});

test('The folder of modules and lessons is named after what they hold and how they are called', () => {
  const of = (files) => folderFor(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
  assert.match(of({ a: '1' }), /^files-[0-9a-f]{10}$/);
  const names = [of({ a: '1', b: '2' }), of({ a: '2', b: '1' }), of({ a: '1', c: '2' }), of({ a: '1' })];
  assert.equal(new Set(names).size, 4);
  assert.equal(of({ b: '2', a: '1' }), names[0]);
});

test("Hosts that read _headers send the page's own policy", async () => {
  const { beside } = await made({ 'chunks/a.js': 'a', 'files-0123456789/a.wasm': 'a' });
  const text = beside.get('_headers').toString();
  for (const [name, value] of Object.entries(commonHeaders(contentPolicy(page)))) {
    assert.ok(text.includes(`\n  ${name}: ${value}\n`), name);
  }
  for (const where of ['/chunks/*', '/files-0123456789/*']) {
    assert.ok(text.includes(`${where}\n  Cache-Control: public, max-age=31536000, immutable\n`), where);
  }
});

test('docs/hosting.md has the headers as they are, in each of its recipes', () => {
  const policy = contentPolicy(page);
  const blocks = [...guide.matchAll(/^```(nginx|apache|caddy)\n(.*?)^```/gms)];
  assert.deepEqual(
    blocks.map(([, kind]) => kind),
    ['nginx', 'apache', 'caddy'],
  );
  for (const [, kind, text] of blocks) {
    for (const value of Object.values(commonHeaders(policy))) assert.ok(text.includes(value), `${kind}: ${value}`);
    assert.ok(text.includes('application/wasm'), kind);
  }
});
