import { LabPage, expect, test } from './support/page.js';

const script = 'a = malloc 40\nb = malloc 64\nfree a\n# ümläut ☃\n';

test('A link reopens exactly the state it was taken from [address]', async ({ lab, context }) => {
  await lab.run(script, { n: 1, m: 1024 });
  await lab.page.keyboard.press('ArrowRight');
  await lab.pick(lab.block('a'));
  await expect(lab.page).toHaveURL(/#\/heap\?s=.*n=2.*k=/);
  const link = lab.page.url();
  const text = await lab.text();
  const twin = await lab.twin();

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '2');
  expect(await new LabPage(other).twin()).toBe(twin);
  await expect(other.locator('g.block[aria-pressed="true"]')).toHaveAttribute('aria-label', /^a, used/);
  expect(
    await other.locator('heapyard-script-editor').evaluate((element) => (element as unknown as { text: string }).text),
  ).toBe(text);
  await expect(other.getByLabel('Arena')).toHaveValue('1024');
});

test('Links of the pool lab and the alignment lab reopen too [address]', async ({ lab, context }) => {
  await lab.run('a = malloc 8\n', { n: 1, b: 48, c: 5 }, 'pool');
  await lab.page.keyboard.press('ArrowLeft');
  await expect(lab.page).toHaveURL(/n=0/);
  const pool = await context.newPage();
  await pool.goto(lab.page.url());
  await expect(pool.locator('g.block')).toHaveCount(5);
  await expect(pool.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '0');

  await lab.run('struct T { u8 a; u64 b; };\n', { abi: 'x86_64' }, 'alignment');
  await lab.button('wasm32').click();
  await expect(lab.page).toHaveURL(/abi=wasm32/);
  const alignment = await context.newPage();
  await alignment.goto(lab.page.url());
  await expect(alignment.locator('.sentence')).toContainText('T takes 16 bytes');
  await expect(alignment.getByRole('button', { name: 'wasm32' })).toHaveAttribute('aria-pressed', 'true');
});

test('Of two addresses, one soon after the other, the later is opened, however slow the first [address]', async ({
  lab,
}) => {
  await lab.run(script, { n: 1 });
  let answered = 0;
  await lab.page.route(/\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
    ++answered;
  });
  await lab.page.evaluate(async () => {
    const heap = location.hash;
    location.hash = '#/glossary';
    await new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
    location.hash = heap;
  });
  await expect.poll(() => answered).toBeGreaterThan(0);
  await lab.page.waitForLoadState('networkidle');
  await expect(lab.slider).toBeVisible();
  expect(await lab.text()).toBe(script);
});

