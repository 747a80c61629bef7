import type { LabModel } from '../app/labs.js';
import { pictures } from '../core/load.js';
import type { PicturesModule } from '../core/module.js';
import type { Session } from '../state/session.js';
import { isDark } from '../state/theme.js';
import { say } from '../words/say.js';
import { save } from './save.js';

/** A picture that can be drawn of what is shown, by the C++ that draws it in the terminal. */
export interface Picture {
  name: string; // of a file, without its kind
  draw(module: PicturesModule): string;
}

/** Null where there is none to be had: of lessons, of races, of pages to read. */
export function pictureOf(model: LabModel): Picture | null {
  const state = model.state();
  if (state?.lab === 'alignment') {
    return { name: 'heapyard-struct', draw: (module) => module.structPicture(state.text, state.abi) };
  }
  if (state?.lab !== 'heap' && state?.lab !== 'pool') return null;
  const { run, number } = model as unknown as Session;
  if (!run) return null;
  return {
    name: `heapyard-step-${number}`,
    draw: (module) => module.heapPicture(run.text, run.lab.allocator(), run.arenaBytes, number),
  };
}

/** Saves a picture that follows its reader's theme. Throws a sentence, as the next does. */
export async function saveSvg(picture: Picture): Promise<[name: string, bytes: number]> {
  const name = `${picture.name}.svg`;
  return [name, save(name, 'image/svg+xml', await drawn(picture))];
}

const FINE = 2; // pixels of the file for one of the drawing
const LONGEST = 16_384; // pixels: browsers have no longer canvas

/** Saves a picture as pixels, light or dark as the page is. */
export async function savePng(picture: Picture): Promise<[name: string, bytes: number]> {
  const dark = isDark(document.documentElement) ? 'all' : 'not all';
  const svg = (await drawn(picture)).replace('(prefers-color-scheme: dark)', dark);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const fine = Math.min(FINE, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(image.naturalWidth * fine);
    canvas.height = Math.floor(image.naturalHeight * fine);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error('no memory');
    const name = `${picture.name}.png`;
    return [name, save(name, 'image/png', png)];
  } catch {
    throw new Error(say('This browser cannot make pixels of the picture. Save it as SVG instead.'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The module that draws is fetched for the first one. */
async function drawn(picture: Picture): Promise<string> {
  let module: PicturesModule;
  try {
    module = await pictures();
  } catch {
    throw new Error(say('The part that draws pictures could not be fetched: is this computer still online?'));
  }
  let svg = '';
  try {
    svg = picture.draw(module);
  } catch {
    // The module ends where memory ends.
  }
  if (svg === '') throw new Error(say('There is no memory to draw the picture in.'));
  return svg;
}
