import type { HeapObject } from '../core/module.js';

export interface Arrow {
  path: string;
  stale: boolean; // it points to what was released
}

const ROW = 15; // where an arrow meets a part, below its upper edge
const CHARACTER = 40; // no part is as narrow

/**
 * Arrows of a scene that is drawn, from every pointer (`data-target`) to the object, or the part of one, that begins
 * where it points to (`data-place`), else to the character of a text that lies there.
 */
export function measureArrows(scene: Element, objects: HeapObject[]): Arrow[] {
  const origin = scene.getBoundingClientRect();
  const places = new Map<number, DOMRect>();
  for (const each of scene.querySelectorAll<HTMLElement>('[data-place]')) {
    places.set(Number(each.dataset['place']), each.getBoundingClientRect());
  }
  const arrows: Arrow[] = [];
  for (const each of scene.querySelectorAll<HTMLElement>('[data-target]')) {
    const target = Number(each.dataset['target']);
    const to = places.get(target) ?? placeWithin(scene, objects, target, places);
    if (to) arrows.push({ path: pathBetween(each.getBoundingClientRect(), to, origin), stale: each.matches('.stale') });
  }
  return arrows;
}

function pathBetween(from: DOMRect, to: DOMRect, origin: DOMRect): string {
  const [x, y] = [from.right - origin.left - 6, from.top + Math.min(from.height / 2, ROW) - origin.top];
  if (to.width < CHARACTER) {
    // From below, so that it does not run over the words before it.
    const [toX, toY] = [to.left + to.width / 2 - origin.left, to.bottom - origin.top];
    return `M${x} ${y} C${x + 40} ${y} ${toX} ${toY + 48} ${toX} ${toY}`;
  }
  const toY = to.top + Math.min(to.height / 2, ROW) - origin.top;
  // Within the heap it runs around on the right, so that it crosses no words.
  const inHeap = from.left >= origin.left + origin.width / 2;
  const toX = (inHeap ? to.right + 3 : to.left - 3) - origin.left;
  const bend = inHeap ? 34 : Math.max(24, (toX - x) / 2);
  return `M${x} ${y} C${x + bend} ${y} ${toX + (inHeap ? bend : -bend)} ${toY} ${toX} ${toY}`;
}

/** Where in an object a place is at which no part of it begins: at a character of its text, or at its beginning. */
function placeWithin(
  scene: Element,
  objects: HeapObject[],
  target: number,
  places: Map<number, DOMRect>,
): DOMRect | undefined {
  const object = objects.find(({ payload, size }) => target >= payload && target < payload + size);
  if (!object) return;
  const place = places.get(object.payload);
  const value = scene.querySelector(`[data-place='${object.payload}'] .value`);
  const text = [...(value?.childNodes ?? [])].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent);
  const characters = text?.textContent?.startsWith('"') ? text.textContent.match(/\\x..|\\.|./g)! : [];
  const [at, length] = [target - object.payload + 1, characters.length - 1]; // behind a quote, and before one
  if (!place || at >= length) return place;
  const from = characters.slice(0, at).join('').length;
  const character = document.createRange();
  character.setStart(text!, from);
  character.setEnd(text!, from + characters[at]!.length);
  return character.getBoundingClientRect();
}
