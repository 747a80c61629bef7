import { dataAt } from '../core/home.js';
import type { PageState } from '../state/address.js';
import { say } from '../words/say.js';
import { EXPORTED, type Exported } from './exported.js';

/** What a file has to carry to show a state: modules, each with the script that loads it, and files of data. */
interface Needs {
  modules: string[];
  files: string[];
}

function needsOf(state: PageState): Needs {
  switch (state.lab) {
    case 'lessons': {
      const { lesson } = state;
      const files = ['', '.more', '.x86_64'].map((kind) => `lessons/${lesson}${kind}.json`);
      return { modules: [`lesson-${lesson}`, 'exercises', 'measures'], files };
    }
    case 'heap':
      return { modules: ['heapyard', 'allocators', 'pictures'], files: [] };
    case 'pool':
      return { modules: ['heapyard', 'pictures'], files: [] };
    case 'race':
      return { modules: ['races', 'race-times'], files: [] };
    case 'own':
      return { modules: ['heapyard', 'allocators', 'structs', 'exercises', 'pictures'], files: [] };
    case 'alignment':
      return { modules: ['structs', 'pictures'], files: [] };
  }
}

/** How far the making of a file is, from 0 to 1. */
export type Progressed = (part: number) => void;

/**
 * One HTML file that opens from anywhere, without a network: the template of the build (scripts/lib/single.mjs), and in
 * it the scripts of the modules, which its policy names, and data, which nobody carries out. Throws a sentence.
 */
export async function singleFile(exported: Exported, progressed: Progressed): Promise<string> {
  const { modules, files } = needsOf(exported.state);
  const words =
    exported.language === 'en'
      ? []
      : ['', ...modules.map((name) => `.${name}`)].map((of) => `words/${exported.language}${of}.json`);
  const names = [
    'single/template.json',
    ...modules.flatMap((name) => [`single/${name}.js`, `${name}.wasm`]),
    ...files,
    ...words,
  ];
  let done = 0;
  const fetched = new Map<string, ArrayBuffer>();
  await Promise.all(
    names.map(async (name) => {
      fetched.set(name, await bytesOf(name));
      progressed(++done / names.length);
    }),
  );
  const text = (name: string) => new TextDecoder().decode(fetched.get(name));
  const blocks = [
    ...words.map((name) => json(name, JSON.parse(text(name)))),
    ...files.map((name) => json(name, exported.unit ? withoutNotes(JSON.parse(text(name))) : JSON.parse(text(name)))),
    ...modules.map(
      (name) =>
        `<script type="application/wasm;base64" data-file="${name}.wasm">${base64(fetched.get(`${name}.wasm`)!)}</script>`,
    ),
    json(EXPORTED, exported),
    ...modules.map((name) => `<script>${text(`single/${name}.js`)}</script>`),
  ];
  return (JSON.parse(text('single/template.json')) as string)
    .replace('<title>Heapyard</title>', () => `<title>${escaped(exported.title)} · Heapyard</title>`)
    .replace('<!-- what it carries -->', () => blocks.join('\n'));
}

/** For learners: the teacher's notes are not for them. */
function withoutNotes({ teacher, more, ...data }: Record<string, unknown>): object {
  return more ? { ...data, more: (more as string[]).filter((part) => part !== 'teacher') } : data;
}

async function bytesOf(name: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(dataAt(name));
    if (response.ok) return await response.arrayBuffer();
  } catch {
    // Said below, as when there is an answer that is none.
  }
  throw new Error(say('The file cannot be made: {0} could not be fetched. Is this computer still online?', name));
}

/** A block of data. Nothing in it can end the block. */
function json(name: string, value: unknown): string {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" data-file="${name}">${text}</script>`;
}

const PIECE = 0x6000; // bytes, a multiple of three: each piece is whole in base64

function base64(buffer: ArrayBuffer): string {
  const pieces: string[] = [];
  for (let at = 0; at < buffer.byteLength; at += PIECE) {
    const bytes = new Uint8Array(buffer, at, Math.min(PIECE, buffer.byteLength - at));
    pieces.push(btoa(String.fromCharCode(...bytes)));
  }
  return pieces.join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
