import { say } from '../words/say.js';
import { isLanguage, type Language } from './language-name.js';
import { isTheme, type Theme } from './theme-name.js';

/**
 * The address holds the whole state: `#/heap?s=…&a=free-list&m=512&n=7`. Texts are deflated and written in base64url
 * (`s`), or, in a browser that cannot deflate, percent-encoded as they are (`t`). Any address may name a `theme` and a
 * `language`.
 *
 * This is version 1, which no address has to name. A later version that means something else by a field adds `version`;
 * what it leaves as it is stays readable here, and what it does not says so here.
 */
export type LabName = 'lessons' | 'heap' | 'race' | 'pool' | 'alignment' | 'own';

/** In every language a title begins with the short one, which is all that a narrow page shows of it. */
export const LABS: { name: LabName; title: () => string; short?: () => string }[] = [
  { name: 'lessons', title: () => say('Lessons') },
  { name: 'heap', title: () => say('Heap lab'), short: () => say('Heap') },
  { name: 'race', title: () => say('Race') },
  { name: 'pool', title: () => say('Pool lab'), short: () => say('Pool') },
  { name: 'alignment', title: () => say('Alignment lab'), short: () => say('Alignment') },
];

/** Pages to read, beside the labs: what this is, the map of the lessons, and the words. */
export type PageName = 'start' | 'map' | 'words' | 'glossary';

/** Their addresses; the map is where lessons are without naming one. */
const PAGES: Record<string, PageName> = {
  '': 'start',
  '#': 'start',
  '#/': 'start',
  '#/lessons': 'map',
  '#/words': 'words',
  '#/glossary': 'glossary',
};

/** What of a lesson is shown. */
export type LessonView = 'program' | 'exercise' | 'teacher';
const VIEWS: LessonView[] = ['program', 'exercise', 'teacher'];
/** Of one of somebody's own: it can be written, too. */
export type OwnView = LessonView | 'write';
const OWN_VIEWS: OwnView[] = ['program', 'exercise', 'write'];

export interface LessonState {
  lab: 'lessons';
  lesson: string;
  view: LessonView;
  arena: number;
  step: number;
  block: number | null;
}

export interface HeapState {
  lab: 'heap';
  text: string;
  allocator: string;
  arena: number; // 0: one that fits the script
  step: number;
  block: number | null;
}

export interface RaceState {
  lab: 'race';
  text: string;
  allocators: string[];
  arena: number; // 0: one that fits the script
  step: number;
  block: null;
}

export interface PoolState {
  lab: 'pool';
  text: string;
  blockBytes: number;
  capacity: number;
  step: number;
  block: number | null;
}

export interface AlignmentState {
  lab: 'alignment';
  text: string;
  abi: string;
  record: string | null;
}

/** A lesson of somebody's own: docs/own-lessons.md. */
export interface OwnState {
  lab: 'own';
  text: string;
  view: OwnView;
  step: number;
  block: null;
}

export type PageState = LessonState | HeapState | RaceState | PoolState | AlignmentState | OwnState;

/** What an address says: a whole state, the name of a lab or a page alone, or why it cannot be read. */
export type Reading =
  | { kind: 'state'; state: PageState }
  | { kind: 'lab'; lab: LabName }
  | { kind: 'page'; page: PageName }
  | { kind: 'broken'; reason: string };

/** A longer text does not go into an address: no browser, mail or chat carries it unharmed. */
export const LONGEST_ADDRESS = 16_000;

const MOST_TEXT = 1 << 20;
const ALLOCATOR = /^[a-z0-9-]{1,20}(:[a-z0-9-]{1,20}){0,3}$/; // whether there is one of that name, the module says

/** What a reader has chosen for the whole page, and an address may name beside what it opens. */
export interface Choices {
  theme?: Theme | undefined;
  language?: Language | undefined;
}

export async function write(state: PageState, { theme = 'auto', language }: Choices = {}): Promise<string> {
  const fields = new URLSearchParams();
  if (state.lab === 'lessons') {
    fields.set('l', state.lesson);
    if (state.view !== 'program') fields.set('v', state.view);
    fields.set('m', String(state.arena));
  } else {
    const [key, packed] = await pack(state.text);
    fields.set(key, packed);
  }
  switch (state.lab) {
    case 'heap':
      fields.set('a', state.allocator);
      if (state.arena) fields.set('m', String(state.arena));
      break;
    case 'race':
      fields.set('a', state.allocators.join(','));
      if (state.arena) fields.set('m', String(state.arena));
      break;
    case 'pool':
      fields.set('b', String(state.blockBytes));
      fields.set('c', String(state.capacity));
      break;
    case 'alignment':
      fields.set('abi', state.abi);
      if (state.record) fields.set('r', state.record);
      break;
    case 'own':
      if (state.view !== 'program') fields.set('v', state.view);
      break;
  }
  if (state.lab !== 'alignment') {
    fields.set('n', String(state.step));
    if (state.block !== null) fields.set('k', String(state.block));
  }
  if (theme !== 'auto') fields.set('theme', theme);
  if (language) fields.set('language', language);
  return `#/${state.lab}?${fields}`;
}

/** The choices that an address names; nothing where it names none that there is. */
export function choicesIn(hash: string): Choices {
  const fields = new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1]);
  const theme = fields.get('theme');
  const language = fields.get('language');
  return { theme: isTheme(theme) ? theme : undefined, language: isLanguage(language) ? language : undefined };
}

