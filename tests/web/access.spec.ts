import { findingsOf } from './support/axe.js';
import { expect, test, type LabPage } from './support/page.js';

async function expectNoFinding(lab: LabPage): Promise<void> {
  expect(await findingsOf(lab.page)).toEqual([]);
}

const sizes = { wide: { width: 1360, height: 820 }, narrow: { width: 390, height: 844 } };
const labs = {
  '': 'heapyard-start .actions a',
  lessons: 'heapyard-map li a',
  words: 'heapyard-words tbody tr',
  glossary: 'heapyard-glossary dt',
  'lessons?l=stack-vs-heap&n=20': 'heapyard-lesson-scene .object',
  'lessons?l=smart-pointers&n=27': 'heapyard-lesson-scene .object',
  'lessons?l=memory-pools&v=exercise': 'heapyard-exercise li',
  'lessons?l=smart-pointers&v=exercise': 'heapyard-exercise fieldset',
  'lessons?l=sizes-and-layout&v=teacher': 'heapyard-teacher-notes dd',
  heap: '.used-block',
  race: 'heapyard-race-lanes canvas',
  pool: 'heapyard-pool-grid .used-block',
  alignment: 'heapyard-struct-rows .member',
  own: '.preview heapyard-heap-map',
};

for (const [name, drawn] of Object.entries(labs)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of Object.entries(sizes)) {
      test(`axe finds nothing in the ${name} lab, ${colorScheme}, ${width} [access]`, async ({ lab }) => {
        await lab.page.setViewportSize(viewport);
        await lab.page.emulateMedia({ colorScheme });
        await lab.open(`#/${name}`);
        await expect(lab.page.locator(drawn).first()).toBeAttached();
        await expectNoFinding(lab);
      });
    }
  }
}

test('axe finds nothing where a fault, its reasons and the rich editor are open [access]', async ({ lab }) => {
  await lab.run('a = malloc 24\nfree a\nfree a\nb = mallok 3\n', { n: 3 });
  await lab.run('a = malloc 24\nfree a\nfree a\n', { n: 3 });
  await lab.page.keyboard.press('w');
  await lab.page.keyboard.press('e');
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.getByText('The same in words').click();
  await expectNoFinding(lab);
});

for (const viewport of Object.values(sizes)) {
  test(`axe finds nothing where the ways to share are open, ${viewport.width} pixels wide [access]`, async ({
    lab,
  }) => {
    await lab.page.setViewportSize(viewport);
    await lab.run('a = malloc 24\n', { n: 1 });
    await lab.button('Share').click();
    await lab.button(/^Save the script/).click();
    await expect(lab.page.getByRole('dialog')).toContainText('Saved as heapyard.heap');
    await expectNoFinding(lab);
  });
}

for (const name of Object.keys(labs)) {
  for (const width of [320, 390, 768, 1100, 1600]) {
    test(`Nothing scrolls sideways in the ${name} lab at ${width} pixels [narrow]`, async ({ lab }) => {
      await lab.page.setViewportSize({ width, height: 700 });
      await lab.open(`#/${name}`);
      await expect(lab.page.locator(labs[name as keyof typeof labs]).first()).toBeAttached();
      const wide = await lab.page.evaluate(() => {
        const stage = document
          .querySelector('heapyard-app')!
          .shadowRoot!.querySelector('.lab')!
          .shadowRoot!.querySelector('.stage, article, .writing, heapyard-exercise, heapyard-teacher-notes')!;
        const page = document.scrollingElement!;
        return { page: page.scrollWidth - page.clientWidth, stage: stage.scrollWidth - stage.clientWidth };
      });
      expect(wide).toEqual({ page: 0, stage: 0 });
    });
  }
}

for (const [width, height] of [
  [390, 844],
  [320, 640],
  [680, 410],
  [844, 390],
] as const) {
  test(`The page never scrolls past its bar at ${width} × ${height} [narrow]`, async ({ lab }) => {
    await lab.page.setViewportSize({ width, height });
    await lab.open();
    const over = await lab.page.evaluate(() => document.scrollingElement!.scrollHeight - window.innerHeight);
    expect(over).toBe(0);
    await expect(lab.button('Play')).toBeInViewport({ ratio: 1 });
  });
}

test('The sentence of a step stays in view while the picture follows the step [heap]', async ({ lab }) => {
  const script = Array.from({ length: 40 }, (_, i) => `v${i} = malloc 60\n`).join('');
  await lab.run(script, { m: 4096, n: 0 });
  await lab.page.keyboard.press('End');
  await lab.expectStep(40);
  await expect(lab.block('v39').first()).toBeInViewport({ ratio: 0.98 });
  await expect(lab.sentence).toBeInViewport({ ratio: 1 });
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('ArrowRight');
  await expect(lab.block('v0').first()).toBeInViewport();
});

test('Narrow: memory first, time at the bottom edge, script and block as sheets [narrow]', async ({ lab }) => {
  await lab.page.setViewportSize(sizes.narrow);
  await lab.open();
  await expect(lab.block('d').first()).toBeInViewport();
  await expect(lab.editor).toBeHidden();
  const bar = (await lab.page.locator('heapyard-transport').boundingBox())!;
  expect(Math.round(bar.y + bar.height)).toBe(844);

  await lab.button('Script').click();
  await expect(lab.editor).toBeInViewport();
  await lab.page.keyboard.press('Escape');
  await expect(lab.editor).toBeHidden();
  await expect(lab.button('Script')).toBeFocused();

  await lab.pick(lab.block('d'));
  await expect(lab.inspector).toBeInViewport();
  await expect(lab.inspector).toContainText('24 bytes');
  await lab.inspector.getByRole('button', { name: 'Close' }).click();
  await expect(lab.inspector).toBeHidden();
});

