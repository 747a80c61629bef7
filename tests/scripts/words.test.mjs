// The interface's words in other languages: all of them are there, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import {
  faultsOf,
  keyOf,
  languages,
  placesOf,
  readTranslations,
  saidInCpp,
  saidInScript,
  wordsOfCode,
} from '../../scripts/lib/words.mjs';

const ofScript = (source) => saidInScript(`import { say, saying } from '../words/say.js';${source}`, 'a.ts', ts);
const ofCpp = (source) => saidInCpp(source, 'a.cpp');

test('There is a language beside English', () => {
  assert.deepEqual(languages, ['de']);
});

for (const language of languages) {
  test(`What the page and its modules say is all there in ${language}, with the same places`, async () => {
    const words = await wordsOfCode();
    assert.deepEqual(faultsOf(words, await readTranslations(language)), []);
  });
}

test('What a script says is found, also among values and templates', () => {
  assert.deepEqual(ofScript("const a = html`<b>${say('Step {0} of {1}', 1, 2)}</b>${saying(`It\\'s`, a)}`"), [
    'Step {0} of {1}',
    "It's",
  ]);
  assert.deepEqual(ofScript("this.say('no'); other.saying('no'); sayer('no');"), []);
  assert.deepEqual(saidInScript("function say() {} say('no');", 'a.ts', ts), []);
});

test('What a source of C++ says is found, also in several literals', () => {
  assert.deepEqual(ofCpp('return say("one {} " \n  "and \\"two\\"", 1) + translated("three");'), [
    'one {} and "two"',
    'three',
  ]);
  assert.deepEqual(ofCpp('essay("no"); say_so("no")'), []);
});

test('Words that are no literal are told with their line', () => {
  assert.throws(() => ofScript('\nsay(words)'), /^Error: a\.ts:2: say\(\) takes its English as a literal/);
  assert.throws(() => ofCpp('\n\nsay(words)'), /^Error: a\.cpp:3: say\(\) takes its English as a literal/);
});

test('The places of a text are named by number, or in order', () => {
  assert.equal(placesOf('{} of {}'), '0 1');
  assert.equal(placesOf('{1} von {0}'), '0 1');
  assert.equal(placesOf('{0:02x} and {{no}} {0}'), '0');
  assert.equal(placesOf('nothing'), '');
});

test('A translation that is missing, has other places, or is of nothing is told', () => {
  const words = new Map(['one {0}', 'two', 'three'].map((english) => [english, {}]));
  const translations = new Map([
    ['one {0}', 'eins'],
    ['two', ''],
    ['three', 'drei'],
    ['four', 'vier'],
  ]);
  assert.deepEqual(faultsOf(words, translations), [
    'has other places: one {0}',
    'is missing: two',
    'is said nowhere: four',
  ]);
});

test('The key of words is FNV-1a of their bytes', () => {
  assert.equal(keyOf(''), '811c9dc5');
  assert.equal(keyOf('a'), 'e40c292c');
  assert.equal(keyOf('foobar'), 'bf9cf968');
});
