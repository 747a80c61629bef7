import { expect, test } from './support/page.js';

const script =
  'a = malloc 100\nb = malloc 64\nc = malloc 60\nd = malloc 64\nfree a\nfree c\ne = malloc 50\nf = malloc 20\n';

test('A race opens with a workload, where most of it is live, on several allocators [race]', async ({ lab }) => {
  await lab.open('#/race');
  await expect(lab.page.locator('.shows', { hasText: 'A steady number of blocks' })).toBeVisible();
  const lanes = lab.page.locator('heapyard-race-lanes li');
  await expect(lanes).toHaveCount(5);
  await expect(lanes.first()).toContainText('free list, first fit');
  await expect(lab.page.getByRole('button', { name: /^Where most is live/ })).toBeDisabled();
  await expect(lab.sentence).toContainText(/Step \d+: b\d+ = malloc/);
});

test('The buttons lead to where the allocators part, and to where one fails [race]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,free-list:address-ordered', m: 4096, n: 0 }, 'race');
  await expect(lab.page.getByText('They part at step 7, line 7: e = malloc 50.')).toBeVisible();
  await lab.button('Where they part: step 7').click();
  await lab.expectStep(7);
  await expect(lab.page.locator('heapyard-race-lanes .parted')).toHaveText(/puts it first/);

  await lab.run(`${script}g = malloc 4000\n`, { a: 'free-list,tlsf', m: 4096, n: 0 }, 'race');
  await expect(lab.page.getByRole('row', { name: /TLSF/ })).toContainText('failed at step 9');
  await lab.page.getByRole('row', { name: /TLSF/ }).getByRole('button', { name: 'Show' }).click();
  await lab.expectStep(9);
  await expect(lab.page.locator('heapyard-race-lanes')).toContainText('finds no room');
});

test('The strips of all lanes have one scale, and step with the keyboard [race][keys]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,buddy,slab', m: 4096, n: 0 }, 'race');
  const widths = await lab.page
    .locator('heapyard-race-lanes canvas')
    .evaluateAll((all) => all.map((each) => each.clientWidth));
  expect(new Set(widths).size).toBe(1);
  expect(widths[0]).toBeGreaterThan(300);
  const pictures = () =>
    lab.page
      .locator('heapyard-race-lanes canvas')
      .evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()));
  const before = await pictures();
  for (let step = 0; step < 4; ++step) await lab.page.keyboard.press('ArrowRight');
  await lab.expectStep(4);
  const after = await pictures();
  after.forEach((picture, lane) => expect(picture, `lane ${lane}`).not.toBe(before[lane]));
  expect(new Set(after).size, 'each lane has a picture of its own').toBe(after.length);
  await lab.page.keyboard.press('End');
  await lab.expectStep(8);
});

test('The frame around a free block ends with its strip, however far the block reaches [race]', async ({ lab }) => {
  await lab.run('a = malloc 40\nfree a\n', { a: 'free-list,tlsf', m: 65536, n: 2 }, 'race');
  const frames = lab.page.locator('heapyard-race-lanes .now');
  await expect(frames).toHaveCount(2);
  const strip = (await lab.page.locator('heapyard-race-lanes .strip').first().boundingBox())!;
  for (const frame of await frames.all()) {
    const box = (await frame.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(strip.x - 2);
    expect(box.x + box.width).toBeLessThanOrEqual(strip.x + strip.width + 2);
  }
});

test('Allocators are chosen from a list that the keyboard opens and closes [race][keys]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,pool:128', m: 4096, n: 2 }, 'race');
  const chooser = lab.page.locator('.choose');
  await chooser.getByText('2 allocators').focus();
  await lab.page.keyboard.press('Enter');
  await expect(chooser.getByRole('checkbox', { name: 'pool:128' })).toBeChecked();
  await chooser.getByRole('checkbox', { name: 'TLSF' }).check();
  await expect(lab.page.locator('heapyard-race-lanes li')).toHaveCount(3);
  await lab.expectStep(2);
  await chooser.getByRole('checkbox', { name: 'pool:128' }).uncheck();
  await chooser.getByRole('checkbox', { name: 'TLSF' }).uncheck();
  await expect(chooser.getByRole('checkbox', { name: 'free list, first fit', exact: true })).toBeDisabled();
  await lab.page.keyboard.press('Escape');
  await expect(chooser.getByRole('group')).toBeHidden();
});

