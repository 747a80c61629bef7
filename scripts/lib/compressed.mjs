// Copies of text and WebAssembly, compressed once when the page is built: NAME.br and NAME.gz beside NAME, for servers
// that send such copies as they are.
import { constants, brotliCompress, gzip } from 'node:zlib';
import path from 'node:path';
import { promisify } from 'node:util';

const kinds = new Set(['.css', '.html', '.js', '.json', '.svg', '.wasm', '.webmanifest']);
const worth = 0.95; // of its size: what saves less costs more to look for
// Of eleven: 10 makes all of it a sixteenth smaller and takes ten times as long.
const quality = 5;

export const encodings = [
  { name: 'br', ending: '.br', compress: withBrotli },
  { name: 'gzip', ending: '.gz', compress: (bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

function withBrotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return promisify(brotliCompress)(bytes, { params });
}

/**
 * @param {Map<string, Uint8Array>} files
 * @param {(told: string) => void} progress
 * @returns {Promise<Map<string, Uint8Array>>} the copies that are worth it
 */
export async function compressedCopies(files, progress) {
  const copies = new Map();
  const some = [...files].filter(([name]) => kinds.has(path.extname(name)));
  let done = 0;
  await Promise.all(
    some.map(async ([name, bytes]) => {
      for (const { ending, compress } of encodings) {
        const small = await compress(bytes);
        if (small.length < bytes.length * worth) copies.set(`${name}${ending}`, small);
      }
      progress(`${++done} of ${some.length} files compressed`);
    }),
  );
  return copies;
}