/** They belong to no lab: without them an address says what it said before there were any in addresses. */
function withoutChoices(hash: string): string {
  return hash
    .replace(/&(theme|language)=[^&]*/g, '')
    .replace(/\?(?:theme|language)=[^&]*(&?)/, (_, more: string) => (more ? '?' : ''));
}

export async function read(address: string): Promise<Reading> {
  const hash = withoutChoices(address);
  const page = PAGES[hash];
  if (page) return { kind: 'page', page };
  const match = /^#\/([a-z-]+)(?:\?(.*))?$/s.exec(hash);
  const name = match?.[1];
  const lab = name === 'own' ? name : LABS.find((known) => known.name === name)?.name;
  if (!match || !lab) return broken(say('it names no lab of Heapyard'));
  const fields = new URLSearchParams(match[2] ?? '');
  if ((fields.get('version') ?? '1') !== '1') {
    return broken(say('a newer Heapyard made it. Reload the page: it may have been updated since'));
  }
  if (lab === 'lessons') return readLesson(fields);
  if (!fields.has('s') && !fields.has('t')) {
    return match[2] ? broken(say('its text is missing')) : { kind: 'lab', lab };
  }
  const inflater = streamOf(() => new DecompressionStream('deflate-raw'));
  if (fields.has('s') && !inflater) return broken(say('its text is compressed, and this browser cannot read that'));
  let text: string;
  try {
    text = fields.get('t') ?? (await unpack(fields.get('s')!, inflater!));
  } catch {
    return broken(say('its text is damaged or cut short'));
  }
  if (lab === 'alignment') {
    return { kind: 'state', state: { lab, text, abi: fields.get('abi') ?? '', record: fields.get('r') } };
  }
  const step = whole(fields.get('n') ?? '0');
  const block = fields.has('k') ? whole(fields.get('k')!) : null;
  if (step === undefined || block === undefined) return broken(say('its step or block is not a number'));
  if (lab === 'own') {
    // A text that a later version writes differently is to say so here.
    if ((fields.get('f') ?? '1') !== '1') return broken(say('a newer Heapyard wrote it: reload this page'));
    const view = OWN_VIEWS.find((known) => known === (fields.get('v') ?? 'program'));
    return view
      ? { kind: 'state', state: { lab, text, view, step, block: null } }
      : broken(say('a lesson has no such part'));
  }
  if (lab === 'pool') {
    const blockBytes = whole(fields.get('b') ?? '64');
    const capacity = whole(fields.get('c') ?? '8');
    if (!blockBytes || !capacity) return broken(say('its pool has no block size or capacity'));
    return { kind: 'state', state: { lab, text, blockBytes, capacity, step, block } };
  }
  const allocator = fields.get('a') ?? 'free-list';
  const allocators = allocator.split(',');
  if (!allocators.every((each) => ALLOCATOR.test(each)) || (lab === 'heap' && allocators.length > 1)) {
    return broken(say('what it calls an allocator is no name of one'));
  }
  const arena = whole(fields.get('m') ?? '0');
  if (arena === undefined) return broken(say('its arena is not a number of bytes'));
  if (lab === 'race') return { kind: 'state', state: { lab, text, allocators, arena, step, block: null } };
  return { kind: 'state', state: { lab, text, allocator, arena, step, block } };
}

function readLesson(fields: URLSearchParams): Reading {
  const lesson = fields.get('l');
  if (lesson === null) return broken(say('it names no lesson'));
  const view = VIEWS.find((known) => known === (fields.get('v') ?? 'program'));
  if (!view) return broken(say('a lesson has no such part'));
  const step = whole(fields.get('n') ?? '0');
  const arena = whole(fields.get('m') ?? '0');
  const block = fields.has('k') ? whole(fields.get('k')!) : null;
  if (step === undefined || arena === undefined || block === undefined) {
    return broken(say('its step, arena or block is not a number'));
  }
  return { kind: 'state', state: { lab: 'lessons', lesson, view, arena, step, block } };
}

function broken(reason: string): Reading {
  return { kind: 'broken', reason };
}

function whole(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= 0xffff_ffff ? value : undefined;
}

/** Nothing where there are no such streams, or not of this format: it is younger than they are. */
function streamOf<Stream>(make: () => Stream): Stream | null {
  try {
    return make();
  } catch {
    return null;
  }
}

async function pack(text: string): Promise<['s' | 't', string]> {
  const deflater = streamOf(() => new CompressionStream('deflate-raw'));
  if (!deflater) return ['t', text];
  const deflated = await through(new TextEncoder().encode(text), deflater, Infinity);
  let binary = '';
  for (const byte of deflated) binary += String.fromCharCode(byte);
  return ['s', btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')];
}

async function unpack(packed: string, inflater: GenericTransformStream): Promise<string> {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const deflated = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const inflated = await through(deflated, inflater, MOST_TEXT);
  return new TextDecoder('utf-8', { fatal: true }).decode(inflated);
}

async function through(input: Uint8Array, stream: GenericTransformStream, most: number): Promise<Uint8Array> {
  const source = new Blob([input as BlobPart]).stream() as ReadableStream<Uint8Array>;
  const reader = source.pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) throw new RangeError('the text is longer than a link may hold');
    chunks.push(value);
  }
  const result = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  return result;
}
