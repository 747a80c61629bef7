// The page that an <iframe> shows: one <heap-yard> that fills it, with the attributes that the address names.
import { setHome } from '../core/home.js';
import { defineElements } from '../parts/define.js';
import { holdVersion, versionOfPage } from '../offline/hold.js';
import { firstOf } from '../state/language.js';
import { HeapYard } from './heap-yard.js';
import { VERSION, parseHeard, type Said } from './messages.js';
import { ASKING } from './settings.js';
import { TOLD, type Told } from './told.js';

declare const HEAPYARD_FILES_AT: string;
setHome(import.meta.url, 'frame', HEAPYARD_FILES_AT);
const version = versionOfPage();
if (version) void holdVersion(version);
const yard = document.querySelector<HeapYard>('heap-yard')!;
const asked = new URLSearchParams(location.search);
for (const name of [...ASKING, 'step', 'theme', 'language']) {
  const value = asked.get(name);
  if (value !== null) yard.setAttribute(name, value);
}
document.documentElement.lang = firstOf(navigator.languages);
yard.textContent = asked.get('text') ?? '';
if (location.hash.startsWith('#/')) yard.setAttribute('state', location.hash);

/** The page around, once it has said hello: its window, and where messages to it go. */
let peer: { id: string | undefined; origin: string } | null = null;
const latest = new Map<string, Said>(); // what is told to a page that says hello late

function say(said: Said): void {
  if (said.type !== 'hello') latest.set(said.type, said);
  if (peer) post(said, peer);
}

function post(said: Said, { id, origin }: NonNullable<typeof peer>): void {
  window.parent.postMessage({ heapyard: VERSION, ...(id === undefined ? {} : { id }), ...said }, origin);
}

function hear({ source, origin, data }: MessageEvent): void {
  if (source !== window.parent || source === window) return;
  const heard = parseHeard(data);
  if (heard?.type === 'hello') {
    // A page in a sandbox has no origin that could be named.
    peer = { id: heard.id, origin: origin === 'null' ? '*' : origin };
    for (const said of latest.values()) post(said, peer);
  } else if (peer && heard?.type === 'step') {
    yard.setAttribute('step', String(heard.step));
  } else if (peer && heard?.type === 'theme') {
    yard.setAttribute('theme', heard.theme);
  }
}

window.addEventListener('message', hear);
for (const type of TOLD) yard.addEventListener(`heapyard-${type}`, (event) => say((event as CustomEvent<Told>).detail));
yard.addEventListener('heapyard-drawn', () => {
  const said: Said[] = [
    { type: 'height', height: yard.wantedHeight },
    { type: 'theme', theme: yard.isDark ? 'dark' : 'light' },
  ];
  for (const each of said) if (JSON.stringify(latest.get(each.type)) !== JSON.stringify(each)) say(each);
});
defineElements({ 'heap-yard': HeapYard });
// Nothing in it but that somebody is here: who answers is who is told the rest.
if (window.parent !== window) window.parent.postMessage({ heapyard: VERSION, type: 'hello' }, '*');
