import { expect, test } from './support/page.js';

test('The grid shows every block of the pool, and the free list in its order [pool]', async ({ lab }) => {
  await lab.run('a = malloc 32\nb = malloc 20\nc = malloc 32\nfree a\nfree c\n', { n: 5 }, 'pool');
  await expect(lab.blocks).toHaveCount(8);
  await expect(lab.blocks.nth(2)).toHaveAttribute('aria-label', /free, number 1 in the free list/);
  await expect(lab.blocks.nth(0)).toHaveAttribute('aria-label', /free, number 2 in the free list/);
  await expect(lab.blocks.nth(1)).toHaveAttribute('aria-label', /b, used, 20 of 32 bytes/);
  await expect(lab.page.locator('heapyard-pool-grid .head-mark')).toHaveText('head');
});

test('What is freed last is handed out first [pool]', async ({ lab }) => {
  await lab.run('a = malloc 8\nb = malloc 8\nfree a\nfree b\nc = malloc 8\n', { n: 5 }, 'pool');
  await expect(lab.blocks.nth(1)).toHaveAttribute('aria-label', /c, used/);
  await expect(lab.blocks.nth(0)).toHaveAttribute('aria-label', /free/);
});

test('Block size and capacity can be changed [pool]', async ({ lab }) => {
  await lab.run('a = malloc 8\n', { n: 1 }, 'pool');
  await lab.page.getByLabel('Number of blocks').fill('20');
  await lab.page.keyboard.press('Tab');
  await expect(lab.blocks).toHaveCount(20);
  await lab.page.getByLabel('Bytes a block').fill('64');
  await lab.page.keyboard.press('Tab');
  await expect(lab.blocks.first()).toHaveAttribute('data-size', '64');
  await expect(lab.blocks).toHaveCount(20);
  await lab.page.getByLabel('Number of blocks').fill('0');
  await lab.page.keyboard.press('Tab');
  await expect(lab.page.getByRole('alert')).toContainText('No pool');
  await expect(lab.blocks).toHaveCount(20);
});

test('An exhausted pool refuses, and says so [pool]', async ({ lab }) => {
  await lab.open('#/pool');
  await lab.example('Exhaustion');
  await expect(lab.blocks).toHaveCount(4);
  await expect(lab.page.locator('g.free-block')).toHaveCount(0);
  await expect(lab.sentence).toContainText(/e/);
  await expect(lab.sentence).toContainText(/no|full|exhaust|null/i);
});

test('A double free is refused, with both lines [pool][fault]', async ({ lab }) => {
  await lab.open('#/pool');
  await lab.example('Double free');
  await expect(lab.faults).toContainText(/double free/i);
  await expect(lab.faults).toContainText(/line 3/i);
  await expect(lab.page.locator('heapyard-pool-grid .outline-fault[width]')).toHaveCount(1);
});

test('A block of the pool can be chosen and freed [pool]', async ({ lab }) => {
  await lab.run('a = malloc 32\nb = malloc 20\n', { n: 2 }, 'pool');
  await lab.pick(lab.blocks.nth(0));
  await lab.button('Free a').click();
  await lab.expectStep(3);
  await expect(lab.blocks.nth(0)).toHaveAttribute('aria-label', /free/);
});

test('The blocks of the grid are those of the text twin [pool][twin]', async ({ lab }) => {
  await lab.run('a = malloc 32\nb = malloc 20\nc = malloc 32\nfree a\n', { n: 4 }, 'pool');
  const twin = await lab.twin();
  const told = [...twin.matchAll(/^\s+0x([\da-f]+)\s+(\d+)\s+(used|free)/gm)].map((match) => ({
    offset: parseInt(match[1]!, 16),
    size: Number(match[2]),
    state: match[3]!,
  }));
  expect((await lab.drawn()).map(({ offset, size, state }) => ({ offset, size, state }))).toEqual(told);
});

test('A large pool is still drawn [pool]', async ({ lab }) => {
  await lab.run('a = malloc 32\n', { n: 1, c: 500 }, 'pool');
  await expect(lab.blocks).toHaveCount(500);
  await lab.run('a = malloc 32\n', { n: 1, c: 100000 }, 'pool');
  await expect(lab.page.locator('heapyard-heap-overview canvas, heapyard-heap-map svg').first()).toBeVisible();
});

test('A block size that is rounded up says to what [pool]', async ({ lab }) => {
  await lab.open('#/pool');
  await lab.page.getByLabel('Bytes a block').fill('24');
  await lab.page.keyboard.press('Tab');
  await expect(lab.blocks.first()).toHaveAttribute('data-size', '32');
  await expect(lab.page.locator('.settings')).toContainText('(32, rounded up so that each is aligned)');
});
