import { expect, test } from './support/page.js';

const script = `a = malloc 40
b = malloc 64
c = malloc 72
free b
d = malloc 24
`;

interface Told {
  offset: number;
  size: number;
  state: string;
  payload: number;
}

/** Rebuilds the blocks from the words of the twin alone. */
function blocksOfTwin(twin: string): Told[] {
  const told: Told[] = [];
  for (const line of twin.split('\n')) {
    const match = /^\s+0x([\da-f]+)\s+(\d+)\s+(used|free|control)(?:.*payload (\d+))?/.exec(line);
    if (!match) continue;
    told.push({
      offset: parseInt(match[1]!, 16),
      size: Number(match[2]),
      state: match[3]!,
      payload: Number(match[4] ?? 0),
    });
  }
  return told;
}

test('The blocks rebuilt from the text twin are the blocks drawn, at every step [heap][twin]', async ({ lab }) => {
  await lab.open();
  for (const example of ['Coalescing three neighbours', 'realloc, in place or moved', 'Reuse after free']) {
    await lab.example(example);
    await lab.page.keyboard.press('Home');
    const last = Number(await lab.slider.getAttribute('aria-valuemax'));
    for (let step = 0; step <= last; ++step) {
      await lab.expectStep(step);
      const told = blocksOfTwin(await lab.twin());
      expect(told.length, `${example}, step ${step}`).toBeGreaterThan(0);
      expect(await lab.drawn(), `${example}, step ${step}`).toEqual(told);
      await lab.page.keyboard.press('ArrowRight');
    }
  }
});

test('The blocks cover the arena without gap or overlap [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  let end = 0;
  for (const block of await lab.drawn()) {
    expect(block.offset).toBe(end);
    end += block.size;
  }
  expect(end).toBe(512);
});

test('A click on a block shows its facts, its life and its bytes [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.pick(lab.block('c'));
  await expect(lab.block('c')).toHaveAttribute('aria-pressed', 'true');
  await expect(lab.inspector.getByRole('heading')).toContainText('c');
  await expect(lab.inspector).toContainText('72');
  await expect(lab.inspector.getByRole('list')).toContainText('c = malloc 72');
  await expect(lab.inspector.locator('.bytes div').first()).toBeVisible();
  await expect(lab.page.locator('.outline-selected[d]')).not.toHaveCount(0);
});

test('The life of a block leads to its steps [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.inspector.getByRole('listitem').filter({ hasText: 'free b' }).getByRole('button').click();
  await lab.expectStep(4);
});

test('Keys walk over the blocks by address, and Escape lets go [heap][keys]', async ({ lab }) => {
  await lab.run(script, { n: 3 });
  const offsets = (await lab.drawn()).map((block) => block.offset);
  await lab.pick(lab.block('a'));
  const at = Number(await lab.block('a').getAttribute('data-offset'));
  await lab.page.keyboard.press('j');
  const chosen = lab.page.locator('g.block[aria-pressed="true"]');
  await expect(chosen).toHaveAttribute('data-offset', String(offsets[offsets.indexOf(at) + 1]));
  await lab.page.keyboard.press('ArrowUp');
  await expect(chosen).toHaveAttribute('data-offset', String(at));
  await lab.page.keyboard.press('Escape');
  await expect(lab.button('Follow the steps')).toHaveCount(0);
});

test('A chosen block is freed: the script gets the line and the step shows it [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.pick(lab.block('a'));
  await lab.button('Free a').click();
  await lab.expectStep(6);
  expect(await lab.text()).toBe(`${script}free a\n`);
  await expect(lab.block('a')).toHaveCount(0);
});

test('A size that is typed is allocated under a fresh name [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.page.getByLabel('Bytes to allocate').fill('16');
  await lab.page.keyboard.press('Enter');
  await lab.expectStep(6);
  expect(await lab.text()).toBe(`${script}e = malloc 16\n`);
  await expect(lab.block('e')).toHaveAttribute('data-payload', '16');
});

test('In the middle of a script, a call goes where the step stands [heap]', async ({ lab }) => {
  await lab.run(script, { n: 2 });
  await lab.pick(lab.block('b'));
  await lab.page.keyboard.press('Delete');
  await lab.expectStep(3);
  expect((await lab.text()).split('\n').slice(1, 4)).toEqual(['b = malloc 64', 'free b', 'c = malloc 72']);
});