test('A link holds script, allocators, arena and step of a race; a wrong one says so [race][address]', async ({
  lab,
}) => {
  await lab.run(script, { a: 'free-list,buddy', m: 4096, n: 3 }, 'race');
  await lab.page.keyboard.press('ArrowRight');
  await expect.poll(() => lab.page.evaluate(() => location.hash)).toContain('n=4');
  const hash = await lab.page.evaluate(() => location.hash);
  expect(hash).toContain('a=free-list%2Cbuddy');
  await lab.open('#/');
  await lab.open(hash);
  await lab.expectStep(4);
  await expect(lab.page.locator('heapyard-race-lanes li')).toHaveCount(2);

  await lab.run(script, { a: 'free-list,banana', m: 4096, n: 0 }, 'race');
  await expect(lab.page.getByRole('alert')).toContainText('there is no allocator `banana`');
  await lab.run(script, { a: 'free-list,<b>', m: 4096, n: 0 }, 'race');
  await expect(lab.page.getByText('what it calls an allocator is no name of one')).toBeVisible();
});

test('A workload is chosen, and its seed and length are changed [race]', async ({ lab }) => {
  await lab.open('#/race');
  await lab.example('Bimodal');
  await expect(lab.page.locator('.shows', { hasText: 'Very many small blocks' })).toBeVisible();
  const before = await lab.text();
  await lab.page.getByLabel('seed').fill('5');
  await lab.page.keyboard.press('Enter');
  await expect.poll(() => lab.text()).not.toBe(before);
  await lab.page.getByLabel('calls').fill('50');
  await lab.page.keyboard.press('Enter');
  await expect.poll(async () => (await lab.text()).length).toBeLessThan(before.length / 2);
  await lab.example('Against best fit');
  await expect(lab.page.getByLabel('seed')).toBeHidden();
  await expect(lab.page.getByRole('row', { name: /best fit/ })).toContainText('failed at step 10');
});

test('A script with a problem keeps the last race in view, and one that is mended runs [race]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,buddy', m: 4096, n: 0 }, 'race');
  await lab.page.keyboard.press('e');
  await expect(lab.page.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.type('x = mallok 3\n');
  await expect(lab.page.getByRole('alert')).toContainText('cannot be read');
  await expect(lab.page.locator('heapyard-race-lanes li')).toHaveCount(2);
  expect(await lab.twin()).toMatch(/over 8 steps/);
  await lab.page.locator('.cm-content').focus();
  await lab.page.keyboard.press('ControlOrMeta+a');
  await lab.page.keyboard.type('a = malloc 8\nfree a');
  await expect(lab.page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => lab.twin()).toMatch(/over 2 steps/);
});

test('What is typed over a generated script is the own one: no seed, no sentence of the other [race]', async ({
  lab,
}) => {
  await lab.open('#/race');
  await expect(lab.page.getByLabel('seed')).toBeVisible();
  await expect(lab.page.getByLabel('Ready-made scripts')).toHaveValue('churn');
  await lab.page.keyboard.press('e');
  await expect(lab.page.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('ControlOrMeta+a');
  await lab.page.keyboard.type('a = malloc 8');
  await expect(lab.page.getByLabel('seed')).toBeHidden();
  await expect(lab.page.locator('.shows')).toContainText('One script on several allocators.');
  await expect(lab.page.getByLabel('Ready-made scripts')).toHaveValue('');
  await lab.page.keyboard.press('ControlOrMeta+z');
  await lab.page.keyboard.press('ControlOrMeta+z');
  await expect(lab.page.getByLabel('seed')).toHaveValue('1');
});

test('A link to a generated script brings its sentence, seed and length along [race][address]', async ({ lab }) => {
  await lab.open('#/race');
  await lab.example('Bimodal');
  await lab.page.getByLabel('seed').fill('7');
  await lab.page.keyboard.press('Enter');
  await expect.poll(() => lab.text()).toContain('seed 7');
  await expect.poll(() => lab.page.evaluate(() => location.hash)).toContain('s=');
  await lab.page.waitForTimeout(400);
  await lab.page.reload();
  await expect(lab.page.getByLabel('seed')).toHaveValue('7');
  await expect(lab.page.locator('.shows')).toContainText('Very many small blocks');
});

test('An adversary comes with the allocator that it is against, and n leads to where that fails [race][keys]', async ({
  lab,
}) => {
  await lab.open('#/race');
  await lab.example('Against worst fit');
  const lanes = lab.page.locator('heapyard-race-lanes li');
  await expect(lanes).toHaveCount(6);
  await lab.page.keyboard.press('n');
  await expect(lanes.filter({ hasText: 'worst fit' }).locator('.failed')).toHaveText('finds no room');
  await lab.button(/^The first failure/).click();
  await expect(lab.button(/^The first failure/)).toBeDisabled();
  await expect(lanes.locator('.failed').first()).toBeVisible();
});

test('Keys for the blocks of one heap do nothing in a race, and nothing breaks [race][keys]', async ({ lab }) => {
  const broken: string[] = [];
  lab.page.on('pageerror', (error) => broken.push(error.message));
  await lab.run(script, { a: 'free-list,buddy', m: 4096, n: 3 }, 'race');
  const before = await lab.text();
  for (const key of ['Delete', 'j', 'k', '+', '-', '0', 'w']) await lab.page.keyboard.press(key);
  await lab.expectStep(3);
  expect(await lab.text()).toBe(before);
  expect(broken).toEqual([]);
});

test('A button that leads to a step keeps the focus, also at the end of its way [race][keys]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,free-list:address-ordered', m: 4096, n: 0 }, 'race');
  const jump = lab.button(/^Where they part/);
  await jump.focus();
  await lab.page.keyboard.press('Enter');
  await lab.expectStep(7);
  await expect(jump).toBeFocused();
  await lab.button('Step forward').focus();
  await lab.page.keyboard.press('End');
  await expect(lab.button('Step forward')).toBeFocused();
});

