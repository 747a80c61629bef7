// Installs the npm packages of package-lock.json, when they are not there or the lock has changed since.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { task } from './progress.mjs';
import { Failure, root, run } from './run.mjs';

const offlineSigns = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

export async function ensureNpmPackages() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const stamp = path.join(root, 'node_modules', '.heapyard');
  const wanted = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  await task('Installing npm packages', async (progress) => {
    const { ok, lines } = await run('npm', ['ci', '--no-audit', '--no-fund'], { onLine: progress, log: 'npm' });
    if (ok) {
      writeFileSync(stamp, wanted);
      return;
    }
    const output = lines.slice(-20).join('\n');
    const offline = offlineSigns.test(output)
      ? "\n\nnpm's registry cannot be reached: this machine seems to be offline. Connect it and run the same command again."
      : '\n\nnpm ci failed.';
    throw new Failure(output + offline);
  });
}