test('Share copies the link [address]', async ({ lab, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.run(script, { n: 2 });
  await lab.button('Share').click();
  await lab.button(/^Copy link/).click();
  await expect(lab.page.locator('.notice')).toContainText('Link copied');
  expect(await lab.page.evaluate(() => navigator.clipboard.readText())).toBe(lab.page.url());
});

test('Share copies the link also while the address is being written [address]', async ({ lab, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.run(script, { n: 2 });
  await lab.expectStep(2);
  const said = await lab.page.evaluate(async () => {
    const app = document.querySelector('heapyard-app')!;
    const share = [...app.shadowRoot!.querySelectorAll('button')].find((each) => each.textContent!.includes('Share'))!;
    share.click();
    const sheet = () => app.shadowRoot!.querySelector('heapyard-share')!.shadowRoot;
    while (!sheet()?.querySelector('dialog')?.open) await new Promise((resolve) => setTimeout(resolve, 20));
    const session = app.shadowRoot!.querySelector('.lab') as unknown as { session: { step(by: number): void } };
    session.session.step(-1);
    sheet()!.querySelector<HTMLElement>('li button')!.click();
    const all: string[] = [];
    new MutationObserver(() => all.push(app.shadowRoot!.querySelector('.notice')?.textContent ?? '')).observe(
      app.shadowRoot!,
      { subtree: true, childList: true, characterData: true },
    );
    await new Promise((resolve) => setTimeout(resolve, 800));
    return all.join(' ');
  });
  expect(said).toContain('Link copied');
  expect(said).not.toContain('too long');
});

test('Steps do not flood the history: back leads to the lab before [address]', async ({ lab }) => {
  await lab.run(script);
  await lab.page.getByRole('link', { name: 'Pool lab' }).click();
  await expect(lab.page.locator('heapyard-pool-grid')).toBeVisible();
  for (let press = 0; press < 3; ++press) await lab.page.keyboard.press('ArrowLeft');
  await expect(lab.page).toHaveURL(/#\/pool\?/);
  await lab.page.goBack();
  await expect(lab.page.locator('heapyard-heap-map')).toBeVisible();
  expect(await lab.text()).toBe(script);
});

test('A lab keeps what it held while another is open [address]', async ({ lab }) => {
  await lab.run(script, { n: 2 });
  await lab.page.keyboard.press('3');
  await expect(lab.page.locator('heapyard-pool-grid')).toBeVisible();
  await lab.page.keyboard.press('1');
  await lab.expectStep(2);
  expect(await lab.text()).toBe(script);
});

const broken = [
  '#/heap?s=%%%&n=1',
  '#/heap?s=AAAA',
  '#/heap?s=not*base64',
  '#/heap?n=4',
  '#/heap?t=a%20%3D%20malloc%208&n=-1',
  '#/heap?t=a%20%3D%20malloc%208&n=99999999999999999999',
  '#/heap?t=a%20%3D%20malloc%208&a=..%2Fjemalloc',
  '#/pool?t=&b=0&c=0',
  '#/race?x=1',
  '#something-else',
];
for (const hash of broken) {
  test(`A broken link says so and starts afresh: ${hash} [address]`, async ({ lab }) => {
    await lab.open(hash);
    await expect(lab.page.locator('.notice')).toContainText('This link cannot be opened');
    await expect(lab.block('d')).toHaveCount(1);
  });
}

test('A step or a pool that cannot be is put right, and said [address]', async ({ lab }) => {
  await lab.run('a = malloc 8\n', { n: 77 });
  await expect(lab.page.locator('.notice')).toContainText('step 77');
  await lab.expectStep(1);
});

test('A deflated text that would blow up is refused [address]', async ({ lab }) => {
  await lab.open();
  const bomb = await lab.page.evaluate(async () => {
    const stream = new Blob(['#'.repeat(50_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  });
  await lab.page.goto('about:blank');
  await lab.open(`#/heap?s=${bomb}`);
  await expect(lab.page.locator('.notice')).toContainText('This link cannot be opened');
});

test('A link brings the chosen theme along, and leaves the choice of whoever opens it as it was [address][theme]', async ({
  lab,
  browser,
  baseURL,
}) => {
  const choice = lab.page.getByLabel('Theme');
  await lab.run(script, { n: 1 });
  await expect(lab.page).not.toHaveURL(/theme=/);
  await choice.selectOption('dark');
  await expect(lab.page).toHaveURL(/#\/heap\?.*&theme=dark$/);
  const link = lab.page.url();
  await choice.selectOption('auto');
  await expect(lab.page).not.toHaveURL(/theme=/);

  const other = await (await browser.newContext({ colorScheme: 'light' })).newPage();
  await other.goto(`${baseURL ?? ''}#/heap`);
  await other.getByLabel('Theme').selectOption('light');
  await other.goto('about:blank');
  await other.goto(link);
  await expect(other.getByLabel('Theme')).toHaveValue('dark');
  await expect(other.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '1');
  await expect(other.locator('html')).toHaveCSS('color-scheme', 'dark');
  expect(await other.evaluate(() => Object.values(localStorage))).toContain('light');
  await other.context().close();
});

test('A theme may stand in any address, and one that does not exist is left alone [address][theme]', async ({
  lab,
}) => {
  for (const [address, theme, title] of [
    ['#/?theme=dark', 'dark', 'Heapyard'],
    ['#/lessons?theme=light', 'light', 'Lessons · Heapyard'],
    ['#/lessons?theme=light&theme=dark', 'light', 'Lessons · Heapyard'],
    ['#/heap?theme=dark&t=a%20%3D%20malloc%208', 'dark', 'Heap lab · Heapyard'],
    ['#/heap?t=%23+?&theme=dark', 'dark', 'Heap lab · Heapyard'],
    ['#/heap?theme=dark', 'dark', 'Heap lab · Heapyard'],
    ['#/glossary?theme=%3Cb%3E', 'auto', 'Glossary · Heapyard'],
  ] as const) {
    await lab.page.goto('about:blank');
    await lab.page.goto(`./${address}`);
    await expect(lab.page).toHaveTitle(title);
    await expect(lab.page.getByLabel('Theme')).toHaveValue(theme);
    await expect(lab.page.locator('.notice')).toHaveCount(0);
    await lab.page.waitForLoadState('networkidle'); // what is still fetched would complain of leaving
  }
});
