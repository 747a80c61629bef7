/** What a page can say to a frame of Heapyard. */
export type Heard = { type: 'step'; step: number } | { type: 'theme'; theme: 'auto' | 'light' | 'dark' };

/** Connects an `<iframe>` of `embed.html`: it gets the height it asks for, and sends the events of a `<heap-yard>`. */
export function connect(frame: HTMLIFrameElement): void;

/** Says something to a frame. */
export function say(frame: HTMLIFrameElement, heard: Heard): void;
