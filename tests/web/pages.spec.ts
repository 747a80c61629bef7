import { expect, test, type LabPage } from './support/page.js';

const phones = [390, 320];
const last = (lab: LabPage) => lab.page.getByRole('link', { name: /^Go on with lesson/ });

/** Progress as a browser holds it when the page is opened. */
async function keep(lab: LabPage, kept: object): Promise<void> {
  const text = JSON.stringify({ format: 'heapyard-progress', version: 1, ...kept });
  await lab.page.addInitScript((value) => {
    if (localStorage.getItem('heapyard:/:progress') === null) localStorage.setItem('heapyard:/:progress', value);
  }, text);
}

async function focused(lab: LabPage): Promise<string> {
  return lab.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.id || active?.textContent?.trim() || '';
  });
}

test('The start page goes on where the reader was last, not at the first lesson that is not solved [course]', async ({
  lab,
}) => {
  await lab.open('#/lessons?l=malloc-free&n=4');
  await lab.open('#/lessons?l=memory-pools&n=7');
  await lab.expectStep(7);
  await lab.page.goto('./#/');
  await expect(last(lab)).toHaveText(/^Go on with lesson 7: Memory pools, step 7 of \d+$/);
  await lab.open('#/lessons?l=malloc-free&n=4');
  await lab.expectStep(4);
  await lab.page.goto('./#/');
  await expect(last(lab)).toHaveText(/^Go on with lesson 1: malloc and free, step 4 of \d+$/);
  await lab.page.reload();
  await last(lab).click();
  await lab.expectStep(4);
});

test('From a lesson that is solved the start page leads to the next that is not, and back [course]', async ({
  lab,
}) => {
  const solved = { step: 20, steps: 20, at: 20, solved: true };
  await keep(lab, { lessons: { 'stack-vs-heap': solved, 'manual-allocation': solved } });
  await lab.page.goto('./#/');
  await expect(lab.page.getByRole('link', { name: 'Go on to lesson 4: Sizes and layout' })).toBeVisible();
  await expect(lab.page.getByRole('link', { name: 'Back to lesson 2: Allocation by hand' })).toBeVisible();
});

test('Progress of lessons that this version does not have leads nowhere, and is kept [course]', async ({ lab }) => {
  await keep(lab, { version: 7, lessons: { 'zero-copy': { at: 2, steps: 9 }, later: { at: 5, steps: 20 } } });
  await lab.page.goto('./#/');
  await expect(last(lab)).toHaveText('Go on with lesson 8: Views without copies, step 2 of 9');
  await lab.open('#/lessons?l=malloc-free&n=3');
  await lab.expectStep(3);
  await expect
    .poll(() => lab.page.evaluate(() => localStorage.getItem('heapyard:/:progress')))
    .toMatch(/"zero-copy":.*"later":\{"at":5,"steps":20\},"malloc-free"/);
});

