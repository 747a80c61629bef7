import { isNameOf, nameOf } from '../names.js';

declare const self: ServiceWorkerGlobalScope;
declare const HEAPYARD_VERSION: string;
declare const HEAPYARD_FILES: [file: string, hash: string][]; // addresses from the folder of the worker

/** What a host may say of how it sent a file is not true of the file itself. */
const OF_THE_WAY = ['content-encoding', 'content-length', 'transfer-encoding', 'vary', 'accept-ranges'];

const scope = new URL(self.registration.scope);
const addressOf = (file: string) => new URL(file, scope).href;

export const version = HEAPYARD_VERSION;
const own = nameOf(scope.pathname, version);
/** The files of this version, by address, with their hashes. */
const files = new Map(HEAPYARD_FILES.map(([file, hash]) => [addressOf(file), hash]));
const byPath = new Map([...files.keys()].map((address) => [new URL(address).pathname, address]));
byPath.set(new URL('index.html', scope).pathname, addressOf('./'));
/** Kept last: a cache that has this list has all that stands in it. */
const LIST = addressOf('service-worker.js?files');

/**
 * The address under which a file would be kept. What changes with the version has another address in each, by its name
 * or by `v`, so that a page can only come to what is of its own version; any other query changes nothing.
 */
export function keyOf(address: string): string {
  const url = new URL(address);
  url.hash = '';
  if (files.has(url.href) || url.searchParams.has('v')) return url.href;
  return byPath.get(url.pathname) ?? url.href;
}

/** Whether a file of this address belongs to this version. */
export const isOwn = (key: string): boolean => files.has(key);

/** Pages of Heapyard: addresses without a version that are documents. */
export function isPage(address: string): boolean {
  const key = keyOf(address);
  return key === addressOf('./') || (files.has(key) && new URL(key).pathname.endsWith('.html'));
}

/** What is kept under a key, first of this version; a page of another may still be open and lacks the rest of it. */
export async function find(key: string): Promise<Response | undefined> {
  // Not by open(), which would make a cache that is gone.
  let found = await caches.match(key, { cacheName: own });
  if (found) return found;
  for (const name of await others()) found ??= await caches.match(key, { cacheName: name });
  return found;
}

export async function isWhole(): Promise<boolean> {
  return (await caches.match(LIST, { cacheName: own })) !== undefined;
}

/** Keeps all files of this version; those that another version had too are not fetched again. */
export async function fill(): Promise<void> {
  const cache = await caches.open(own);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const known = await knownElsewhere();
  const missing = [...files].filter(([address]) => !there.has(address));
  const some = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) await keep(cache, ...next, known);
  };
  await Promise.all([some(), some()]); // two at a time: the page may be fetching something, too
  await cache.put(LIST, new Response(JSON.stringify([...files])));
  const kept = await (await caches.open(own)).keys();
  if (kept.length <= files.size) throw new Error('some files were lost while others were fetched');
}

async function keep(cache: Cache, address: string, hash: string, known: Map<string, Response>): Promise<void> {
  const same = known.get(hash);
  if (same) return cache.put(address, same.clone());
  // What the page has just fetched lies in the browser's own cache; what is stale there is fetched again.
  for (const mode of ['default', 'reload'] as const) {
    const response = await fetch(address, { cache: mode, priority: 'low' } as RequestInit);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    if ((await hashOf(bytes)) !== hash) continue;
    const headers = new Headers(response.headers);
    for (const name of OF_THE_WAY) headers.delete(name);
    return cache.put(address, new Response(bytes, { headers }));
  }
  throw new Error(`${address} is of another version`);
}

async function knownElsewhere(): Promise<Map<string, Response>> {
  const known = new Map<string, Response>();
  for (const name of await others()) {
    const list = await caches.match(LIST, { cacheName: name });
    if (!list) continue;
    for (const [address, hash] of (await list.json()) as [string, string][]) {
      const response = known.has(hash) ? undefined : await caches.match(address, { cacheName: name });
      if (response) known.set(hash, response);
    }
  }
  return known;
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.slice(0, HEAPYARD_FILES[0]![1].length);
}

/** The caches of this deployment's other versions. */
async function others(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name !== own && isNameOf(scope.pathname, name));
}

/** Gives up what a failed attempt has kept. */
export async function drop(): Promise<void> {
  await caches.delete(own);
}

/** Deletes the versions that no page needs any more. */
export async function tidy(): Promise<void> {
  const names = await others();
  // One that is being fetched or waits is nobody's yet.
  if (names.length === 0 || self.registration.installing || self.registration.waiting) return;
  const held = (await navigator.locks?.query())?.held ?? [];
  const ofPages = held.filter(({ name }) => isNameOf(scope.pathname, name ?? ''));
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Each holds one. One that does not has only begun, or cannot say of which version it is.
  if (pages.filter(({ url }) => isPage(url)).length > ofPages.length) return;
  for (const name of names) if (!ofPages.some((lock) => lock.name === name)) await caches.delete(name);
}
