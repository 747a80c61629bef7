// Makes dist/: the bundled page, its styles and the WebAssembly modules beside it, all addressed relatively.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lessonFolders } from '../lessons/folders.mjs';
import { buildPreset } from './cmake.mjs';
import { task } from './progress.mjs';
import { Failure, root } from './run.mjs';
import { singleFiles } from './single.mjs';

export const dist = path.join(root, 'dist');

const target = 'es2022';
/** The WebAssembly modules, each NAME.js with NAME.wasm. */
export const modules = [
  ...['heapyard', 'allocators', 'races', 'race-times', 'structs', 'pictures', 'measures', 'exercises'],
  ...lessonFolders(root).map((folder) => `lesson-${path.basename(folder)}`),
];
const copies = [
  ['web/index.html', 'index.html'],
  ['web/embed.html', 'embed.html'],
  ['web/icon.svg', 'icon.svg'],
  ...modules.map((name) => [`build/wasm/${name}.wasm`, `${name}.wasm`]),
];

/** Builds the modules and the page. The tools and npm packages must be there. */
export async function buildEverything() {
  await buildPreset('wasm', 'Building the modules (C++ to WebAssembly)');
  await bundlePage();
}

/** Effects: dist/ holds the page as it would be put on a web server, and nothing else. */
export function bundlePage() {
  return task('Bundling the page', async () => {
    const { build, formatMessages, transform } = await import('esbuild');
    const { templates, texts } = await import('./templates.mjs');
    const options = {
      absWorkingDir: root,
      outdir: 'dist',
      bundle: true,
      minify: true,
      target,
      legalComments: /** @type {const} */ ('none'),
      define: {
        HEAPYARD_LESSONS: JSON.stringify(lessonFolders(root).map((folder) => path.basename(folder))),
        HEAPYARD_CARRIES: 'false',
      },
      plugins: [templates, texts],
      logLevel: /** @type {const} */ ('silent'),
      write: /** @type {const} */ (false),
    };
    const scripts = modules.map((name) => [name, read(`build/wasm/${name}.js`)]);
    let result;
    let single;
    try {
      result = await build({
        ...options,
        entryPoints: {
          main: 'web/src/main.ts',
          page: 'web/src/page.css',
          embed: 'web/src/embed/embed.ts',
          frame: 'web/src/embed/frame.ts',
          frames: 'web/src/embed/frames.ts',
        },
        format: 'esm',
        splitting: true,
        chunkNames: 'chunks/[name]-[hash]',
        sourcemap: 'external', // beside the scripts; a line in each that names its map would weigh a kilobyte
      });
      const [template, icon] = ['web/single.html', 'web/icon.svg'].map((name) => read(name).toString());
      single = await singleFiles({ build, transform }, options, template, icon, scripts);
    } catch (error) {
      if (!error.errors) throw error;
      const messages = await formatMessages(error.errors, { kind: 'error', color: Boolean(process.stdout.isTTY) });
      throw new Failure(`${messages.join('')}\nThe page cannot be bundled.`);
    }
    rmSync(dist, { recursive: true, force: true });
    for (const file of result.outputFiles) write(file.path, file.contents);
    for (const [from, to] of copies) write(path.join(dist, to), read(from));
    // Emscripten leaves its JavaScript a third longer than it has to be.
    for (const [name, source] of scripts) {
      const small = await transform(source, { minify: true, format: 'esm', target });
      write(path.join(dist, `${name}.js`), small.code);
    }
    for (const [name, text] of single) write(path.join(dist, name), text);
    await writeLessons();
    return { note: `${Math.round(sizeOf(result) / 1024)} kB of scripts and styles` };
  });
}

/** dist/lessons/: the list, and what each says. */
async function writeLessons() {
  const { minutesOf, readLesson } = await import('../lessons/prose.mjs');
  const { readGlossary, readWords } = await import('../lessons/pages.mjs');
  const { linker } = await import('../lessons/terms.mjs');
  const { tableOfSizes } = await import('../lessons/sizes.mjs');
  const glossary = readGlossary(path.join(root, 'core/lessons/glossary.md'));
  const lessons = lessonFolders(root).map(readLesson);
  const json = (name, value) => write(path.join(dist, 'lessons', `${name}.json`), JSON.stringify(value));
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
    write(path.join(dist, 'lessons', `${id}.x86_64.json`), read(`core/recordings/${id}.x86_64.json`));
  }
  const titles = Object.fromEntries(lessons.map(({ id, title }) => [id, title]));
  const words = readWords(path.join(root, 'core/lessons/words.md'));
  json('words', { ...words, rows: words.rows.map((row) => ({ ...row, title: titles[row.lesson] })) });
  /** @type {Record<string, string[]>} */
  const tellers = {}; // of each term, the lessons whose text has it
  const neighbour = (lesson) => (lesson ? { id: lesson.id, title: lesson.title } : null);
  for (const [index, lesson] of lessons.entries()) {
    const { id, title, abstract, questions, source, c, rust, exercise, exerciseSource, ...parts } = lesson;
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
    const html = { ...Object.fromEntries(linked), teacher: parts.teacher.map((each) => each.html) };
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
      c,
      rust,
      ...html,
      exercise: task,
      sizes,
      measured,
      terms: terms(),
    });
    for (const term of Object.keys(terms())) (tellers[term] ??= []).push(id);
  }
  const terms = glossary.terms.map((term) => ({ ...term, lessons: tellers[term.id] ?? [] }));
  json('glossary', { ...glossary, terms, titles });
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

const sizeOf = (result) =>
  result.outputFiles.filter((file) => !file.path.endsWith('.map')).reduce((sum, file) => sum + file.contents.length, 0);
