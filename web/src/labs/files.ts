import { pictures } from '../core/load.js';
import type { PicturesModule } from '../core/module.js';

const MOST_BYTES = 256 * 1024 * 1024;

/** The text of a file that the reader opened or dropped, or a sentence about why it has none. */
export async function readTextFile(file: File): Promise<{ text: string } | { reason: string }> {
  const expected = 'Heapyard reads allocation scripts, malloc-lab .rep traces and lessons in Markdown.';
  if (file.size > MOST_BYTES) return { reason: `${file.name} is larger than 256 MiB. ${expected}` };
  if (file.size === 0) return { reason: `${file.name} is empty. ${expected}` };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.subarray(0, 4096).includes(0)) return { reason: `${file.name} is not text. ${expected}` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n') };
  } catch {
    return { reason: `${file.name} could not be read as text. ${expected}` };
  }
}

/** Hands the reader a file. */
export function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Draws and saves an SVG; the module that draws is fetched for the first one. A sentence when that did not work. */
export async function savePicture(name: string, draw: (module: PicturesModule) => string): Promise<string> {
  let module: PicturesModule;
  try {
    module = await pictures();
  } catch {
    return 'The part that draws pictures could not be fetched: is this computer still online?';
  }
  try {
    const picture = draw(module);
    if (picture !== '') {
      save(name, 'image/svg+xml', picture);
      return '';
    }
  } catch {
    // The module ends where memory ends.
  }
  return 'There is no memory to draw the picture in.';
}