test('A strip tells the block under the pointer, and leads to its heap lab [race]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,buddy', m: 4096, n: 4 }, 'race');
  const strip = lab.page.locator('heapyard-race-lanes .strip').nth(1);
  const now = (await strip.locator('.now').boundingBox())!;
  await lab.page.mouse.move(now.x + now.width / 2, now.y + now.height / 2);
  await expect(lab.page.locator('.pointed')).toHaveText(/^d: \d+ bytes at 0x/);
  await lab.button('Open this step on buddy in the heap lab').click();
  await expect(lab.page).toHaveURL(/#\/heap/);
  await lab.expectStep(4);
  await expect(lab.page.getByLabel('Allocator')).toHaveValue('buddy');
});

test('A script as short as its first line is told its problem [race]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,tlsf', m: 4096, n: 0 }, 'race');
  await lab.page.keyboard.press('e');
  await expect(lab.page.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('ControlOrMeta+a');
  await lab.page.keyboard.type('free zz');
  await expect(lab.page.getByRole('alert')).toContainText('1 line cannot be read');
});

test('The speed of a race is measured when it is asked for [race]', async ({ lab }) => {
  await lab.run(script.repeat(20), { a: 'free-list,bump', m: 65_536, n: 0 }, 'race');
  await expect(lab.page.getByRole('row', { name: /bump/ })).toContainText('–');
  await lab.button('Measure the speed').click();
  await expect(lab.page.getByRole('row', { name: /bump/ })).toContainText(/\d\.\d ns/, { timeout: 20_000 });
  await expect(lab.button('Measure again')).toBeVisible();
});

test('The curves are drawn, and a click on one leads to its step [race]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,buddy', m: 4096, n: 0 }, 'race');
  const plot = lab.page.locator('heapyard-race-curves .u-over').first();
  await plot.scrollIntoViewIfNeeded();
  const box = (await plot.boundingBox())!;
  await lab.page.mouse.click(box.x + box.width - 3, box.y + box.height / 2);
  await lab.expectStep(8);
});

test('A race is told in words, too [race][access]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list,tlsf', m: 4096, n: 3 }, 'race');
  expect(await lab.twin()).toMatch(/^A race of 2 allocators over 8 steps, in arenas of 4096 bytes\./);
});

test('The heap lab leads to a race of its script, and back [race][heap]', async ({ lab }) => {
  await lab.run(script, { a: 'free-list:worst-fit', m: 4096, n: 3 });
  await lab.button('Race').click();
  await expect(lab.page.locator('heapyard-race-lanes li')).toHaveCount(6);
  await expect(lab.page.locator('heapyard-race-lanes li').first()).toContainText('worst fit');
  await lab.expectStep(3);
  expect(await lab.text()).toBe(script);
  await lab.page.goBack();
  await expect(lab.page.locator('heapyard-heap-map')).toBeVisible();
  await lab.expectStep(3);
});
