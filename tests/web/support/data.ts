import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../../../scripts/lib/web.mjs';

const folder = dataFolder();

/** Where the page has its modules and lessons: a path from its own folder. */
export const dataAt = `${path.basename(folder)}/`;

/** The lessons, as the page lists them. */
export const lessons = JSON.parse(readFileSync(path.join(folder, 'lessons/index.json'), 'utf8')) as { id: string }[];
