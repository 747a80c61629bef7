import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';

const budget = 120_000; // bytes, gzip: page, modules and styles of the first view together
const root = fileURLToPath(new URL('../..', import.meta.url));
const list = JSON.parse(readFileSync(path.join(root, 'dist/lessons/index.json'), 'utf8')) as { id: string }[];

/** What is fetched until nothing more comes, by path: bytes, gzip. */
async function weigh(page: Page, address: string): Promise<Map<string, number>> {
  const weights = new Map<string, number>();
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    reading.push(
      response.body().then((body) => {
        weights.set(new URL(response.url()).pathname, gzipSync(body).length);
      }),
    );
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await Promise.all(reading);
  return weights;
}

function keep(weights: Map<string, number>, parts: string[], allowed: number): void {
  for (const part of parts) expect([...weights.keys()], 'the first view fetches its parts').toContain(part);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const each = [...weights].map(([name, weight]) => `${String(weight).padStart(7)}  ${name}`).join('\n');
  console.log(`${each}\n${String(total).padStart(7)}  of ${allowed} bytes, gzip`);
  expect(total, each).toBeLessThanOrEqual(allowed);
}

for (const [lab, module] of [
  ['heap', 'heapyard'],
  ['pool', 'heapyard'],
  ['alignment', 'structs'],
]) {
  test(`The first view weighs less than its budget, of the ${lab} lab`, async ({ page, baseURL }) => {
    const weights = await weigh(page, `${baseURL ?? '/'}#/${lab}`);
    keep(weights, ['/', '/main.js', '/page.css', `/${module}.js`, `/${module}.wasm`], budget);
  });
}

for (const { id } of list) {
  test(`To open the lesson ${id} weighs no more than the budget and its own text`, async ({ page, baseURL }) => {
    const weights = await weigh(page, `${baseURL ?? '/'}#/lessons?l=${id}`);
    const text = weights.get(`/lessons/${id}.json`) ?? 0;
    keep(weights, ['/main.js', `/lesson-${id}.wasm`, `/lessons/${id}.json`], budget + text);
  });
}

test('The start page needs no module', async ({ page, baseURL }) => {
  const weights = await weigh(page, baseURL ?? '/');
  keep(weights, ['/main.js', '/lessons/index.json'], 30_000);
  expect([...weights.keys()].filter((name) => name.endsWith('.wasm'))).toEqual([]);
});
