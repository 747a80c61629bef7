import { formatEverything } from '../lib/formatting.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { task } from '../lib/progress.mjs';
import { ensureTools } from '../lib/system.mjs';

/** `npm run format`: brings every source into the project's format. */
export async function main() {
  await ensureTools('format');
  await ensureNpmPackages();
  await task('Formatting', (progress) => formatEverything(progress));
}
