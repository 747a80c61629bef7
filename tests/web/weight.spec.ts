import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { dataAt, lessons as list } from './support/data.js';

// Bytes, gzip: page, modules and styles of the first view together.
const budget = 115_000;
const lessonBudget = 97_000; // without its text
const embedBudget = 97_000; // with its text

/**
 * What is fetched until these parts are there and nothing more comes, by path: bytes, gzip. What looks after the service
 * worker waits until the first view is there and is no part of it: it is kept away.
 */
async function weigh(page: Page, address: string, parts: string[]): Promise<Map<string, number>> {
  const weights = new Map<string, number>();
  page.on('response', (response) => {
    const name = new URL(response.url()).pathname.replace(dataAt, '');
    void response.body().then((body) => weights.set(name, gzipSync(body).length));
  });
  await page.route('**/chunks/register-*', (route) => route.abort());
  await page.goto(address);
  await expect.poll(() => parts.filter((part) => !weights.has(part)), { timeout: 20_000 }).toEqual([]);
  for (let known = 0; known !== weights.size;) {
    known = weights.size;
    await page.waitForTimeout(700);
  }
  return weights;
}

function keep(weights: Map<string, number>, allowed: number): void {
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
    const parts = ['/', '/main.js', '/page.css', `/${module}.js`, `/${module}.wasm`];
    keep(await weigh(page, `${baseURL ?? '/'}#/${lab}`, parts), budget);
  });
}

// All allocators at once, and the charts that follow.
test('The race weighs less than its budget, and its charts come behind it', async ({ page, baseURL }) => {
  const weights = await weigh(page, `${baseURL ?? '/'}#/race`, ['/main.js', '/races.wasm']);
  const charts = [...weights.keys()].filter((name) => /race-curves|uPlot/.test(name));
  expect(charts).toHaveLength(2);
  for (const name of charts) weights.delete(name);
  keep(weights, budget);
});

for (const { id } of list) {
  test(`To open the lesson ${id} weighs no more than the budget and its own text`, async ({ page, baseURL }) => {
    const parts = ['/main.js', `/lesson-${id}.wasm`, `/lessons/${id}.json`];
    const weights = await weigh(page, `${baseURL ?? '/'}#/lessons?l=${id}`, parts);
    keep(weights, lessonBudget + weights.get(`/lessons/${id}.json`)!);
  });
}

test('The start page needs no module', async ({ page, baseURL }) => {
  const weights = await weigh(page, baseURL ?? '/', ['/main.js', '/lessons/index.json']);
  keep(weights, 30_000);
  expect([...weights.keys()].filter((name) => name.endsWith('.wasm'))).toEqual([]);
});

// All of it: the tag's script, what the lesson says, and what plays it.
for (const { id } of list) {
  test(`The embedded lesson ${id} weighs less than its budget`, async ({ page, baseURL }) => {
    const parts = ['/frame.js', `/lesson-${id}.wasm`, `/lessons/${id}.json`];
    const weights = await weigh(page, `${baseURL ?? '/'}embed.html?lesson=${id}&show=heap,code`, parts);
    keep(weights, embedBudget);
  });
}
