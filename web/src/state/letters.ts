import { keyOf } from './storage.js';

/**
 * Whether single letters and digits are keys of the page. Who speaks to the computer, or whose keys are easily touched,
 * switches them off; arrows, space and their like go on.
 */
let off: boolean | undefined;

export function lettersAreKeys(): boolean {
  if (off === undefined) {
    try {
      off = localStorage.getItem(keyOf('letters')) === 'off';
    } catch {
      off = false; // nothing is kept here
    }
  }
  return !off;
}

export function setLetters(on: boolean): void {
  off = !on;
  try {
    if (on) localStorage.removeItem(keyOf('letters'));
    else localStorage.setItem(keyOf('letters'), 'off');
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
