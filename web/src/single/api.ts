/** What a learning platform offers a unit of SCORM 1.2. All are strings; "true" and "false" say whether it did it. */
export interface Api {
  LMSInitialize(nothing: ''): string;
  LMSGetValue(name: string): string;
  LMSSetValue(name: string, value: string): string;
  LMSCommit(nothing: ''): string;
  LMSFinish(nothing: ''): string;
}

const MOST_WINDOWS = 50; // around one: a cycle of openers has no end

/** Looks for it as the standard says: in the windows around this one, then in those around the one that opened it. */
export function findApi(): Api | null {
  return inWindows(window.parent) ?? (window.top?.opener ? inWindows(window.top.opener as Window) : null) ?? opened();
}

function opened(): Api | null {
  return window.opener ? inWindows(window.opener as Window) : null;
}

function inWindows(from: Window): Api | null {
  let place = from;
  for (let windows = 0; windows < MOST_WINDOWS; ++windows) {
    try {
      const api = (place as Window & { API?: Api }).API;
      if (api && typeof api.LMSInitialize === 'function') return api;
    } catch {
      // A window of another origin tells nothing; one around it may be of ours again.
    }
    if (place.parent === place) return null;
    place = place.parent;
  }
  return null;
}
