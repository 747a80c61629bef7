import { say } from '../words/say.js';

/** The parts of a lab that somebody who embeds it can choose from. */
export const PARTS = ['code', 'heap', 'story', 'exercise'] as const;
export type Part = (typeof PARTS)[number];

/** What is shown of a lab; null: all, as on the page itself. */
export type Show = ReadonlySet<Part> | null;

export function shows(show: Show, part: Part): boolean {
  return show === null || show.has(part);
}

/** Names for the style sheet of the stage: what is not there gives its room to the others. */
export function without(show: Show): string {
  return PARTS.filter((part) => !shows(show, part))
    .map((part) => `no-${part}`)
    .join(' ');
}

/** What a list of names asks for, or a sentence about the first that is none. */
export function readShow(list: string | null): Show | string {
  const names = (list ?? '').split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) return null;
  const strange = names.find((name) => !PARTS.includes(name as Part));
  if (strange !== undefined) return say('“show” names “{0}”, but the parts are {1}.', strange, PARTS.join(', '));
  return new Set(names as Part[]);
}
