import { expect, test, type LabPage } from './support/page.js';

const script = 'a = malloc 40\nb = malloc 100\nc = malloc 24\nd = malloc 24\nfree b\n';

/** It stands below the picture, and is drawn where it is seen. */
async function run(lab: LabPage, text: string, allocator: string, step: number): Promise<void> {
  await lab.run(text, { a: allocator, m: 4096, n: step });
  await lab.page.locator('heapyard-structure').scrollIntoViewIfNeeded();
}

const kept = (lab: LabPage) => lab.page.getByRole('region', { name: 'What the allocator keeps' });

test('The bits of TLSF are cells, and those that the step flipped are marked [structure]', async ({ lab }) => {
  await run(lab, script, 'tlsf', 5);
  const levels = kept(lab).locator('dt', { hasText: 'bits of the first level' });
  await expect(levels).toHaveText(/changed by this step/);
  await expect(kept(lab).locator('.bit.flipped')).toHaveCount(2);
  await expect(kept(lab).locator('.bit.flipped.one').first()).toHaveAttribute('title', /bit 0, 0 before this step/);
  await lab.page.keyboard.press('Home');
  await expect(kept(lab).locator('dt').filter({ hasText: 'changed' })).toHaveCount(0);
  await expect(kept(lab).locator('dt')).not.toHaveCount(0);
});

test('The tree of a buddy allocator is drawn, level under level, and a region leads to its block [structure]', async ({
  lab,
}) => {
  await run(lab, script, 'buddy', 4);
  const regions = kept(lab).locator('.region');
  await expect(regions.filter({ hasText: /^\s*split: 0x\d00, 256 bytes/ })).toHaveCount(1);
  const levels = new Set(
    await regions.locator('.frame').evaluateAll((all) => all.map((each) => each.getAttribute('y'))),
  );
  expect(levels.size).toBeGreaterThan(2);
  const free = regions.filter({ hasText: /free: 0x280, 128 bytes, of which none/ });
  await free.locator('.frame').click();
  await expect(lab.inspector).toContainText('0x280');
});

test('The lists of a slab allocator are told, and an address of one leads to its block by keyboard [structure]', async ({
  lab,
}) => {
  await run(lab, script, 'slab', 5);
  await expect(kept(lab).locator('dt').filter({ hasText: 'changed' })).toHaveText(/free, 112 bytes/);
  const first = kept(lab).locator('dt', { hasText: 'free, 112 bytes' }).locator('+ dd button').first();
  await first.focus();
  await lab.page.keyboard.press('Enter');
  await expect(lab.inspector).toContainText((await first.textContent())!.trim());
});

test('What is told of a structure is what the words tell [structure][twin]', async ({ lab }) => {
  for (const allocator of ['free-list:next-fit', 'stack', 'bump', 'tlsf', 'slab']) {
    await run(lab, script, allocator, 5);
    const twin = await lab.twin();
    const names = await kept(lab).locator('dt').allTextContents();
    expect(names.length, allocator).toBeGreaterThan(0);
    for (const name of names) expect(twin, allocator).toContain(`${name.split(', changed')[0]!.trim()}:`);
  }
});

test('A long list is cut, and says how much is left out [structure]', async ({ lab }) => {
  const names = Array.from({ length: 40 }, (_, index) => `v${index}`);
  const text = names.map((name) => `${name} = malloc 16\n`).join('') + names.map((name) => `free ${name}\n`).join('');
  await run(lab, text, 'pool:32', 80);
  await expect(kept(lab).locator('dd')).toContainText(/and \d+ more/);
});
