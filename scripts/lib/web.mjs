// Makes dist/: the bundled page, its styles and the WebAssembly modules beside it, all addressed relatively.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lessonFolders } from '../lessons/folders.mjs';
import { bundle, styleSheet, target } from './bundle.mjs';
import { buildPreset } from './cmake.mjs';
import { compressedCopies } from './compressed.mjs';
import { folderFor, makeVersion, namesIn, pathIn } from './deployment.mjs';
import { task } from './progress.mjs';
import { Failure, root } from './run.mjs';
import { singleFiles } from './single.mjs';
import { wordFiles } from './words.mjs';

export const dist = path.join(root, 'dist');

/** The WebAssembly modules, each NAME.js with NAME.wasm. */
export const modules = [
  ...['heapyard', 'allocators', 'races', 'race-times', 'structs', 'pictures', 'measures', 'exercises'],
  ...lessonFolders(root).map((folder) => `lesson-${path.basename(folder)}`),
];
/** What lies in web/ and is in dist/ as it is. */
const copies = ['index.html', 'embed.html', 'icon.svg', 'manifest.webmanifest'];
/** For those who take the package from npm. */
const types = ['embed.d.ts', 'frames.d.ts'];

/** What the scripts of the page are told of the build. */
const defines = {
  HEAPYARD_LESSONS: JSON.stringify(lessonFolders(root).map((lesson) => path.basename(lesson))),
  HEAPYARD_CARRIES: 'false',
};

/** Builds the modules and the page. The tools and npm packages must be there. */
export async function buildEverything() {
  await buildPreset('wasm', 'Building the modules (C++ to WebAssembly)');
  await bundlePage();
}

/** Effects: dist/ holds the page as it would be put on a web server, and nothing else. */
export async function bundlePage() {
  await task('Bundling the page', async () => {
    const files = await makePage(dist);
    const bundled = [...files].filter(([name]) => /^(chunks\/.*|main|page|embed|frames?)\.(js|css)$/.test(name));
    return { note: `${kilobytes(bundled)} of scripts and styles` };
  });
  await task('Compressing its files', async (progress) => {
    const files = new Map(namesIn(dist).map((name) => [name, readFileSync(pathIn(dist, name))]));
    const small = await compressedCopies(files, progress);
    for (const [name, contents] of small) write(pathIn(dist, name), contents);
    const of = (ending) => kilobytes([...small].filter(([name]) => name.endsWith(ending)));
    return { note: `${of('.br')} by brotli, ${of('.gz')} by gzip` };
  });
}

/**
 * Effects: `folder` holds the page and nothing else. `change` may change modules and lessons before they are in it: so
 * tests make another version.
 *
 * @param {string} folder
 * @param {(data: Map<string, Uint8Array>) => void} [change]
 */
export async function makePage(folder, change) {
  const data = await makeData();
  change?.(data);
  const place = folderFor(data);
  const files = new Map([...data].map(([name, contents]) => [`${place}/${name}`, contents]));
  for (const name of copies) files.set(name, read(`web/${name}`));
  for (const name of types) files.set(name, read(`web/types/${name}`));
  const page = await bundle({
    input: {
      main: 'main.ts',
      embed: 'embed/embed.ts?embedded',
      frame: 'embed/frame.ts?embedded',
      frames: 'embed/frames.ts',
    },
    define: { ...defines, HEAPYARD_FILES_AT: JSON.stringify(`${place}/`) },
  });
  page.set('page.css', Buffer.from(await styleSheet('page.css')));
  for (const [name, contents] of page) files.set(name, contents);
  const beside = await makeVersion(files, bundleWorker);
  rmSync(folder, { recursive: true, force: true });
  for (const [name, contents] of [...files, ...beside]) write(pathIn(folder, name), contents);
  return files;
}

async function bundleWorker(version, list) {
  const define = { HEAPYARD_VERSION: JSON.stringify(version), HEAPYARD_FILES: JSON.stringify(list) };
  const made = await bundle({ input: { worker: 'offline/worker/worker.ts' }, define, alone: true });
  return Buffer.from(made.get('worker.js')).toString();
}

