import type { Page } from '@playwright/test';
import { LabPage, expect, test } from './support/page.js';

test('A lesson whose program cannot run can still be read [error][lesson]', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto('./#/lessons?l=memory-pools');
  await expect(page.getByRole('alert')).toContainText('no WebAssembly');
  await expect(page.locator('heapyard-lesson-code')).toContainText('class Pool');
  await expect(page.locator('heapyard-lesson-story')).toContainText('The pool asks the heap once');
  await expect(page.locator('heapyard-transport')).toHaveCount(0);
  // Another lesson too, and one that there is not does not show this one.
  await page.goto('./#/lessons?l=raw-pointers');
  await expect(page.locator('heapyard-lesson-code')).not.toContainText('class Pool');
  await page.goto('./#/lessons?l=nothing');
  await expect(page.getByRole('alert')).toContainText('There is no lesson “nothing”');
  await expect(page.locator('heapyard-lesson-story')).toHaveCount(0);
});

test('A lesson whose program did not come runs once it comes [error][lesson]', async ({ page }) => {
  await page.route('**/lesson-memory-pools.wasm', (route) => route.abort());
  await page.goto('./#/lessons?l=memory-pools&n=5');
  await expect(page.getByRole('alert')).toContainText('could not be fetched or started');
  await page.unroute('**/lesson-memory-pools.wasm');
  await page.reload();
  await new LabPage(page).expectStep(5);
});

const served = (page: Page, files: string, type: string) =>
  page.route(files, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': type } });
  });

test('A server that sends WebAssembly as plain text is enough [error]', async ({ page }) => {
  await served(page, '**/*.wasm', 'text/plain');
  const lab = new LabPage(page);
  await lab.run('a = malloc 8\n', { n: 1 });
  await expect(lab.block('a').first()).toBeVisible();
});

test('Where no script comes, the page says why after a while, and not before [error]', async ({ page }) => {
  await served(page, '**/*.js', 'text/plain');
  await page.goto('./');
  const late = page.getByText('Nothing yet? Reload');
  await expect(late).toBeHidden();
  await expect(late).toBeVisible({ timeout: 15_000 });
  await expect(late).toContainText('text/javascript');
});

test('Without storage everything works, as long as the page is open [error][storage]', async ({ lab, page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
    Object.defineProperty(window, 'sessionStorage', { get: refuse });
  });
  await lab.open('#/lessons?l=memory-pools&n=3');
  await lab.expectStep(3);
  await lab.open('#/');
  await expect(page.locator('heapyard-start')).toBeVisible();
  await page.getByLabel('Theme').selectOption('dark');
  await lab.open('#/lessons');
  await expect(page.locator('heapyard-map')).toContainText('Memory pools');
});

test('A link of a version that is not known says so [address][error]', async ({ lab, page }) => {
  await lab.run('a = malloc 8\n', { n: 1, version: 1 });
  await lab.expectStep(1);
  await page.goto('about:blank');
  await lab.open('#/heap?t=a%20%3D%20malloc%208&version=2');
  await expect(page.locator('.notice')).toContainText('a newer Heapyard made it');
});

test('A tour of all that there is asks nobody but its own server, and gives it nothing [privacy]', async ({
  lab,
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const asked: string[] = [];
  const base = new URL(test.info().project.use.baseURL!);
  page.on('request', (request) => {
    const url = new URL(request.url());
    const dated = /^(\?v=\w+)?$/.test(url.search); // a file of a version
    const given = request.method() !== 'GET' || request.postData() !== null || !dated;
    if (url.protocol !== 'blob:' && url.protocol !== 'data:' && (url.origin !== base.origin || given)) {
      asked.push(`${request.method()} ${request.url()}`);
    }
  });
  page.on('websocket', (socket) => asked.push(socket.url()));
  for (const hash of ['', 'lessons', 'words', 'glossary', 'heap', 'race', 'pool', 'alignment']) {
    await lab.open(`#/${hash}`);
    await page.waitForLoadState('networkidle');
  }
  await lab.open('#/lessons?l=memory-pools&n=5');
  await lab.expectStep(5);
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('heapyard-exercise .verdict')).not.toBeEmpty();
  await lab.run('a = malloc 8\nfree a\nfree a\n', { n: 3 });
  await page.keyboard.press('w');
  await page.keyboard.press('e');
  await page.keyboard.type('b = malloc 3');
  await page.waitForTimeout(600);
  expect(asked).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});