test('What is touched is large enough to touch [narrow]', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    viewport: sizes.narrow,
    hasTouch: true,
    isMobile: true,
    baseURL: baseURL!,
  });
  const page = await context.newPage();
  await page.goto('./#/heap');
  await expect(page.locator('.lab')).toBeVisible();
  for (const button of await page.getByRole('button').and(page.locator('button:visible')).all()) {
    const box = (await button.boundingBox())!;
    expect(box.height, (await button.textContent()) ?? '').toBeGreaterThanOrEqual(40);
  }
  await context.close();
});

test('The theme can be chosen, and stays [theme]', async ({ lab }) => {
  await lab.page.emulateMedia({ colorScheme: 'light' });
  await lab.open();
  const paper = () => lab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await lab.page.getByLabel('Theme').selectOption('dark');
  const dark = await paper();
  expect(dark).not.toBe(light);
  await lab.page.reload();
  await expect(lab.page.locator('.lab')).toBeVisible();
  expect(await paper()).toBe(dark);
  await lab.page.getByLabel('Theme').selectOption('auto');
  expect(await paper()).toBe(light);
});

test('Nothing moves under reduced motion [access]', async ({ lab }) => {
  await lab.page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open();
  for (let press = 0; press < 3; ++press) await lab.page.keyboard.press('ArrowRight');
  const running = await lab.page.evaluate(() => document.getAnimations().length);
  expect(running).toBe(0);
});

test('A focus can be seen wherever Tab leads [access][keys]', async ({ lab }) => {
  await lab.open();
  const seen = new Set<string>();
  for (let press = 0; press < 24; ++press) {
    await lab.page.keyboard.press('Tab');
    const outline = await lab.page.evaluate(() => {
      let active: Element | null = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(active);
      const marked = active.matches('g.block, .cm-content');
      return {
        name: `${active.tagName}.${active.className}`,
        seen: marked || (outlineStyle !== 'none' && outlineWidth !== '0px'),
      };
    });
    if (!outline) break;
    seen.add(outline.name);
    expect(outline.seen, outline.name).toBe(true);
  }
  expect(seen.size).toBeGreaterThan(6);
});

test('Without WebAssembly the page says what is missing [error]', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto('./#/heap');
  await expect(page.getByRole('alert')).toContainText('WebAssembly');
});

test('When the module cannot be fetched the page says so [error]', async ({ page }) => {
  await page.route('**/heapyard.wasm', (route) => route.abort());
  await page.goto('./#/heap');
  await expect(page.getByRole('alert')).toContainText('could not start');
});

test('Single letters as keys can be switched off, and stay so; arrows go on [access][keys]', async ({ lab }) => {
  await lab.run('a = malloc 8\nfree a\n', { n: 1 });
  await lab.page.keyboard.press('?');
  await lab.page.getByLabel('Single letters and digits are keys').uncheck();
  await lab.page.keyboard.press('Escape');
  await lab.page.reload();
  await lab.expectStep(1);
  for (const key of ['w', 'e', '3', 'l']) await lab.page.keyboard.press(key);
  await expect(lab.page.locator('.why')).toHaveCount(0);
  await expect(lab.page.locator('heapyard-heap-lab')).toBeVisible();
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('ArrowRight');
  await lab.expectStep(1);
  await lab.page.keyboard.press('?');
  await lab.page.getByLabel('Single letters and digits are keys').check();
  await lab.page.keyboard.press('Escape');
  await expect(lab.page.getByLabel('Single letters and digits are keys')).toBeHidden();
  await lab.page.keyboard.press('w');
  await expect(lab.page.locator('.why')).toBeVisible();
});

/** What colours are to eyes that see fewer of them; the browser shows the page so. */
const eyes = ['achromatopsia', 'deuteranopia', 'protanopia', 'tritanopia'] as const;
for (const type of eyes) {
  test(`Header, payload, padding and free space differ in form, whatever colours are seen: ${type} [access][look]`, async ({
    lab,
  }) => {
    await lab.run('a = malloc 100\nb = malloc 60\nfree b\nc = aligned_alloc 64 30\n', { n: 4 });
    const session = await lab.page.context().newCDPSession(lab.page);
    await session.send('Emulation.setEmulatedVisionDeficiency', { type });
    const swatches = lab.page.locator('.legend svg');
    const names = await lab.page.locator('.legend > span').allTextContents();
    expect(names.length).toBeGreaterThanOrEqual(4);
    const seen: number[][] = [];
    for (const swatch of await swatches.all()) {
      const png = (await swatch.screenshot()).toString('base64');
      seen.push(await lab.page.evaluate(lightnessOf, png));
    }
    // By how much the picture of one is lighter or darker than that of another, point for point, of 255.
    for (let a = 0; a < seen.length; ++a) {
      for (let b = 0; b < a; ++b) {
        const points = Math.min(seen[a]!.length, seen[b]!.length);
        let sum = 0;
        for (let at = 0; at < points; ++at) sum += Math.abs(seen[a]![at]! - seen[b]![at]!);
        expect(sum / points, `${names[a]} beside ${names[b]}`).toBeGreaterThan(12);
      }
    }
  });
}

/** The lightness of each point of a picture, 0 to 255. */
async function lightnessOf(png: string): Promise<number[]> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  const lightness: number[] = [];
  for (let at = 0; at < data.length; at += 4)
    lightness.push(0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!);
  return lightness;
}
