// A reporter for Playwright: a line a test, what failed in full, and the closing line "N passed, N failed".
// A skipped test counts as failed.
import { stripVTControlCharacters } from 'node:util';

export default class PlainReporter {
  passed = 0;
  failed = 0;

  printsToStdio() {
    return true;
  }

  onStdOut(chunk) {
    process.stdout.write(chunk);
  }

  onStdErr(chunk) {
    process.stdout.write(chunk);
  }

  onTestEnd(test, result) {
    const fine = result.status === 'passed' && test.expectedStatus === 'passed';
    if (fine) this.passed += 1;
    else this.failed += 1;
    const [, , file, ...titles] = test.titlePath();
    console.log(`test: ${titles.join(' › ')}  (${result.duration} ms)`);
    if (fine) return;
    console.log(`  FAILED in ${file}:${test.location.line}: ${result.status}`);
    for (const error of result.errors) console.log(plain(error.stack ?? error.message ?? String(error.value)));
    for (const { name, path } of result.attachments) if (path) console.log(`  ${name}: ${path}`);
  }

  /** An error outside of any test: a file that does not load, a configuration that is wrong. */
  onError(error) {
    this.failed += 1;
    console.log(plain(error.stack ?? error.message ?? String(error.value)));
  }

  onEnd() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}

const plain = (text) => stripVTControlCharacters(text).replace(/^/gm, '    ');
