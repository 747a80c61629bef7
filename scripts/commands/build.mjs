import { ensureNpmPackages } from '../lib/npm.mjs';
import { ensureTools } from '../lib/system.mjs';
import { buildEverything } from '../lib/web.mjs';

/** `npm run build`: the page in dist/, for any web server. */
export async function main() {
  await ensureTools('build');
  await ensureNpmPackages();
  await buildEverything();
  console.log('\nThe page is in dist/.');
}
