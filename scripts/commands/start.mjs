import { ensureNpmPackages } from '../lib/npm.mjs';
import { bold } from '../lib/progress.mjs';
import { Failure } from '../lib/run.mjs';
import { serve } from '../lib/server.mjs';
import { ensureTools } from '../lib/system.mjs';
import { buildEverything, dist } from '../lib/web.mjs';

const usualPort = 8000;

/** `npm start`, `npm start -- --port N`: installs what is missing, builds, serves, prints the address. */
export async function main(words) {
  const port = portOf(words);
  await ensureTools('start');
  await ensureNpmPackages();
  await buildEverything();
  const { address, port: opened } = await serve(dist, port);
  if (port !== 0 && opened !== port) console.log(`Port ${port} is taken: ${opened} is free.`);
  console.log(`\nHeapyard is at ${bold(address)}   (Ctrl-C ends it)`);
}

export function portOf(words) {
  if (words.length === 0) return usualPort;
  const [option, value = ''] = words.length === 1 ? words[0].split('=') : words;
  const port = Number(value);
  if (option !== '--port' || words.length > 2 || !/^\d+$/.test(value) || port > 65535) {
    throw new Failure('usage: npm start -- [--port N], with N from 0 (any free port) to 65535');
  }
  return port;
}
