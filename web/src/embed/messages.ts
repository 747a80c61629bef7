import { isTheme } from '../state/theme-name.js';
import type { Told } from './told.js';

/**
 * What a frame and the page around it say to each other, version 1: docs/embedding.md. A version that is not known is
 * not listened to; fields that are not known are passed over.
 */
export const VERSION = 1;

/** What the frame says beside what a tag tells, too. */
export type Said =
  | Told
  | { type: 'hello' }
  | { type: 'height'; height: number } // of CSS pixels, with which nothing inside has to scroll that need not
  | { type: 'theme'; theme: 'light' | 'dark' };

/** What the page around says. */
export type Heard =
  | { type: 'hello'; id?: string } // the id comes back in all that the frame says
  | { type: 'step'; step: number }
  | { type: 'theme'; theme: 'auto' | 'light' | 'dark' };

/** A message of ours, with no more trust in it than that it is one. */
export function parse(data: unknown): (Record<string, unknown> & { type: string }) | null {
  if (typeof data !== 'object' || data === null) return null;
  const { heapyard, type } = data as Record<string, unknown>;
  return heapyard === VERSION && typeof type === 'string' ? (data as Record<string, unknown> & { type: string }) : null;
}

/** What a page may say to a frame; null for anything else. */
export function parseHeard(data: unknown): Heard | null {
  const message = parse(data);
  switch (message?.type) {
    case 'hello': {
      const { id } = message;
      return typeof id === 'string' && id.length <= 200 ? { type: 'hello', id } : { type: 'hello' };
    }
    case 'step': {
      const { step } = message;
      return typeof step === 'number' && step >= 0 ? { type: 'step', step: Math.floor(step) } : null;
    }
    case 'theme': {
      const { theme } = message;
      return isTheme(theme) ? { type: 'theme', theme } : null;
    }
    default:
      return null;
  }
}
