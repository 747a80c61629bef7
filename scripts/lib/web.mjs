// Makes dist/: the bundled page, its styles and the WebAssembly modules beside it, all addressed relatively.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildPreset } from './cmake.mjs';
import { task } from './progress.mjs';
import { Failure, root } from './run.mjs';

export const dist = path.join(root, 'dist');

const copies = [
  ['web/index.html', 'index.html'],
  ['web/icon.svg', 'icon.svg'],
  ['build/wasm/heapyard.js', 'heapyard.js'],
  ['build/wasm/heapyard.wasm', 'heapyard.wasm'],
  ['build/wasm/structs.js', 'structs.js'],
  ['build/wasm/structs.wasm', 'structs.wasm'],
];

/** Builds the modules and the page. The tools and npm packages must be there. */
export async function buildEverything() {
  await buildPreset('wasm', 'Building the modules (C++ to WebAssembly)');
  await bundlePage();
}

/** Effects: dist/ holds the page as it would be put on a web server, and nothing else. */
export function bundlePage() {
  return task('Bundling the page', async () => {
    const { build, formatMessages } = await import('esbuild');
    let result;
    try {
      result = await build({
        absWorkingDir: root,
        entryPoints: { main: 'web/src/main.ts', page: 'web/src/page.css' },
        outdir: 'dist',
        bundle: true,
        format: 'esm',
        splitting: true,
        chunkNames: 'chunks/[name]-[hash]',
        minify: true,
        target: 'es2022',
        sourcemap: true,
        metafile: true,
        legalComments: 'none',
        logLevel: 'silent',
        write: false,
      });
    } catch (error) {
      if (!error.errors) throw error;
      const messages = await formatMessages(error.errors, { kind: 'error', color: Boolean(process.stdout.isTTY) });
      throw new Failure(`${messages.join('')}\nThe page cannot be bundled.`);
    }
    rmSync(dist, { recursive: true, force: true });
    for (const file of result.outputFiles) write(file.path, file.contents);
    for (const [from, to] of copies) {
      if (!existsSync(path.join(root, from))) throw new Failure(`${from} is missing: the page needs it.`);
      mkdirSync(dist, { recursive: true });
      copyFileSync(path.join(root, from), path.join(dist, to));
    }
    return { note: `${Math.round(sizeOf(result) / 1024)} kB of scripts and styles` };
  });
}

function write(file, contents) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

const sizeOf = (result) =>
  result.outputFiles.filter((file) => !file.path.endsWith('.map')).reduce((sum, file) => sum + file.contents.length, 0);
