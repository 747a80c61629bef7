import { expect, test, type Locator } from './support/page.js';

/** Whether all of it is laid out in the page's flow: it has room, and nothing around it cuts it off. */
async function onPaper(part: Locator): Promise<string> {
  return part.evaluate((element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return 'not laid out';
    const parent = (each: Element): Element | null =>
      each.assignedSlot ?? each.parentElement ?? (each.getRootNode() as ShadowRoot).host ?? null;
    for (let around = parent(element); around; around = parent(around)) {
      const { overflowY, position, contain } = getComputedStyle(around);
      if (/size|strict/.test(contain)) return `contained by ${around.tagName}.${around.className}`;
      if (position === 'fixed' || position === 'sticky') return `out of the flow by ${around.tagName}`;
      const edge = around.getBoundingClientRect();
      if (overflowY !== 'visible' && edge.bottom + 1 < box.bottom)
        return `cut off by ${around.tagName}.${around.className}`;
    }
    return box.bottom <= document.documentElement.scrollHeight + 1 ? 'whole' : 'below the end of the page';
  });
}

for (const theme of ['light', 'dark']) {
  test(`A lesson is printed as a handout, black on white, from the ${theme} page [print][lesson]`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/lessons?l=memory-pools&m=4096&n=40');
    await page.getByLabel('Theme').selectOption(theme);
    await expect(page.locator('heapyard-lesson-scene .frame').first()).toBeVisible();
    expect(await onPaper(page.locator('heapyard-lesson-code li').last()), 'a screen cuts it off').toMatch(
      /^cut|^contained/,
    );
    await page.emulateMedia({ media: 'print' });

    await expect(page.getByRole('heading', { name: 'Memory pools' })).toBeVisible();
    const lines = page.locator('heapyard-lesson-code li');
    await expect(lines.last()).toContainText('70}');
    for (const [what, part] of [
      ['the first line', lines.first()],
      ['the last line', lines.last()],
      ['the goals', page.locator('.paper li').first()],
      ['the end of the story', page.locator('heapyard-lesson-story .story > :last-child')],
      ['the further reading', page.locator('heapyard-lesson-story li').last()],
      ['the stack', page.locator('heapyard-lesson-scene .frame').last()],
      ['the heap', page.locator('heapyard-lesson-scene .object').last()],
      ['the last question', page.locator('.paper ol > li').last()],
      ['what the exercise begins with', page.locator('.paper pre')],
      ['the last goal of the exercise', page.locator('.paper ul').last().locator('li').last()],
    ] as const) {
      await expect.poll(() => onPaper(part), what).toBe('whole');
    }
    const questions = page.locator('.paper ol > li');
    await expect(questions).toHaveCount(3);
    for (const question of await questions.all()) {
      const room = await question.evaluate((each) => parseFloat(getComputedStyle(each).paddingBottom));
      expect(room, 'room for an answer').toBeGreaterThan(40);
    }
    await expect(page.locator('heapyard-transport')).toBeHidden();
    expect(await page.locator('button:visible, select:visible, input:visible, nav:visible').count()).toBe(0);

    const ink = await page
      .locator('.paper p')
      .first()
      .evaluate((each) => getComputedStyle(each).color);
    expect(ink).toBe('rgb(27, 34, 48)');
    // More than one sheet: what a screen shows at once would fit on one.
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThan(2);

    await page.emulateMedia({ media: 'screen' });
    await expect(page.locator('.paper').first()).toBeHidden();
  });
}

for (const [name, hash, part] of [
  ['heap lab', '#/heap', 'heapyard-heap-map'],
  ['pool lab', '#/pool', 'heapyard-pool-grid'],
  ['alignment lab', '#/alignment', 'heapyard-struct-rows.actual'],
  ['race', '#/race', 'heapyard-race-lanes'],
  ['glossary', '#/glossary', 'article > :last-child'],
] as const) {
  test(`The ${name} is printed whole, without controls [print]`, async ({ lab }) => {
    await lab.open(hash);
    await expect(lab.page.locator(part).last()).toBeAttached();
    await lab.page.emulateMedia({ media: 'print' });
    await expect.poll(() => onPaper(lab.page.locator(part).last())).toBe('whole');
    expect(await lab.page.locator('button:visible, select:visible, input:visible, nav:visible').count()).toBe(0);
  });
}

test('What is embedded is printed whole with the page around it [print][embed]', async ({ lab }) => {
  const { page } = lab;
  await page.goto('./embed.html?lesson=memory-pools&step=40&theme=dark');
  await expect(page.locator('heapyard-lesson-scene .frame').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  for (const part of ['heapyard-lesson-code li', 'heapyard-lesson-story li', '.paper li']) {
    await expect.poll(() => onPaper(page.locator(part).last()), part).toBe('whole');
  }
  const ink = await page
    .locator('.paper p')
    .first()
    .evaluate((each) => getComputedStyle(each).color);
  expect(ink).toBe('rgb(27, 34, 48)');
});

test('Print is one of the ways to share [print][share]', async ({ lab }) => {
  await lab.open('#/heap');
  await lab.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await lab.button('Share').click();
  await lab.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Print/ })
    .click();
  await expect(lab.page.locator('html[data-printed]')).toBeAttached();
  await expect(lab.page.getByRole('dialog')).toBeHidden();
});
