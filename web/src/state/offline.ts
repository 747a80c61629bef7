/** How far the page is kept in this browser, for when there is no network; what cannot be is left out silently. */
export type Keeping = 'none' | 'fetching' | 'kept' | 'no room' | 'refused';

/** Whether Heapyard works offline, and whether another version than this page's is there. Sends `change`. */
class Offline extends EventTarget {
  keeping: Keeping = 'none';
  isReplaceable = false;

  tell(keeping: Keeping, isReplaceable: boolean): void {
    this.keeping = keeping;
    this.isReplaceable = isReplaceable;
    this.dispatchEvent(new Event('change'));
  }
}

export const offline = new Offline();
