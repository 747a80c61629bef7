import { expect, test } from './support/page.js';

const unoptimised = 'struct Unoptimised {\n  u8 a;\n  u32 b;\n  u16 c;\n  u64 d;\n};\n';

test('The bytes of a struct are drawn with every padding byte [alignment]', async ({ lab }) => {
  await lab.run(unoptimised, { abi: 'x86_64' }, 'alignment');
  await expect(lab.sentence).toContainText('24 bytes, 9 of them padding');
  const actual = lab.page.locator('heapyard-struct-rows.actual');
  const members = await actual.locator('g.member').evaluateAll((elements) =>
    elements.map((element) => {
      const { name, offset, size } = (element as unknown as HTMLElement).dataset;
      return [name, Number(offset), Number(size)];
    }),
  );
  expect(members).toEqual([
    ['a', 0, 1],
    ['b', 4, 4],
    ['c', 8, 2],
    ['d', 16, 8],
  ]);
  const padding = await actual.locator('g.padding-bytes').evaluateAll((elements) =>
    elements.map((element) => {
      const { offset, size } = (element as unknown as HTMLElement).dataset;
      return [Number(offset), Number(size)];
    }),
  );
  expect(padding).toEqual([
    [1, 3],
    [10, 6],
  ]);
});

test('Another ABI gives other sizes, and all stand side by side [alignment]', async ({ lab }) => {
  await lab.run(unoptimised, { abi: 'x86_64' }, 'alignment');
  await lab.button('i386').click();
  await expect(lab.button('i386')).toHaveAttribute('aria-pressed', 'true');
  await expect(lab.sentence).toContainText('20 bytes');
  const rows = lab.page.getByRole('table').locator('tbody tr');
  await expect(rows).toHaveCount(5);
  const sizes = await rows.locator('td:nth-of-type(1)').allTextContents();
  expect(sizes).toEqual(['24', '24', '20', '24', '24']);
  await lab.page.keyboard.press('ArrowLeft');
  await expect(lab.button('aarch64')).toHaveAttribute('aria-pressed', 'true');
});

test('The minimal order stands beside it and can be taken over [alignment]', async ({ lab }) => {
  await lab.run(unoptimised, { abi: 'x86_64' }, 'alignment');
  const minimal = lab.page.getByRole('region', { name: 'Minimal order' });
  await expect(minimal).toContainText('16 bytes, 8 fewer');
  await expect(minimal).toContainText('proved');
  await lab.button('Rewrite in this order').click();
  await expect(lab.sentence).toContainText('16 bytes');
  await expect(minimal).toContainText('already minimal');
  expect(await lab.text()).toMatch(/^struct Unoptimised \{\n {2}u64 d;/);
});

test('Tail padding is named [alignment]', async ({ lab }) => {
  await lab.run('struct T { u64 a; u8 b; };\n', { abi: 'x86_64' }, 'alignment');
  await expect(lab.page.locator('heapyard-struct-rows.actual')).toContainText('7 tail padding');
  await expect(lab.sentence).toContainText('7 at the tail');
});

test('An error in the struct stands in its place [alignment][editor]', async ({ lab }) => {
  await lab.run('struct T {\n  u8 a;\n  nothing b;\n};\n', { abi: 'x86_64' }, 'alignment');
  await expect(lab.editor.locator('.row[data-line="3"] .problem-note')).toBeVisible();
});

test('The struct is edited in the same editor [alignment][editor]', async ({ lab }) => {
  await lab.run('struct T {\n  u8 a;\n};\n', { abi: 'x86_64' }, 'alignment');
  await lab.editor.getByText('u8').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('End');
  await lab.page.keyboard.type('\nu64 b;');
  await expect(lab.sentence).toContainText('16 bytes, 7 of them padding');
});

test('With several structs, each can be shown [alignment]', async ({ lab }) => {
  await lab.open('#/alignment');
  await lab.example('A struct in a struct');
  await expect(lab.sentence).toContainText('Sprite');
  await lab.page.getByLabel('Struct shown').selectOption('Point');
  await expect(lab.sentence).toContainText('Point takes 8 bytes');
});

test('A struct with a very long array still draws, its alike rows folded [alignment]', async ({ lab }) => {
  await lab.run('struct T { u8 a; char name[1000000]; u32 b; };\n', { abi: 'x86_64' }, 'alignment');
  await expect(lab.page.locator('heapyard-struct-rows.actual')).toContainText('rows alike');
  expect(await lab.page.locator('heapyard-struct-rows.actual g.member').count()).toBeLessThan(20);
});

test('Nothing to draw is said, not an empty page [alignment]', async ({ lab }) => {
  await lab.run('\n', { abi: 'x86_64' }, 'alignment');
  await expect(lab.sentence).not.toBeEmpty();
});
