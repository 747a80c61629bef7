import { dataAt, lessons } from './support/data.js';
import { Host, test } from './support/deployments.js';
import { LabPage, expect, type Page } from './support/page.js';

// One after the other: each builds on a host and a browser of its own, and what they wait for is the disk.
test.describe.configure({ mode: 'default' });

const FIRST = '#/lessons?l=malloc-free';
const LIST = 'service-worker.js?files';

const title = (page: Page) => page.locator('.ways h2');
const offer = (page: Page) => page.getByText('A new version of Heapyard is here.');
const version = (page: Page) => page.locator('meta[name="heapyard-version"]').getAttribute('content');
const cachesOf = (page: Page) => page.evaluate(async () => (await caches.keys()).sort());

/** Opens the page and waits until its worker has kept all of it. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect.poll(() => page.evaluate(isKept, LIST), { timeout: 20_000 }).toBe(true);
}

async function isKept(list: string): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  const own = (await caches.keys()).filter((name) => name.startsWith(`heapyard:${location.pathname}:`));
  const lists = own.map((cacheName) => caches.match(new URL(list, location.href), { cacheName }));
  return registration?.active?.state === 'activated' && (await Promise.all(lists)).some(Boolean);
}

/** Looks for a new version now, as the browser does when a page is opened. */
const look = (page: Page) =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())!.update();
  });

test('After the first visit all of it works without a host: labs, lessons, words [offline]', async ({ lab, host }) => {
  const { page } = lab;
  host.deploy('/', 'built');
  await visit(page, host.address('/'));
  await expect(page.getByText('Works offline now.')).toBeVisible();
  await host.stop();
  await page.reload();
  await expect(page.getByText('Works offline now.')).toBeVisible();
  for (const { id } of lessons) {
    await lab.open(`#/lessons?l=${id}`);
  }
  for (const name of ['words', 'glossary', 'alignment', 'pool', 'race', 'heap']) await lab.open(`#/${name}`);
  await page.goto('./?from=mail#/lessons');
  await expect(page.getByRole('link', { name: 'malloc and free' })).toBeVisible();
  // What no view above fetched is there, too, whatever the question's form.
  const answers = await page.evaluate(async (list) => {
    const files = (await (await caches.match(new URL(list, location.href)))!.json()) as [string][];
    const status = async (name: string, init?: RequestInit) => (await fetch(name, init)).status;
    const wrong = [];
    for (const [address] of files) if ((await status(address)) !== 200) wrong.push(address);
    const length = async (init: RequestInit) => (await (await fetch('icon.svg?at=1', init)).text()).length > 0;
    return {
      count: files.length,
      wrong,
      head: await length({ method: 'HEAD' }),
      part: await length({ headers: { Range: 'bytes=0-9' } }),
    };
  }, LIST);
  expect(answers).toMatchObject({ wrong: [], head: false, part: true });
  expect(answers.count).toBeGreaterThan(90);
});

test('The first view does not wait for what is kept: it is fetched once that is there [offline]', async ({
  lab,
  host,
  context,
}) => {
  host.deploy('/', 'built');
  const fetched: string[] = [];
  context.on('request', (request) => {
    if (request.serviceWorker()) fetched.push(request.url());
  });
  await lab.open(FIRST);
  expect(fetched).toEqual([]);
  await visit(lab.page, host.address('/'));
});

test('A new version is offered, never forced, and the reader stays where they were [offline]', async ({
  lab,
  host,
}) => {
  const { page } = lab;
  host.deploy('/', 'built');
  await visit(page, host.address('/') + FIRST);
  const before = await version(page);
  await expect(title(page)).toContainText('malloc and free');
  for (let step = 0; step < 3; ++step) await page.keyboard.press('ArrowRight');
  await lab.expectStep(3);

  host.deploy('/', 'next');
  await look(page);
  await expect(offer(page)).toBeVisible({ timeout: 20_000 });
  await lab.expectStep(3);
  expect(await version(page)).toBe(before);
  await lab.button('Dismiss').click();
  await expect(offer(page)).toBeHidden();
  await page.reload(); // which is no consent
  await lab.expectStep(3);
  expect(await version(page)).toBe(before);
  await expect(title(page)).toContainText('malloc and free');

  await expect(offer(page)).toBeVisible();
  await lab.button('Use it now').click();
  await expect(title(page)).toContainText(Host.nextTitle);
  await lab.expectStep(3);
  expect(await version(page)).not.toBe(before);
  await expect(offer(page)).toBeHidden();
  // What nobody uses any more goes.
  await expect.poll(() => cachesOf(page)).toHaveLength(1);
  await host.stop();
  await page.reload();
  await expect(title(page)).toContainText(Host.nextTitle);
});

test('A text that no address can hold is there again in the new version [offline]', async ({ lab, host }) => {
  const { page } = lab;
  const noise = Array.from({ length: 3000 }, (_, at) => `# ${(at * 2654435761) >>> 0} ${(at * 40503 * 97) >>> 0}`);
  const text = `a = malloc 40\nb = malloc 24\n${noise.join('\n')}\n`;
  host.deploy('/', 'built');
  await visit(page, host.address('/'));
  await lab.open('#/heap');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'long.heap', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await expect.poll(() => lab.text()).toBe(text);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await lab.expectStep(1);
  await expect(page).toHaveURL(/#\/heap$/);
  host.deploy('/', 'next');
  await look(page);
  await lab.button('Use it now').click({ timeout: 20_000 });
  await expect.poll(() => version(page).catch(() => '')).not.toBe('');
  await expect.poll(() => lab.text().catch(() => '')).toBe(text);
  await lab.expectStep(1);
});

test('An old page keeps the files of its version while another tab has the new one [offline]', async ({
  lab,
  host,
  context,
}) => {
  const { page } = lab;
  host.deploy('/', 'built');
  await visit(page, host.address('/'));
  const before = await version(page);
  const tab = await context.newPage();
  await tab.goto(host.address('/'));
  host.deploy('/', 'next');
  await look(page);
  await tab.getByRole('button', { name: 'Use it now' }).click({ timeout: 20_000 });
  await expect.poll(() => version(tab).catch(() => before)).not.toBe(before);
  await tab.goto(host.address('/') + FIRST);
  await expect(title(tab)).toContainText(Host.nextTitle);

  // Neither did this one change by itself, nor does it get anything of the other's.
  await expect(offer(page)).toBeVisible();
  await lab.open(FIRST);
  await expect(title(page)).toContainText('malloc and free');
  expect(await version(page)).toBe(before);
  await lab.open('#/race');
  expect(await cachesOf(page)).toHaveLength(2);
  await lab.button('Use it now').click();
  await expect.poll(() => version(page).catch(() => before)).not.toBe(before);
  await expect.poll(() => cachesOf(page), { timeout: 10_000 }).toHaveLength(1);
});

test('A page that was there before any worker gets its own version or nothing [offline]', async ({ lab, host }) => {
  const { page } = lab;
  host.deploy('/', 'built');
  await page.goto(host.address('/'));
  const before = await version(page);
  host.deploy('/', 'next'); // before its worker is asked for
  await expect(offer(page)).toBeVisible({ timeout: 20_000 });
  const of = (file: string) => page.evaluate(async (name) => (await fetch(name)).status, file);
  expect(await of(`${dataAt}heapyard.js`)).toBe(404);
  await lab.button('Use it now').click();
  await expect.poll(() => version(page).catch(() => before)).not.toBe(before);
  await lab.open(FIRST);
  await expect(title(page)).toContainText(Host.nextTitle);
});
