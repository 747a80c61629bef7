import { defineElements } from '../parts/define.js';
import { offline } from '../state/offline.js';
import { follow } from './keeper.js';
import { holdVersion, versionOfPage } from './hold.js';
import { UpdateNotice } from './update-notice.js';

let begun = false;

/** Has the page kept by its service worker, where the browser and the host let us; elsewhere it works without. */
export async function register(): Promise<void> {
  if (begun) return;
  begun = true;
  if (window.requestIdleCallback) await new Promise<unknown>((resolve) => window.requestIdleCallback(resolve));
  const version = versionOfPage();
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
