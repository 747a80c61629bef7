import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dist } from '../../scripts/lib/web.mjs';
import { lessons } from './support/data.js';
import { Host, test } from './support/deployments.js';
import { expect, type Page } from './support/page.js';

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

test('Where only lessons change, what a page fetches later is still there for one that is older [offline]', ({
  host,
}) => {
  const scripts = (folder: string) => readdirSync(path.join(folder, 'chunks')).filter((name) => name.endsWith('.js'));
  expect(scripts(host.next)).toEqual(scripts(dist));
  expect(scripts(dist).length).toBeGreaterThan(20);
});

// In pages of their own: those of the others fail on what a browser says of a file that is not there.
test('A page that was there before any worker gets its own version or nothing [offline]', async ({ host, context }) => {
  host.deploy('/', 'built');
  const page = await context.newPage();
  await page.goto(host.address('/'));
  const before = await version(page);
  host.deploy('/', 'next'); // before its worker is asked for
  await expect(offer(page)).toBeVisible({ timeout: 20_000 });
  await page.goto(host.address('/') + FIRST);
  await expect(page.getByRole('alert')).toContainText('Reload');
  await expect(page.getByText(Host.nextTitle)).toHaveCount(0);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(() => version(page).catch(() => before)).not.toBe(before);
  await expect(title(page)).toContainText(Host.nextTitle);
});

test('Two deployments on one origin keep their own, and one that is replaced leaves the other [offline]', async ({
  host,
  context,
}) => {
  host.deploy('/a/b/', 'built');
  host.deploy('/c/', 'built');
  const [one, other] = [await context.newPage(), await context.newPage()];
  await visit(one, host.address('/a/b/') + FIRST);
  await visit(other, host.address('/c/') + FIRST);
  const built = (await cachesOf(one)).map((name) => name.replace(/:\w+$/, ''));
  expect(built).toEqual(['heapyard:/a/b/', 'heapyard:/c/']);
  await one.getByLabel('Theme').selectOption('dark');
  await one.keyboard.press('ArrowRight');
  await expect.poll(() => one.evaluate(() => Object.keys(localStorage).sort())).toContain('heapyard:/a/b/:progress');

  host.deploy('/c/', 'next');
  await look(other);
  await other.getByRole('button', { name: 'Use it now' }).click({ timeout: 20_000 });
  await expect(title(other)).toContainText(Host.nextTitle);
  await expect.poll(() => cachesOf(other)).toHaveLength(2);
  expect(await other.getByLabel('Theme').inputValue()).toBe('auto');
  expect((await cachesOf(one))[0]).toMatch(/^heapyard:\/a\/b\/:/);

  await host.stop();
  await one.reload();
  await expect(title(one)).toContainText('malloc and free');
  await expect(offer(one)).toBeHidden();
  expect(await one.getByLabel('Theme').inputValue()).toBe('dark');
  await other.reload();
  await expect(title(other)).toContainText(Host.nextTitle);
});

test('A deployment at the root leaves what lies in its folders alone [offline]', async ({ host, context }) => {
  host.deploy('/', 'built');
  const page = await context.newPage();
  await visit(page, host.address('/'));
  host.deploy('/c/', 'next');
  await visit(page, host.address('/c/') + FIRST);
  await expect(title(page)).toContainText(Host.nextTitle);
  expect(await cachesOf(page)).toHaveLength(2);
  expect((await page.goto(host.address('/no/such/')))!.status()).toBe(404);
});

test('What was kept before names said for which folder is taken over once, and left where it was [offline]', async ({
  host,
  context,
}) => {
  host.deploy('/a/', 'built');
  host.deploy('/b/', 'built');
  const page = await context.newPage();
  await page.goto(host.address('/a/manifest.webmanifest'));
  await page.evaluate(() => {
    const lessons = { 'malloc-free': { step: 5, steps: 20, at: 5 } };
    localStorage.setItem('heapyard-progress', JSON.stringify({ format: 'heapyard-progress', version: 1, lessons }));
    localStorage.setItem('heapyard-theme', 'dark');
  });
  for (const place of ['/a/', '/b/']) {
    await page.goto(host.address(place));
    await expect(page.getByRole('link', { name: 'Go on with lesson 1: malloc and free, step 5 of 20' })).toBeVisible();
    expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
  }
  await page.goto(`${host.address('/a/')}#/lessons`);
  await page.getByRole('button', { name: 'Clear…' }).click();
  await page.getByRole('button', { name: 'Yes, forget it' }).click();
  await page.goto(host.address('/a/'));
  await page.reload();
  await expect(page.getByRole('link', { name: /^Begin with lesson 1/ })).toBeVisible();
  await page.goto(host.address('/b/'));
  await expect(page.getByRole('link', { name: /^Go on with lesson 1/ })).toBeVisible();
});

test('In a sandboxed frame there is no worker, and all else works [offline]', async ({ lab, host }) => {
  host.deploy('/', 'built');
  const { page } = lab;
  await page.route('**/frame.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe sandbox="allow-scripts" src="./${FIRST}"></iframe>` }),
  );
  await page.goto(host.address('/frame.html'));
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('slider', { name: 'Step' })).toBeVisible();
  await page.waitForTimeout(2500); // past the moment at which it would ask for one
  await frame.getByRole('slider', { name: 'Step' }).press('ArrowRight');
  await expect(frame.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '1');
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([]);
});

test('Without room for it the page works, and says so where one looks [offline]', async ({ host, context }) => {
  host.deploy('/', 'built');
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: host.address(''), quotaSize: 1 << 20 });
  await page.goto(host.address('/') + FIRST);
  await expect(title(page)).toContainText('malloc and free');
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(page.getByText('this browser has too little room for it')).toBeVisible({ timeout: 15_000 });
});

test('What a browser threw away is fetched again where the host has it [offline]', async ({ lab, host }) => {
  const { page } = lab;
  host.deploy('/', 'built');
  await visit(page, host.address('/'));
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  await page.reload();
  await visit(page, host.address('/'));
  await host.stop();
  await page.reload();
  await lab.open(FIRST);
});

test('The worker that docs/hosting.md has for removal takes away what was kept of its folder alone [offline]', async ({
  host,
  context,
}) => {
  const guide = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(path.join(tmpdir(), 'heapyard-gone-'));
  writeFileSync(path.join(folder, 'service-worker.js'), /^```js\n(.*?)^```/ms.exec(guide)![1]!);
  writeFileSync(
    path.join(folder, 'index.html'),
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; worker-src 'self'"><p>Gone.</p>`,
  );
  host.deploy('/a/', 'built');
  host.deploy('/b/', 'built');
  const page = await context.newPage();
  await visit(page, host.address('/b/'));
  await visit(page, host.address('/a/'));
  host.deploy('/a/', { folder });
  await look(page);
  await expect(async () => {
    // One that comes just when the worker leaves can be left waiting by Chromium; the next is not.
    await page.goto(host.address('/a/'), { timeout: 4000 });
    await expect(page.getByText('Gone.')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 25_000 });
  await page.goto(host.address('/b/'));
  expect(await cachesOf(page)).toEqual([expect.stringMatching(/^heapyard:\/b\/:/)]);
  rmSync(folder, { recursive: true });
});
