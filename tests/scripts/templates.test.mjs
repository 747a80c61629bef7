// What the bundle leaves out of the page's templates.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortenTemplates } from '../../scripts/lib/templates.mjs';

test('Styles lose comments, line breaks and indentation, and nothing else', () => {
  const source =
    'const a = css`\n  /* why */\n  .a > .b,\n  p :hover {\n    font: ${size} ${family} / 1.5 var(--mono);\n  }\n`;';
  assert.equal(
    shortenTemplates(source),
    'const a = css` .a > .b,p :hover{font: ${size} ${family} / 1.5 var(--mono);}`;',
  );
});

test('Elements keep one space where a line broke, also inside of what they hold', () => {
  const source = 'html`<p>\n  one\n  ${x ? html`<b\n  >two</b>` : nothing}\n</p>`';
  assert.equal(shortenTemplates(source), 'html`<p> one ${x ? html`<b >two</b>` : nothing} </p>`');
});

test('Other templates, strings and code stay as they are', () => {
  const source = 'const a = `one\n  two`; const b = tag`\n`; // css`\n`\n';
  assert.equal(shortenTemplates(source), source);
});
