import { defineElements } from '../parts/define.js';
import { offline } from '../state/offline.js';
import { follow } from './keeper.js';
import { nameOf } from './names.js';
import { UpdateNotice } from './update-notice.js';

let begun = false;

/** Has the page kept by its service worker, where the browser and the host let us; elsewhere it works without. */
export async function register(): Promise<void> {
  if (begun) return;
  begun = true;
  if (window.requestIdleCallback) await new Promise<unknown>((resolve) => window.requestIdleCallback(resolve));
  const version = document.querySelector<HTMLMetaElement>('meta[name="heapyard-version"]')?.content;
  if (!version) return; // not as the build made it
  try {
    // Reading it throws in a frame without an origin; it is undefined where the address is neither https nor local.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    const registration = await workers?.register(new URL('service-worker.js', document.baseURI));
    if (!workers || !registration) return;
    await holdVersion(version);
    defineElements({ 'heapyard-update': UpdateNotice });
    follow(workers, registration, version);
  } catch {
    offline.tell('refused', false);
  }
}

/** As long as this page is open, the files of its version stay kept: it holds a lock of that name. */
async function holdVersion(version: string): Promise<void> {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  if (!locks) return;
  const name = nameOf(new URL('.', document.baseURI).pathname, version);
  const request = () =>
    new Promise<void>((granted) => {
      const hold = () => {
        granted();
        // A page that is put aside lets go, or the browser would not keep it for the way back.
        return new Promise<void>((resolve) => window.addEventListener('pagehide', () => resolve(), { once: true }));
      };
      locks.request(name, { mode: 'shared' }, hold).catch(() => granted());
    });
  window.addEventListener('pageshow', ({ persisted }) => persisted && request());
  await request();
}
