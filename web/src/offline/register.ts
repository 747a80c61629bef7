import { defineElements } from '../parts/define.js';
import { offline } from '../state/offline.js';
import { follow } from './keeper.js';
import { nameOf } from './names.js';
import { UpdateNotice } from './update-notice.js';

/** Has the page kept by its service worker, where the browser and the host let us; elsewhere it works without. */
export async function register(): Promise<void> {
  const version = document.querySelector<HTMLMetaElement>('meta[name="heapyard-version"]')?.content;
  if (!version) return; // not as the build made it
  try {
    // Reading it throws in a frame without an origin; it is undefined where the address is neither https nor local.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    const registration = await workers?.register(new URL('service-worker.js', document.baseURI));
    if (!workers || !registration) return;
    holdVersion(version);
    defineElements({ 'heapyard-update': UpdateNotice });
    follow(workers, registration, version);
  } catch {
    offline.tell('refused', false);
  }
}

/** As long as this page is open, the files of its version stay kept. */
function holdVersion(version: string): void {
  const name = nameOf(new URL('.', document.baseURI).pathname, version);
  // A page that is put aside lets go, or the browser would not keep it for the way back.
  const hold = () =>
    new Promise<void>((resolve) => window.addEventListener('pagehide', () => resolve(), { once: true }));
  const request = () => void navigator.locks?.request(name, { mode: 'shared' }, hold).catch(() => undefined);
  window.addEventListener('pageshow', ({ persisted }) => persisted && request());
  request();
}
