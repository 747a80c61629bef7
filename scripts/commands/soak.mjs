import path from 'node:path';
import { buildPreset } from '../lib/cmake.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { say, task } from '../lib/progress.mjs';
import { root, run } from '../lib/run.mjs';
import { ensureTools } from '../lib/system.mjs';

const limitSeconds = 7 * 24 * 3600; // as many operations as one likes
const progressMark = 'progress: ';

/**
 * `npm run soak`: ten million random calls, shared out to every allocator, everything looked at after each of them.
 * `npm run soak -- --operations N --seed S --allocator NAME`. A failure says how to see it again.
 */
export async function main(words) {
  await ensureTools('soak');
  await ensureNpmPackages();
  await buildPreset('soak', 'Building the soak');
  const { ok } = await task('Soaking', async (progress) => {
    const onLine = (line) =>
      line.startsWith(progressMark) ? progress(line.slice(progressMark.length)) : say(`    ${line}`);
    const result = await run(path.join(root, 'build', 'soak', 'heapyard-soak'), words, {
      onLine,
      log: 'soak',
      limitSeconds,
    });
    return { ...result, failed: !result.ok };
  });
  return ok ? 0 : 1;
}
