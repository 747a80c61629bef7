import { strToU8, zipSync } from 'fflate';
import type { LessonState } from '../state/address.js';
import type { Exported } from './exported.js';
import { MASTERY, manifest } from './manifest.js';
import { singleFile, type Progressed } from './single-file.js';

/** A lesson, or its exercise alone, as a package that learning platforms take: SCORM 1.2. Throws a sentence. */
export async function scormPackage(
  exported: Exported & { state: LessonState },
  name: string,
  progressed: Progressed,
): Promise<Uint8Array> {
  const unit = exported.state.view === 'exercise' ? 'exercise' : 'lesson';
  const state: LessonState = { ...exported.state, view: unit === 'exercise' ? 'exercise' : 'program', block: null };
  const html = await singleFile({ ...exported, state, unit }, progressed);
  return zipSync({
    'imsmanifest.xml': strToU8(manifest(name, exported.title, MASTERY[unit])),
    'index.html': strToU8(html),
  });
}
