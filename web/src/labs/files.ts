import type { LabModel } from '../app/labs.js';
import { say } from '../words/say.js';

const MOST_BYTES = 256 * 1024 * 1024;

/** The text of a file that the reader opened or dropped, or a sentence about why it has none. */
export async function readTextFile(file: File): Promise<{ text: string } | { reason: string }> {
  const expected = say('Heapyard reads allocation scripts, malloc-lab .rep traces and lessons in Markdown.');
  if (file.size > MOST_BYTES) return { reason: say('{0} is larger than 256 MiB. {1}', file.name, expected) };
  if (file.size === 0) return { reason: say('{0} is empty. {1}', file.name, expected) };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.subarray(0, 4096).includes(0)) return { reason: say('{0} is not text. {1}', file.name, expected) };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n') };
  } catch {
    return { reason: say('{0} could not be read as text. {1}', file.name, expected) };
  }
}

/** Saves what a lab shows as SVG; what does that is fetched for the first one. A sentence when it did not work. */
export async function savePicture(model: LabModel): Promise<string> {
  try {
    const { pictureOf, saveSvg } = await import('../share/drawing.js');
    await saveSvg(pictureOf(model)!);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
