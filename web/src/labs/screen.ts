/** Whether script and block are sheets: the width at which styles/machine.ts turns them into such. */
export function narrow(): boolean {
  return window.matchMedia('(max-width: 760px)').matches;
}

/** Resolves when what was rendered stands on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => window.setTimeout(resolve, 0)));
}
