import { outermost } from '../parts/around.js';

/** Whether script and block are sheets: the width at which styles/machine.ts turns them into such. */
export function narrow(element: Element): boolean {
  return outermost(element).clientWidth <= 760;
}

/** Resolves when what was rendered stands on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => window.setTimeout(resolve, 0)));
}
