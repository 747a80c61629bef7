// For a page with frames of Heapyard in it: each gets the height that it asks for, and what it tells becomes events of
// the <iframe>, the same that a <heap-yard> sends.
import { VERSION, parse, type Heard } from './messages.js';

/** Frames that were connected, each with the id by which it is known. */
const connected = new WeakMap<HTMLIFrameElement, string>();
let number = 0;

/** Says something to a frame, as `{ type: 'step', step: 4 }` or `{ type: 'theme', theme: 'dark' }`. */
export function say(frame: HTMLIFrameElement, heard: Heard): void {
  // A sandboxed frame has no origin that could be named, and nothing that is said here is a secret.
  frame.contentWindow?.postMessage({ heapyard: VERSION, ...heard }, '*');
}

/** Connects a frame. Effects: it has the height it asks for, and sends `heapyard-*`. Twice does no more than once. */
export function connect(frame: HTMLIFrameElement): void {
  if (connected.has(frame)) return;
  connected.set(frame, `frame-${++number}`);
  window.addEventListener('message', ({ source, data }: MessageEvent) => {
    const said = parse(data);
    if (!said || source === null || source !== frame.contentWindow) return;
    const id = connected.get(frame)!;
    if (said.type === 'hello') return say(frame, { type: 'hello', id });
    if (said['id'] !== id) return;
    const { height } = said;
    if (said.type === 'height' && typeof height === 'number' && height > 0) {
      frame.style.height = `${Math.min(Math.ceil(height), 2000)}px`;
    }
    frame.dispatchEvent(new CustomEvent(`heapyard-${said.type}`, { detail: said, bubbles: true }));
  });
  say(frame, { type: 'hello', id: connected.get(frame)! }); // it may have been there before
}

for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-heapyard]')) connect(frame);