/** What the page fetches when it needs it: the modules, what lessons say, what files are made of that carry all of it. */
async function makeData() {
  const { transform } = await import('esbuild');
  const data = new Map();
  for (const name of modules) {
    data.set(`${name}.wasm`, read(`build/wasm/${name}.wasm`));
    // Emscripten leaves its JavaScript a third longer than it has to be.
    const small = await transform(read(`build/wasm/${name}.js`), { minify: true, format: 'esm', target });
    data.set(`${name}.js`, Buffer.from(small.code));
  }
  const icon = read('web/icon.svg').toString();
  const scripts = modules.map((name) => [name, read(`build/wasm/${name}.js`).toString()]);
  const single = await singleFiles({ transform, defines }, read('web/single.html').toString(), icon, scripts);
  for (const [name, text] of single) data.set(name, Buffer.from(text));
  for (const [name, value] of await makeLessons()) data.set(`lessons/${name}`, value);
  const binaries = new Map(modules.map((name) => [name, data.get(`${name}.wasm`)]));
  for (const [name, text] of await wordFiles(binaries)) data.set(name, Buffer.from(text));
  return data;
}

/** The list of the lessons, and what each says. */
async function makeLessons() {
  const { minutesOf, readLesson } = await import('../lessons/prose.mjs');
  const { readGlossary, readWords } = await import('../lessons/pages.mjs');
  const { linker } = await import('../lessons/terms.mjs');
  const { tableOfSizes } = await import('../lessons/sizes.mjs');
  const glossary = readGlossary(path.join(root, 'core/lessons/glossary.md'));
  const lessons = lessonFolders(root).map(readLesson);
  const files = new Map();
  const json = (name, value) => files.set(`${name}.json`, Buffer.from(JSON.stringify(value)));
  json(
    'index',
    lessons.map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      abstract: lesson.abstract,
      minutes: minutesOf(lesson),
    })),
  );
  for (const { id } of lessons) {
    files.set(`${id}.x86_64.json`, read(`core/recordings/${id}.x86_64.json`));
  }
  const titles = Object.fromEntries(lessons.map(({ id, title }) => [id, title]));
  const words = readWords(path.join(root, 'core/lessons/words.md'));
  json('words', { ...words, rows: words.rows.map((row) => ({ ...row, title: titles[row.lesson] })) });
  /** @type {Record<string, string[]>} */
  const tellers = {}; // of each term, the lessons whose text has it
  const neighbour = (lesson) => (lesson ? { id: lesson.id, title: lesson.title } : null);
  for (const [index, lesson] of lessons.entries()) {
    const { id, title, abstract, questions, source, c, rust, exercise, exerciseSource, ...parts } = lesson;
    const teacher = parts.teacher.map((each) => each.html);
    const more = Object.entries({ c, rust, teacher }).filter(([, part]) => part?.length > 0);
    const place = {
      number: index + 1,
      previous: neighbour(lessons[index - 1]),
      next: neighbour(lessons[index + 1]),
    };
    const { link, terms } = linker(glossary.terms);
    // Terms are linked where they open in place: in the story's column.
    const linked = ['goals', 'story', 'wild', 'reading'].map((part) => [
      part,
      parts[part].map(({ html }) => link(html)),
    ]);
    const task = { ...exercise, task: exercise.task.map((each) => each.html), source: exerciseSource };
    const sizes = parts.sizes && (await tableOfSizes(parts.sizes));
    const measured = parts.measured && {
      items: parts.measured.items.map((each) => ({ id: each.id, html: each.html })),
      notes: parts.measured.notes.map((each) => link(each.html)),
    };
    json(id, {
      id,
      title,
      abstract,
      ...place,
      questions,
      source,
      more: more.map(([part]) => part),
      ...Object.fromEntries(linked),
      exercise: task,
      sizes,
      measured,
      terms: terms(),
    });
    json(`${id}.more`, Object.fromEntries(more));
    for (const term of Object.keys(terms())) (tellers[term] ??= []).push(id);
  }
  const terms = glossary.terms.map((term) => ({ ...term, lessons: tellers[term.id] ?? [] }));
  json('glossary', { ...glossary, terms, titles });
  return files;
}

function read(name) {
  const file = path.join(root, name);
  if (!existsSync(file)) throw new Failure(`${name} is missing: the page needs it.`);
  return readFileSync(file);
}

function write(file, contents) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

/** Where in dist/ modules and lessons lie. */
export function dataFolder(folder = dist) {
  const name = readdirSync(folder).find((each) => each.startsWith('files-'));
  if (!name) throw new Failure(`${folder} holds no page: npm run build makes it.`);
  return path.join(folder, name);
}

function kilobytes(files) {
  const sum = files.reduce((total, [, contents]) => total + contents.length, 0);
  return `${Math.round(sum / 1024)} kB`;
}
