type Measure = () => (() => void) | undefined;

const waiting = new Map<object, Measure>();
let frame = 0;

/**
 * Measures what is drawn by then, at the next frame, and writes what follows from it. All that wait measure before the
 * first of them writes, so that a step is laid out once. Of those with one `key`, the last stands.
 */
export function onceDrawn(key: object, measure: Measure): void {
  waiting.set(key, measure);
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    const all = [...waiting.values()];
    waiting.clear();
    for (const write of all.map((each) => each())) write?.();
  });
}