test('A nonsensical size is told at its field, and the script stays as it is [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  const field = lab.page.getByLabel('Bytes to allocate');
  for (const nonsense of ['many', '-5', '1e9', '3.5', '16; rm']) {
    await field.fill(nonsense);
    await lab.page.keyboard.press('Enter');
    expect(await field.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain('A number of bytes');
  }
  expect(await lab.text()).toBe(script);
  await field.fill('0x10');
  await lab.page.keyboard.press('Enter');
  expect(await lab.text()).toBe(`${script}e = malloc 0x10\n`);
});

test('Why there? tells the inner steps, and pointing at one lights its block [heap][why]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.button('Why there?').click();
  const reasons = lab.page.getByRole('region', { name: 'Why there?' }).getByRole('listitem');
  await expect(reasons.first()).toBeVisible();
  await expect(reasons.filter({ hasText: 'chosen' })).toHaveCount(1);
  await reasons.first().hover();
  await expect(lab.page.locator('.outline-lit').first()).toBeAttached();
  await lab.page.keyboard.press('w');
  await expect(reasons).toHaveCount(0);
});

test('The free list is drawn: a head and an arrow to each next block [heap]', async ({ lab }) => {
  await lab.run('a = malloc 40\nb = malloc 40\nc = malloc 40\nd = malloc 40\nfree a\nfree c\n', { n: 6 });
  const free = (await lab.drawn()).filter((block) => block.state === 'free').length;
  expect(free).toBe(3);
  await expect(lab.page.locator('.free-head text')).toHaveText('head');
  await expect(lab.page.locator('heapyard-heap-map path.link')).toHaveCount(free - 1 + 1); // and the head's own
});

test('An allocator can be chosen, and an arena that is too small says so [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await lab.page.getByRole('combobox', { name: /^Allocator/ }).selectOption('pool:64');
  await expect(lab.blocks.and(lab.page.locator('[data-size="64"]')).first()).toBeAttached();
  await lab.run('a = malloc 40\n', { m: 8, n: 1 });
  await expect(lab.page.locator('.refused')).toBeVisible();
});

test('Every allocator that is offered runs the script and says what it is made of [heap]', async ({ lab }) => {
  await lab.run(script, { n: 5, m: 4096 });
  const choice = lab.page.getByRole('combobox', { name: /^Allocator/ });
  const names = await choice
    .locator('option')
    .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
  expect(names.length).toBeGreaterThan(10);
  await lab.page.getByText('The same in words').click();
  for (const name of names) {
    await choice.selectOption(name);
    await expect(lab.page).toHaveURL(new RegExp(`a=${encodeURIComponent(name)}&`));
    await expect(lab.page.locator('.twin')).toContainText(/Step 5 of/);
    await expect(lab.page.locator('.refused')).toHaveCount(0);
    await expect(lab.blocks.first()).toBeAttached();
  }
  await expect(lab.page.locator('.twin')).toContainText('bits of the first level');
});

test('A link to an allocator that comes later opens on it, and one that there is not says so [heap]', async ({
  lab,
}) => {
  await lab.run('a = malloc 40\nfree a\n', { a: 'buddy', n: 1 });
  await expect(lab.page.getByRole('combobox', { name: /^Allocator/ })).toHaveValue('buddy');
  await expect(lab.page.locator('.notice')).toHaveCount(0);
  await expect(lab.blocks.and(lab.page.locator('[data-size="64"]')).first()).toBeAttached();
  await lab.run('a = malloc 40\n', { a: 'jemalloc' });
  await expect(lab.page.locator('.refused')).toContainText('there is no allocator `jemalloc`');
});

test('Failed allocations are told in plain words [heap]', async ({ lab }) => {
  await lab.open();
  await lab.example('Enough is free, but not in one piece');
  await expect(lab.sentence).toContainText('120');
  const free = (await lab.drawn()).filter((block) => block.state === 'free').map((block) => block.size);
  expect(free.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(128);
  expect(Math.max(...free)).toBeLessThan(128);
});

test('A full heap has no head of a free list [heap]', async ({ lab }) => {
  await lab.run('a = malloc 216\n', { m: 256, n: 0 });
  await expect(lab.page.locator('.free-head')).toHaveCount(1);
  await lab.page.keyboard.press('ArrowRight');
  await expect(lab.page.locator('g.free-block')).toHaveCount(0);
  await expect(lab.page.locator('.free-head')).toHaveCount(0);
});
