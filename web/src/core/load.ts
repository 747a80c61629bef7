import { carriedJson, carriedModule } from './carried.js';
import { dataAt } from './home.js';
import { language, say } from '../words/say.js';
import type {
  ExercisesModule,
  HeapyardModule,
  LessonsModule,
  LoadModule,
  MeasuresModule,
  PicturesModule,
  RaceTimesModule,
  RacesModule,
  SpeakingModule,
  StructsModule,
} from './module.js';

/** Whether this is the script of an exported file, which has in itself what the page fetches: the build says so. */
declare const HEAPYARD_CARRIES: boolean;

/** The one place that imports WebAssembly modules. */
export const heapyard = once<HeapyardModule>('heapyard.js');
/** The same with every allocator there is. */
export const allocators = once<HeapyardModule>('allocators.js');
const lessons = new Map<string, () => Promise<LessonsModule>>();
/** The module that plays a lesson. */
export function lesson(id: string): Promise<LessonsModule> {
  const loading = lessons.get(id) ?? once<LessonsModule>(`lesson-${id}.js`);
  lessons.set(id, loading);
  return loading();
}
export const races = once<RacesModule>('races.js');
export const raceTimes = once<RaceTimesModule>('race-times.js');
export const structs = once<StructsModule>('structs.js');
export const pictures = once<PicturesModule>('pictures.js');
export const exercises = once<ExercisesModule>('exercises.js');
export const measures = once<MeasuresModule>('measures.js');

function once<Module>(file: string): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () => (loading ??= start<Module>(file));
}

async function start<Module>(file: string): Promise<Module> {
  if (typeof WebAssembly !== 'object') {
    throw new Error(
      say('This browser has no WebAssembly, or it is switched off. Heapyard runs its C++ as WebAssembly.'),
    );
  }
  const [module, words] = await Promise.all([
    HEAPYARD_CARRIES ? carriedModule<Module>(file) : fetchModule<Module>(file),
    language() === 'en' ? '' : wordsOf(file).catch(() => ''),
  ]);
  if (words) (module as Partial<SpeakingModule>).setWords?.(words);
  return module;
}

async function fetchModule<Module>(file: string): Promise<Module> {
  const module = (await import(dataAt(file))) as { default: LoadModule<Module> };
  return module.default({ locateFile: dataAt });
}

/** What a module says, in the reader's language. Without it that is said in English. */
const wordsOf = (file: string) => fetchJson<string>(`words/${language()}.${file.replace(/\.js$/, '.json')}`);

/** A file of data that the build made. */
export async function fetchJson<Data>(file: string): Promise<Data> {
  if (HEAPYARD_CARRIES) return carriedJson<Data>(file);
  const response = await fetch(dataAt(file));
  if (!response.ok) throw new Error(say('{0} cannot be fetched: {1} {2}', file, response.status, response.statusText));
  return (await response.json()) as Data;
}
