import { LABS, read, type LabName, type PageState } from '../state/address.js';
import { readShow, type Show } from '../state/show.js';
import { say } from '../words/say.js';

/** What a tag asks for. */
export interface Settings {
  lab: LabName;
  state: PageState | null; // null: what a first visit shows
  show: Show;
}

/** The attributes that say what is shown. A change of one of them opens anew. */
export const ASKING = [
  'lesson',
  'exercise',
  'lab',
  'state',
  'src',
  'show',
  'allocator',
  'allocators',
  'arena',
  'block-bytes',
  'capacity',
  'abi',
];

/** What a tag asks for, or a sentence about what of it cannot be. `text` is what stands between its ends. */
export async function settingsOf(tag: Element, text: string): Promise<Settings | string> {
  const show = readShow(tag.getAttribute('show'));
  if (typeof show === 'string') return show;
  const step = stepOf(tag);
  if (typeof step === 'string') return step;
  const link = tag.getAttribute('state');
  if (link !== null) return ofLink(link, show, step);
  const own = await ofOwn(tag, text, show, step);
  if (own) return own;
  const exercise = tag.getAttribute('exercise');
  const lesson = exercise ?? tag.getAttribute('lesson');
  const arena = numberOf(tag, 'arena', 0);
  if (typeof arena === 'string') return arena;
  if (lesson !== null) {
    const alone = exercise !== null || (show?.size === 1 && show.has('exercise'));
    const view = alone ? 'exercise' : 'program';
    const state: PageState = { lab: 'lessons', lesson, view, arena, step: step ?? 0, block: null };
    return { lab: 'lessons', state, show: exercise === null ? show : new Set(['exercise'] as const) };
  }
  const lab = LABS.find(({ name }) => name === (tag.getAttribute('lab') ?? 'heap'))?.name;
  if (!lab || lab === 'lessons')
    return say('“lab” is one of heap, race, pool, alignment, not “{0}”.', tag.getAttribute('lab')!);
  if (text === '') return { lab, state: null, show };
  const state = ofLab(tag, lab, text, arena, step);
  return typeof state === 'string' ? state : { lab, state, show };
}

/** A lesson of somebody's own, in a file or in the tag; null when the tag has none. */
async function ofOwn(tag: Element, text: string, show: Show, step = 0): Promise<Settings | string | null> {
  const src = tag.getAttribute('src');
  const written = tag.getAttribute('lab') === 'own' || tag.querySelector('script[type="text/markdown"]') !== null;
  if (src === null && !written) return null;
  if (src === null && text === '') return say('The lesson is missing: it stands in the tag, or “src” names its file.');
  const read = src === null ? { text } : await (await import('./source.js')).lessonAt(src);
  if ('reason' in read) return read.reason;
  const view = show?.size === 1 && show.has('exercise') ? 'exercise' : 'program';
  return { lab: 'own', state: { lab: 'own', text: read.text, view, step, block: null }, show };
}

/** A step that is named by the tag, the last when it says so. */
export function stepOf(tag: Element): number | undefined | string {
  const step = tag.getAttribute('step');
  if (step === 'last') return Infinity;
  return step === null ? undefined : numberOf(tag, 'step', 0);
}

async function ofLink(link: string, show: Show, step: number | undefined): Promise<Settings | string> {
  const hash = link.slice(Math.max(0, link.indexOf('#')));
  const reading = await read(hash);
  if (reading.kind === 'broken') return say('The link in “state” cannot be opened: {0}.', reading.reason);
  if (reading.kind === 'page') return say('The link in “state” leads to a page to read, not to a lesson or a lab.');
  if (reading.kind === 'lab') return { lab: reading.lab, state: null, show };
  const { state } = reading;
  if (state.lab === 'own' && state.view === 'write') state.view = 'program';
  if (step !== undefined && state.lab !== 'alignment') state.step = step;
  return { lab: state.lab, state, show };
}

function ofLab(tag: Element, lab: LabName, text: string, arena: number, step = Infinity): PageState | string {
  switch (lab) {
    case 'race': {
      const allocators = (tag.getAttribute('allocators') ?? 'free-list,buddy,tlsf').split(/[\s,]+/).filter(Boolean);
      return { lab, text, allocators, arena, step, block: null };
    }
    case 'pool': {
      const blockBytes = numberOf(tag, 'block-bytes', 32);
      const capacity = numberOf(tag, 'capacity', 16);
      if (typeof blockBytes === 'string') return blockBytes;
      if (typeof capacity === 'string') return capacity;
      return { lab, text, blockBytes, capacity, step, block: null };
    }
    case 'alignment':
      return { lab, text, abi: tag.getAttribute('abi') ?? 'x86_64', record: null };
    default:
      return { lab: 'heap', text, allocator: tag.getAttribute('allocator') ?? 'free-list', arena, step, block: null };
  }
}

function numberOf(tag: Element, name: string, otherwise: number): number | string {
  const text = tag.getAttribute(name);
  if (text === null) return otherwise;
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Infinity;
  return value <= 0xffff_ffff ? value : say('“{0}” is a whole number up to 4294967295, not “{1}”.', name, text);
}

/** The text between the ends of a tag, without the indentation that all of its lines share. */
export function textOf(tag: Element): string {
  const script = tag.querySelector('script[type^="text/"]');
  const lines = ((script ?? tag).textContent ?? '').replaceAll('\r\n', '\n').split('\n');
  while (lines.length > 0 && lines[0]!.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  if (lines.length === 0) return '';
  const indentation = Math.min(...lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)![0].length));
  return `${lines.map((line) => line.slice(indentation)).join('\n')}\n`;
}
