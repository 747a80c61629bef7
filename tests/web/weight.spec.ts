import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const budget = 120_000; // bytes, gzip: page, modules and styles of the first view together

for (const [lab, module] of [
  ['heap', 'heapyard'],
  ['pool', 'heapyard'],
  ['alignment', 'structs'],
]) {
  test(`The first view weighs less than its budget, of the ${lab} lab`, async ({ page, baseURL }) => {
    const weights = new Map<string, number>();
    const reading: Promise<void>[] = [];
    page.on('response', (response) => {
      reading.push(
        response.body().then((body) => {
          weights.set(new URL(response.url()).pathname, gzipSync(body).length);
        }),
      );
    });
    await page.goto(`${baseURL ?? '/'}#/${lab}`, { waitUntil: 'networkidle' });
    await Promise.all(reading);

    for (const part of ['/', '/main.js', '/page.css', `/${module}.js`, `/${module}.wasm`]) {
      expect([...weights.keys()], 'the first view fetches its parts').toContain(part);
    }
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    const list = [...weights].map(([name, weight]) => `${String(weight).padStart(7)}  ${name}`).join('\n');
    console.log(`${list}\n${String(total).padStart(7)}  of ${budget} bytes, gzip`);
    expect(total, list).toBeLessThanOrEqual(budget);
  });
}
