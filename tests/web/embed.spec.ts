import { findingsOf } from './support/axe.js';
import { expect, script, test, type Host, type Page } from './support/host.js';

const pools = '<heap-yard lesson="memory-pools" step="4" show="heap,code"></heap-yard>';
const own = `<heap-yard lab="heap" allocator="buddy" arena="512" step="2">
  a = malloc 40
  b = malloc 24
</heap-yard>`;

const open = (host: Host, body: string, head = '') => host.open(body, { head: `${script(host.heapyard)}${head}` });
const slider = (page: Page) => page.getByRole('slider', { name: 'Step' });
const step = (page: Page, at: number) => expect(slider(page).first()).toHaveAttribute('aria-valuenow', String(at));
/** Keeps what a tag or a frame tells, by type. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    for (const type of ['ready', 'failure', 'step', 'answer', 'result', 'height', 'theme']) {
      window.addEventListener(`heapyard-${type}`, (event) => told.push((event as CustomEvent).detail));
    }
  });
const told = (page: Page, type: string) =>
  page.evaluate(
    (wanted) => (window as unknown as { told: { type: string }[] }).told.filter(({ type }) => type === wanted),
    type,
  );

test('One script and a tag show a lesson in a page of another origin, with the parts it names [embed]', async ({
  host,
  page,
}) => {
  await open(host, pools);
  await step(page, 4);
  await expect(page.locator('heapyard-lesson-code')).toBeVisible();
  await expect(page.locator('heapyard-lesson-scene')).toBeVisible();
  await expect(page.locator('heapyard-lesson-story')).toHaveCount(0);
  await expect(page.getByText('Memory pools')).toBeVisible();
});

test('A script between the ends of the tag runs on the allocator that it names [embed]', async ({ host, page }) => {
  await open(host, own);
  await step(page, 2);
  await expect(page.locator('g.used-block')).toHaveCount(2);
  await expect(page.getByLabel('Allocator')).toHaveValue('buddy');
});

test('Several on one page share one module [embed]', async ({ host, page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await open(host, pools.repeat(3) + own);
  for (const index of [0, 1, 2, 3]) {
    await page.locator('heap-yard').nth(index).scrollIntoViewIfNeeded();
    await expect(slider(page).nth(index)).toBeVisible();
  }
  expect(fetched.filter((path) => path.endsWith('/lesson-memory-pools.wasm'))).toHaveLength(1);
  expect(fetched.filter((path) => path.endsWith('/main.js'))).toEqual([]);

  // And yet each has a step of its own.
  await slider(page).nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider(page).nth(1)).toHaveAttribute('aria-valuenow', '5');
  await expect(slider(page).nth(0)).toHaveAttribute('aria-valuenow', '4');
});

test('What is far below is fetched when the reader comes near it [embed]', async ({ host, page }) => {
  let fetched = 0;
  page.on('request', (request) => (fetched += Number(request.url().endsWith('.wasm'))));
  await open(host, `<div id="gap"></div>${pools}`, '<style>#gap { height: 4000px }</style>');
  await page.waitForLoadState('networkidle');
  expect(fetched).toBe(0);
  await page.locator('heap-yard').scrollIntoViewIfNeeded();
  await step(page, 4);
});

test('It takes no key while the focus is elsewhere, and of those inside only what it needs [embed][keys]', async ({
  host,
  page,
}) => {
  await open(
    host,
    `<p>Before</p>${own}<div id="gap"></div>
     <script type="module">window.seen = []; addEventListener('keydown', (event) => seen.push(event.key));</script>`,
    '<style>#gap { height: 4000px }</style>',
  );
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen.splice(0));
  await step(page, 2);
  for (const key of ['ArrowLeft', 'w', 'Delete', '1', '?']) await page.keyboard.press(key);
  await step(page, 2);
  expect(await seen()).toEqual(['ArrowLeft', 'w', 'Delete', '1', '?']);

  // Inside, the arrows step and the page does not hear of it; keys with which one scrolls are still the page's.
  await page.locator('heapyard-heap-lab .sentence').click();
  await page.keyboard.press('ArrowLeft');
  await step(page, 1);
  expect(await seen()).toEqual([]);
  await page.keyboard.press('PageDown');
  await step(page, 1);
  expect(await seen()).toEqual(['PageDown']);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);

  // On the slider they move it, as on any slider.
  await page.evaluate(() => scrollTo(0, 0));
  await slider(page).focus();
  await page.keyboard.press('End');
  await step(page, 2);

  // What is typed into its editor is nobody else's.
  await seen();
  await page.locator('heapyard-heap-lab .sentence').click();
  await page.keyboard.press('e');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type('n 1?');
  expect(await seen()).toEqual([]);
});

test('It takes neither focus nor scroll, when it comes and when it is stepped [embed]', async ({ host, page }) => {
  await open(host, `<div id="gap"></div>${pools}<div id="gap"></div>`, '<style>#gap { height: 500px }</style>');
  await step(page, 4);
  expect(await page.evaluate(() => [document.activeElement === document.body, scrollY])).toEqual([true, 0]);
  await page.evaluate(() => scrollTo(0, 300));
  await slider(page).focus({ timeout: 5000 });
  const before = await page.evaluate(() => scrollY);
  for (let press = 0; press < 30; ++press) await page.keyboard.press('ArrowRight');
  await step(page, 34);
  expect(await page.evaluate(() => scrollY)).toBe(before);
});

test('No style goes in, and none comes out [embed]', async ({ host, page }) => {
  await open(
    host,
    `<p class="card bar">Prose</p>${pools}`,
    `<style>html { font-size: 62.5% } body { font: 30px serif; letter-spacing: 9px; color: #030; text-align: right }
     button { background: red } .bar { border: 5px solid blue }</style>`,
  );
  await step(page, 4);
  const inside = page.getByRole('button', { name: 'Why there?' });
  expect(await inside.evaluate((each) => getComputedStyle(each).backgroundColor)).not.toBe('rgb(255, 0, 0)');
  expect(await inside.evaluate((each) => getComputedStyle(each).fontSize)).toBe('15px');
  expect(await inside.evaluate((each) => getComputedStyle(each).letterSpacing)).toBe('normal');
  expect(await page.locator('p.card').evaluate((each) => getComputedStyle(each).fontSize)).toBe('30px');
  expect(await page.evaluate(() => document.adoptedStyleSheets.length + document.styleSheets.length)).toBe(1);
});

test('By itself it is as light or dark as the page around, however that says it [embed][theme]', async ({
  host,
  page,
}) => {
  await open(
    host,
    `${pools}<heap-yard lab="heap" theme="light"></heap-yard>`,
    '<style>body { color: #222; background: #fff } .night body { color: #eee; background: #111 }</style>',
  );
  await step(page, 4);
  const paper = (index: number) =>
    page
      .locator('heap-yard')
      .nth(index)
      .evaluate((each) => getComputedStyle(each.shadowRoot!.querySelector('.root')!).backgroundColor);
  const light = await paper(0);
  await page.evaluate(() => document.documentElement.classList.add('night'));
  await expect.poll(() => paper(0)).not.toBe(light);
  expect(await paper(1)).toBe(light);
  await page
    .locator('heap-yard')
    .nth(1)
    .evaluate((each) => each.setAttribute('theme', 'dark'));
  await expect.poll(() => paper(1)).toBe(await paper(0));
});

test('What a reader did is told to the page: steps, answers, results [embed]', async ({ host, page }) => {
  await listen(page);
  await open(host, '<heap-yard exercise="memory-pools"></heap-yard>');
  await page.getByText('Show a solution').click();
  const solution = await page.locator('heapyard-exercise .solution pre').textContent();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect.poll(() => told(page, 'result')).toHaveLength(1);
  expect(await told(page, 'result')).toEqual([
    { type: 'result', exercise: 'memory-pools', solved: false, met: expect.any(Number), goals: 5 },
  ]);
  await page.locator('heapyard-script-editor').first().click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(solution!);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect.poll(async () => (await told(page, 'result')).at(-1)).toMatchObject({ solved: true, met: 5, goals: 5 });
  expect(await page.evaluate(() => localStorage.length), 'nothing is put into storage of the page').toBe(0);
});

test('A part that is changed from outside follows: step, lesson [embed]', async ({ host, page }) => {
  await open(host, pools);
  await step(page, 4);
  const set = (name: string, value: string) =>
    page.locator('heap-yard').evaluate((each, [name, value]) => each.setAttribute(name!, value!), [name, value]);
  await set('step', '9');
  await step(page, 9);
  await set('lesson', 'raw-pointers');
  await expect(page.getByText('Raw pointers')).toBeVisible();
  await step(page, 9);
});

test('Links out of it lead to Heapyard itself, in a tab of their own [embed]', async ({ host, page, context }) => {
  await open(host, pools);
  await step(page, 4);
  await expect(page.getByRole('link', { name: 'Heapyard ↗' })).toHaveAttribute(
    'href',
    /#\/lessons\?l=memory-pools.*n=4/,
  );
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Heapyard ↗' }).click(),
  ]);
  await step(tab, 4);
  expect(new URL(tab.url()).origin).toBe(new URL(host.heapyard).origin);
  expect(page.url()).not.toContain('#');
});

const wrong: [string, string][] = [
  ['<heap-yard lesson="memory-puddles"></heap-yard>', 'There is no lesson “memory-puddles”'],
  ['<heap-yard lesson="memory-pools" show="heap,cod"></heap-yard>', '“cod”, but the parts are code, heap, story'],
  ['<heap-yard lesson="memory-pools" step="four"></heap-yard>', '“step” is a whole number'],
  ['<heap-yard lab="kennel"></heap-yard>', '“lab” is one of heap, race, pool, alignment'],
  ['<heap-yard lab="heap" arena="99999999999">a = malloc 8</heap-yard>', '“arena” is a whole number up to 4294967295'],
  ['<heap-yard state="#/heap?s=AAAA"></heap-yard>', 'cannot be opened: its text is damaged'],
  ['<heap-yard lab="heap" allocator="../jemalloc">a = malloc 8</heap-yard>', 'jemalloc'],
];
for (const [tag, words] of wrong) {
  test(`A tag that cannot be is told in words: ${tag} [embed][error]`, async ({ host, page }) => {
    await open(host, tag);
    await expect(page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: words }).first()).toBeVisible();
  });
}

test('A strict policy of the host that allows Heapyard’s origin is enough [embed][csp]', async ({ host, page }) => {
  const origin = new URL(host.heapyard).origin;
  const policy = `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; img-src data:`;
  await host.open(pools, { head: script(host.heapyard), headers: { 'Content-Security-Policy': policy } });
  await step(page, 4);
});

const frame = (host: Host, query: string, more = '') =>
  `<iframe data-heapyard src="${host.heapyard}embed.html?${query}" title="Heapyard" ${more}></iframe>`;
const framed = '<style>iframe { width: 100%; height: 150px; border: 0 }</style>';

for (const sandbox of ['', 'sandbox="allow-scripts"']) {
  const named = sandbox ? 'in a sandbox' : 'as it is';
  test(`A frame ${named} fits its height and tells the page around what happens [embed][frame]`, async ({
    host,
    page,
  }) => {
    await listen(page);
    await host.open(frame(host, 'exercise=memory-pools', sandbox), {
      head: `<script type="module" src="${host.heapyard}frames.js"></script>${framed}`,
    });
    const inside = page.frameLocator('iframe');
    await expect(inside.getByRole('button', { name: 'Check' })).toBeVisible();
    await expect.poll(() => told(page, 'ready')).toHaveLength(1);
    const height = () => page.locator('iframe').evaluate((each) => (each as HTMLElement).offsetHeight);
    await expect.poll(height).toBeGreaterThan(400);
    await inside.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => told(page, 'result')).toHaveLength(1);
    expect(await told(page, 'result')).toMatchObject([
      { heapyard: 1, exercise: 'memory-pools', solved: false, goals: 5 },
    ]);
    expect(await told(page, 'theme')).toMatchObject([{ theme: 'light' }]);
  });
}

test('A frame is led from outside, and listens to the page around alone [embed][frame]', async ({ host, page }) => {
  await host.open(
    `${frame(host, 'lesson=memory-pools&step=4&show=heap', 'sandbox="allow-scripts"')}<iframe id="stranger" srcdoc="<p>"></iframe>
     <script type="module">
       import { say } from '${host.heapyard}frames.js';
       window.say = (heard) => say(document.querySelector('[data-heapyard]'), heard);
       window.shout = (heard) => document.querySelector('#stranger').contentWindow.eval(
         \`parent.frames[0].postMessage(\${JSON.stringify(heard)}, '*')\`);
     </script>`,
    { head: `<script type="module" src="${host.heapyard}frames.js"></script>${framed}` },
  );
  const now = page.frameLocator('iframe[data-heapyard]').getByRole('slider', { name: 'Step' });
  await expect(now).toHaveAttribute('aria-valuenow', '4');
  type Saying = { say(heard: unknown): void; shout(heard: unknown): void };
  await page.evaluate(() => (window as unknown as Saying).say({ type: 'step', step: 7 }));
  await expect(now).toHaveAttribute('aria-valuenow', '7');
  for (const heard of [
    { heapyard: 1, type: 'step', step: 2 }, // of a stranger
  ]) {
    await page.evaluate((heard) => (window as unknown as Saying).shout(heard), heard);
  }
  for (const heard of [
    { type: 'step', step: 'x' },
    { type: 'step', step: -1 },
    { type: 'theme', theme: '<b>' },
    { type: 'jump' },
  ]) {
    await page.evaluate((heard) => (window as unknown as Saying).say(heard), heard);
  }
  await page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>('[data-heapyard]')!;
    for (const each of [null, 7, 'x', {}, { heapyard: 2, type: 'step', step: 3 }])
      frame.contentWindow!.postMessage(each, '*');
  });
  await page.waitForTimeout(300);
  await expect(now).toHaveAttribute('aria-valuenow', '7');
});

test('A frame opens the state of a link, and a script that its address holds [embed][frame]', async ({
  host,
  page,
}) => {
  const text = encodeURIComponent('a = malloc 8\nfree a\n');
  await host.open(
    frame(host, `show=heap#/heap?t=${text}&a=free-list&m=512&n=1`) +
      frame(host, `lab=pool&block-bytes=48&capacity=5&text=${text}`),
    { head: framed },
  );
  const [first, second] = [page.frameLocator('iframe >> nth=0'), page.frameLocator('iframe >> nth=1')];
  await expect(first.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '1');
  await expect(second.locator('g.block')).toHaveCount(5);
});

test('A page that is written from right to left holds it as it is, and does not scroll sideways [embed][access]', async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await open(host, `<div dir="rtl" lang="ar">${own}${pools}</div>`);
  await expect(slider(page).first()).toBeVisible();
  await page.locator('heap-yard').nth(1).scrollIntoViewIfNeeded();
  await expect(slider(page).nth(1)).toBeVisible();
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const inside = page.getByRole('button', { name: 'Step forward' }).first();
  expect(await inside.evaluate((each) => getComputedStyle(each).direction)).toBe('ltr');
  await inside.focus();
  await page.keyboard.press('ArrowLeft');
  await step(page, 1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a page with tags, ${colorScheme} [embed][access]`, async ({ host, page }) => {
    await page.emulateMedia({ colorScheme });
    await open(
      host,
      `<main><h1>Course</h1>${own}${pools}<heap-yard exercise="memory-pools"></heap-yard><heap-yard lab="alignment">struct s { char a; };</heap-yard></main>`,
      `<style>html { color-scheme: light dark; }</style>`,
    );
    for (const index of [0, 1, 2, 3]) {
      await page.locator('heap-yard').nth(index).scrollIntoViewIfNeeded();
      await expect(page.locator('heap-yard').nth(index).locator('.lab')).toBeVisible();
    }
    await expect(page.locator('heapyard-struct-rows')).toBeVisible();
    expect(await findingsOf(page)).toEqual([]);
  });
}
