// The page's scripts as browsers load them: Rollup puts modules together, esbuild compiles and shortens them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, root } from './run.mjs';

export const target = 'es2022';
const sources = path.join(root, 'web/src');

/**
 * Ends the name of a module that is a copy for embedded parts. What they show at first is one script: in pieces, each
 * compressed by itself, it would weigh a fifth more; and what the page shows at first is not theirs. What comes later of
 * other libraries is the same for both.
 */
const COPY = '?embedded';
const copied = [sources, ...['lit', 'lit-html', 'lit-element', '@lit/reactive-element'].map(moduleFolder)];

/**
 * Scripts, and what they fetch later, by their names, each with its source map.
 *
 * @param {{ input: Record<string, string>, define: Record<string, string>, alone?: boolean }} options `input` names
 *   sources of web/src; in what `define` defines, names become values; `alone` leaves one script that fetches no other
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function bundle({ input, define, alone = false }) {
  const { rollup } = await import('rollup');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  try {
    const made = await rollup({
      input: Object.fromEntries(Object.entries(input).map(([name, entry]) => [name, path.join(sources, entry)])),
      plugins: [copies, await compiled(define), nodeResolve({ browser: true, exportConditions: ['production'] })],
      onwarn: (warning) => {
        throw Object.assign(new Error(warning.message), warning);
      },
    });
    const { output } = await made.generate({
      sourcemap: 'hidden', // beside the scripts; a line in each that names its map would weigh a kilobyte
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      ...(alone ? { inlineDynamicImports: true } : { manualChunks: together() }),
    });
    return new Map(output.map((each) => [each.fileName, Buffer.from(each.type === 'chunk' ? each.code : each.source)]));
  } catch (error) {
    if (!error.code && !error.errors) throw error;
    const { file, line } = error.loc ?? error.errors?.[0]?.location ?? { file: error.id ?? 'web/src', line: '' };
    throw new Failure(`${path.relative(root, file)}:${line}: ${error.message}\nThe page cannot be bundled.`);
  }
}

/** The style sheet of a file in web/src with all that it imports, shortened. */
export async function styleSheet(file) {
  const { build } = await import('esbuild');
  const made = await build({ entryPoints: [path.join(sources, file)], bundle: true, minify: true, write: false });
  return made.outputFiles[0].text;
}

/**
 * Which modules come together: what an embedded lesson shows at first; what every part of the page begins with; what
 * lessons have in common with labs.
 */
function together() {
  let sets;
  return (id, { getModuleInfo }) => {
    const closure = (...entries) => {
      const found = new Set();
      const add = (each) => {
        if (found.has(each)) return;
        found.add(each);
        getModuleInfo(each)?.importedIds.forEach(add);
      };
      for (const entry of entries) add(path.join(sources, entry));
      return found;
    };
    sets ??= {
      frame: closure(`embed/frame.ts${COPY}`),
      embed: closure(`embed/embed.ts${COPY}`),
      embedded: closure(`labs/lessons.ts${COPY}`),
      main: closure('main.ts'),
      pages: closure('pages/pages.ts'),
      lessons: closure('labs/lessons.ts'),
      labs: closure('labs/heap.ts', 'labs/pool.ts', 'labs/race.ts', 'labs/alignment.ts'),
    };
    const { frame, embed, embedded, main, pages, lessons, labs } = sets;
    if ((frame.has(id) && embed.has(id)) || embedded.has(id)) return 'embedded';
    if ((main.has(id) && !id.endsWith('main.ts')) || (pages.has(id) && lessons.has(id))) return 'base';
    if (lessons.has(id) && labs.has(id)) return 'shared';
    return undefined;
  };
}

/** For Rollup: what a copy imports is a copy, too. */
const copies = {
  name: 'copies',
  async resolveId(id, importer) {
    if (!importer?.endsWith(COPY)) return null;
    const resolved = await this.resolve(id, importer.slice(0, -COPY.length), { skipSelf: true });
    const isCopied = resolved && copied.some((folder) => resolved.id.startsWith(folder + path.sep));
    return isCopied ? { ...resolved, id: resolved.id + COPY } : resolved;
  },
};

/** For Rollup: sources of TypeScript, with their templates shortened, and style sheets as texts (`./file.css?text`). */
async function compiled(define) {
  const { transform } = await import('esbuild');
  const { shortenTemplates } = await import('./templates.mjs');
  /** @type {import('esbuild').TransformOptions} */
  const options = { target, format: 'esm', legalComments: 'none', sourcemap: true };
  return {
    name: 'compiled',
    resolveId(id, importer) {
      if (!id.startsWith('.') || !importer?.startsWith(sources)) return null;
      const file = path.resolve(path.dirname(importer), id);
      if (file.endsWith('?text')) return file;
      const script = file.replace(/\.js$/, '.ts');
      return existsSync(script) ? script : null;
    },
    async load(id) {
      const file = id.endsWith(COPY) ? id.slice(0, -COPY.length) : id;
      if (file.endsWith('?text')) {
        const text = await styleSheet(path.relative(sources, file.slice(0, -'?text'.length)));
        return `export default ${JSON.stringify(text)};`;
      }
      if (!file.endsWith('.ts')) return file === id ? null : readFileSync(file, 'utf8');
      const text = shortenTemplates(readFileSync(file, 'utf8'));
      const { code, map } = await transform(text, { ...options, loader: 'ts', define, sourcefile: file });
      return { code, map };
    },
    async renderChunk(text) {
      const { code, map } = await transform(text, { ...options, minify: true });
      return { code, map };
    },
  };
}

function moduleFolder(name) {
  return path.join(root, 'node_modules', name);
}
