import { buildPreset } from '../lib/cmake.mjs';
import { ensureNpmPackages } from '../lib/npm.mjs';
import { ensureTools } from '../lib/system.mjs';

/** `npm run native`: the optimised program, build/native/heapyard. */
export async function main() {
  await ensureTools('native');
  await ensureNpmPackages();
  await buildPreset('native', 'Building the program');
  console.log('\nThe program is build/native/heapyard.');
}
