import { nameOf } from './names.js';

/** The version of this page; nothing where it is not as the build made it. */
export function versionOfPage(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="heapyard-version"]')?.content || undefined;
}

/** As long as this page is open, the files of its version stay kept: it holds a lock of that name. */
export async function holdVersion(version: string): Promise<void> {
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
