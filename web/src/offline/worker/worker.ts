/**
 * The service worker: gives a page the files of its own version, with and without a network. A new version is fetched
 * beside the old one and waits until the reader asks for it, or until no page of the old one is open.
 */
import type { Asked, Failing, WorkerState } from '../names.js';
import { drop, fill, find, isOwn, isPage, isWhole, keyOf, tidy, version } from './files.js';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(install()));

// Pages that were there before are answered from now on: each finds the files of its own version, or none.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim().then(tidy)));

async function install(): Promise<void> {
  try {
    await fill();
  } catch (error) {
    const failing: Failing = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'room' : 'files';
    // Without room, what was kept is only in the way. Otherwise the next visit goes on from there.
    if (failing === 'room') await drop();
    for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
      page.postMessage(failing);
    }
    throw error;
  }
}

self.addEventListener('message', (event) => {
  const asked = event.data as Asked;
  if (asked === 'use') event.waitUntil(self.skipWaiting());
  if (asked === 'state') event.waitUntil(Promise.all([tell(event.ports[0]!), tidy()]));
});

async function tell(port: MessagePort): Promise<void> {
  const state: WorkerState = { version, whole: await isWhole() };
  port.postMessage(state);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' && request.method !== 'HEAD') return;
  if (!request.url.startsWith(self.registration.scope)) return;
  const isNavigation = request.mode === 'navigate';
  if (isNavigation && !isPage(request.url)) return; // another page, in a folder of this one
  const key = keyOf(request.url);
  event.respondWith(answer(request, key, (work) => event.waitUntil(work)));
  if (isNavigation) event.waitUntil(tidy());
});

async function answer(request: Request, key: string, meanwhile: (work: Promise<void>) => void): Promise<Response> {
  const kept = await find(key).catch(() => undefined);
  if (kept) return request.method === 'HEAD' ? new Response(null, { headers: kept.headers }) : kept;
  if (isOwn(key)) meanwhile(mend());
  return fetch(request);
}

let mending: Promise<void> | undefined;

/** Browsers may throw a cache away: it is filled again, where the host still has this version. */
function mend(): Promise<void> {
  mending ??= fill().catch(() => undefined);
  return mending;
}
