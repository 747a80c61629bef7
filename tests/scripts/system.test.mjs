import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { missingFor, packages } from '../../scripts/lib/packages.mjs';
import { cannotInstall } from '../../scripts/lib/system.mjs';

const npm = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'));
const emscripten = packages.find((entry) => entry.apt === 'emscripten');
const cmake = packages.find((entry) => entry.apt === 'cmake');

test('Every package says what it is, how Debian names it, who needs it and how it is recognised', () => {
  const commands = Object.values(npm.scripts).map((script) => script.split(' ').at(-1));
  for (const entry of packages) {
    assert.ok(entry.what && /^[a-z0-9.+-]+$/.test(entry.apt), entry.apt);
    assert.ok(entry.for.length > 0 && entry.for.every((name) => commands.includes(name)), entry.apt);
    assert.equal(typeof entry.found, 'function');
  }
  assert.equal(new Set(packages.map((entry) => entry.apt)).size, packages.length);
});

test('What npm start needs, npm test needs too', () => {
  for (const entry of packages.filter((one) => one.for.includes('start')))
    assert.ok(entry.for.includes('test'), entry.apt);
});

test('Everything that the tests need is here while they run', () => {
  assert.deepEqual(missingFor('test', true), []);
});

test('A missing tool is found out by looking for it', () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  try {
    const missing = missingFor('start', true).map((entry) => entry.apt);
    assert.ok(missing.includes('cmake') && missing.includes('emscripten') && missing.includes('ninja-build'));
    assert.ok(!missing.includes('chromium'), 'npm start needs no browser');
  } finally {
    process.env.PATH = PATH;
  }
});

test('An emsdk that is not in PATH is found by EMSDK', () => {
  const { PATH, EMSDK } = process.env;
  process.env.PATH = '/nowhere';
  process.env.EMSDK = '/nowhere either';
  try {
    assert.equal(emscripten.found(), undefined);
  } finally {
    process.env.PATH = PATH;
    if (EMSDK === undefined) delete process.env.EMSDK;
    else process.env.EMSDK = EMSDK;
  }
});

test('Who is not root is told each missing tool and the command that installs them all', () => {
  const words = cannotInstall([emscripten, cmake], { apt: true, isRoot: false, sudo: false, terminal: false });
  assert.match(words, /Emscripten \(em\+\+\) \(Debian package emscripten\)/);
  assert.match(words, /CMake \(Debian package cmake\)/);
  assert.match(words, /^ {2}sudo apt-get update && sudo apt-get install --no-install-recommends emscripten cmake$/m);
});

test('Where there is no apt, the README is named', () => {
  const words = cannotInstall([emscripten], { apt: false, isRoot: false, sudo: true, terminal: true });
  assert.match(words, /Emscripten/);
  assert.match(words, /README\.md, section "macOS and other Linux systems"/);
  const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
  assert.match(readme, /^#+ macOS and other Linux systems$/m);
});
