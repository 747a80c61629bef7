import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linker } from '../../scripts/lessons/terms.mjs';

const glossary = [
  { term: 'block', id: 'block', html: 'a part' },
  { term: 'free list', id: 'free-list', html: 'a list' },
  { term: 'move', id: 'move', html: 'to give over' },
];

test('The first time a term of the glossary stands in a lesson it is linked, in singular or plural', () => {
  const { link, terms } = linker(glossary);
  assert.equal(link('<p>Two blocks.</p>'), '<p>Two <a href="#/glossary" data-term="block">blocks</a>.</p>');
  assert.equal(link('<p>One block.</p>'), '<p>One block.</p>');
  assert.deepEqual(Object.keys(terms()), ['block']);
});

test('A longer term goes before a shorter one, and parts of words are no terms', () => {
  const { link } = linker([...glossary, { term: 'list', id: 'list', html: 'a list' }]);
  assert.equal(link('a free list'), 'a <a href="#/glossary" data-term="free-list">free list</a>');
  assert.equal(link('blocked, sub-block'), 'blocked, sub-block');
});

test('Links, code and tags stay as they are, and so do words of every day', () => {
  const { link } = linker(glossary);
  const html = '<p title="block"><a href="#">a block</a> and <code>block</code>, move</p>';
  assert.equal(link(html), html);
});
