// A reporter for Node's test runner: a line a test, what failed in full, and the closing line "N passed, N failed".
// A skipped test counts as failed, unless it was left out because its name does not match the one asked for.
import path from 'node:path';

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (isSuite(data)) continue;
    const leftOut = typeof data.skip === 'string' && data.skip.includes('name does not match');
    if (leftOut) continue;
    const fine = type === 'test:pass' && data.skip === undefined && data.todo === undefined;
    // Node 18 also reports each file as a test: its failure counts only if nothing inside told of it.
    if (isFile(data) && (fine || failed > 0)) continue;
    if (fine) passed += 1;
    else failed += 1;
    yield `test: ${data.name}${fine ? '' : '\n  FAILED'}\n`;
    if (!fine) yield `${indent(reason(data))}\n`;
  }
  yield `${passed} passed, ${failed} failed\n`;
}

const isSuite = (data) => data.details?.type === 'suite';
const isFile = (data) => data.nesting === 0 && path.isAbsolute(data.name);

function reason(data) {
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped: every test must run';
  const error = data.details?.error;
  const cause = error?.cause ?? error;
  return cause?.stack ?? String(cause?.message ?? cause);
}

const indent = (text) => text.replace(/^/gm, '    ');