for (const width of [...phones, 600, 821]) {
  test(`The letters of the start page's drawing are large enough to read at ${width} pixels [narrow]`, async ({
    lab,
  }) => {
    await lab.page.setViewportSize({ width, height: 700 });
    await lab.page.goto('./#/');
    const drawing = lab.page.getByRole('img', { name: /A variable on the stack/ });
    await expect(drawing).toHaveCount(1);
    const pixels = await drawing.evaluate((element) => {
      const svg = element as unknown as SVGSVGElement;
      const size = parseFloat(getComputedStyle(svg.querySelector('text')!).fontSize);
      return (size * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width;
    });
    expect(pixels).toBeGreaterThanOrEqual(11);
  });
}

test('The map says how many lessons are solved, where the reader is, and how long each takes [course]', async ({
  lab,
}) => {
  await lab.page.goto('./#/lessons');
  await expect(lab.page.getByRole('link', { name: 'malloc and free' })).toContainText('About 40 minutes');
  await expect(lab.page.getByText('You are here')).toHaveCount(0);
  await expect(lab.page.getByText(/of 10 solved/)).toHaveCount(0);
  await lab.open('#/lessons?l=smart-pointers&n=2');
  await lab.expectStep(2);
  await lab.page.goto('./#/lessons');
  await expect(lab.page.getByText('0 of 10 solved')).toBeVisible();
  const here = lab.page.getByRole('link').and(lab.page.locator('[aria-current="location"]'));
  await expect(here).toHaveText(/Smart pointers\s*▸ You are here/);
});

for (const width of phones) {
  test(`Each row of the words is read without scrolling sideways at ${width} pixels [narrow]`, async ({ lab }) => {
    await lab.page.setViewportSize({ width, height: 700 });
    await lab.open('#/words');
    const row = lab.page.getByRole('row', { name: /^one owner of an object on the heap/ });
    await row.scrollIntoViewIfNeeded();
    await expect(row.getByRole('cell')).toHaveCount(4);
    await expect(row.getByRole('cell').locator('.of')).toHaveText(['C++', 'C', 'Rust', 'lesson']);
    for (const cell of await row.getByRole('cell').all()) {
      await expect(cell.locator('.of')).toBeVisible();
      const box = (await cell.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  });
}

test('The columns of the words stay named while the table scrolls, where there is room for one [course]', async ({
  lab,
}) => {
  await lab.open('#/words');
  const column = lab.page.getByRole('columnheader', { name: 'Rust' });
  await lab.page.getByRole('rowheader', { name: 'provenance' }).scrollIntoViewIfNeeded();
  await expect(column).toBeInViewport({ ratio: 1 });
});

test('Words are found by what any language calls them, and lead to lessons by their titles [course]', async ({
  lab,
}) => {
  await lab.open('#/words');
  await lab.page.getByRole('searchbox', { name: 'Find' }).fill('DROP::drop');
  const rows = lab.page.getByRole('rowheader');
  await expect(rows).toHaveText(['what runs when an object ends']);
  await lab.page.getByRole('searchbox', { name: 'Find' }).fill('leak');
  await expect(rows.first()).toHaveText('leak');
  await lab.page.getByRole('link', { name: 'A tracking allocator' }).click();
  await expect(lab.slider).toBeVisible();
});

test('A term that is looked for stands before those whose text has it [course]', async ({ lab }) => {
  await lab.open('#/glossary');
  const terms = lab.page.locator('heapyard-glossary dt');
  await lab.page.getByRole('searchbox', { name: 'Find' }).fill('leak');
  await expect(terms.first()).toHaveText('leak');
  await expect(terms).toContainText(['leak', 'cycle']);
  await lab.page.getByRole('searchbox', { name: 'Find' }).fill('free');
  await expect(terms.first()).toHaveText('free list');
});

test('A term leads to the lessons that use it [course]', async ({ lab }) => {
  await lab.open('#/glossary');
  const told = lab.page
    .locator('dt', { hasText: /^free list$/ })
    .locator('+ dd')
    .getByRole('link');
  await expect(told).toHaveText(['Memory pools']);
  await told.click();
  await expect(lab.slider).toBeVisible();
});

test('A letter leads to its terms and back without leaving the page [course][keys]', async ({ lab }) => {
  await lab.open('#/glossary');
  const { page } = lab;
  await page.getByRole('button', { name: 'Terms with S' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'S', exact: true })).toBeInViewport({ ratio: 1 });
  expect(await focused(lab)).toBe('letter-S');
  await expect(page).toHaveURL(/#\/glossary$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Terms with A' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Terms with A' })).toBeInViewport({ ratio: 1 });
});

test('The letters are large enough to touch [narrow]', async ({ browser, baseURL }) => {
  const viewport = { width: 320, height: 640 };
  const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true, baseURL: baseURL! });
  const page = await context.newPage();
  await page.goto('./#/glossary');
  await expect(page.getByRole('button', { name: 'Terms with A' })).toBeVisible();
  const boxes = await page
    .locator('heapyard-glossary button')
    .evaluateAll((buttons) => buttons.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  for (const { width, height } of boxes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`No link has the colours that browsers give to links, ${colorScheme} [theme]`, async ({ lab }) => {
    await lab.page.emulateMedia({ colorScheme });
    const lesson = 'lessons?l=smart-pointers&v=';
    for (const name of ['', 'lessons', 'words', 'glossary', `${lesson}teacher`, `${lesson}exercise`, 'lessons?l=no']) {
      await lab.page.goto(`./#/${name}`);
      await expect(lab.page.locator('.lab a').first()).toBeVisible();
      const odd = await lab.page.locator('a[href]').evaluateAll((links) => {
        const probe = document.body.appendChild(document.createElement('a'));
        probe.href = '#/';
        const blue = getComputedStyle(probe).color;
        probe.remove();
        return links.filter((link) => getComputedStyle(link).color === blue).map((link) => link.textContent);
      });
      expect(odd, name).toEqual([]);
    }
  });
}
