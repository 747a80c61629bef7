/** What this browser keeps for the reader, by name. One origin may hold several deployments: each has its own. */
type Kept = 'theme' | 'language' | 'letters' | 'progress' | 'progress-unread';

const folder = new URL('.', document.baseURI).pathname;

export function keyOf(name: Kept | 'moved'): string {
  return `heapyard:${folder}:${name}`;
}

/**
 * Takes over what was kept when names did not say for which folder. It is copied, and once only: another folder of this
 * origin may go on with it, and what the reader clears here is not to come back.
 */
export function takeOver(): void {
  try {
    if (localStorage.getItem(keyOf('moved')) !== null) return;
    for (const name of ['theme', 'progress', 'progress-unread'] as Kept[]) {
      const old = localStorage.getItem(`heapyard-${name}`);
      if (old === null) continue;
      localStorage.setItem(keyOf(name), localStorage.getItem(keyOf(name)) ?? old);
      localStorage.setItem(keyOf('moved'), 'yes');
    }
  } catch {
    // Without storage there is nothing to take over.
  }
}
