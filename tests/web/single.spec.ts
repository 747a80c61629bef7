import { copyFileSync, readFileSync } from 'node:fs';
import type { Browser, TestInfo } from '@playwright/test';
import { LabPage, expect, test } from './support/page.js';
import { openFile, saveBy, type Watched } from './support/saved.js';

/** Saves what is shown as a file, and opens that without a network. */
async function exported(
  lab: LabPage,
  browser: Browser,
  info: TestInfo,
): Promise<Watched & { text: string; name: string }> {
  const { path, name } = await saveBy(lab, /^Save as one HTML file/);
  await expect(lab.page.getByRole('status').filter({ hasText: `Saved as ${name}: ` })).toContainText(
    /: [\d.]+ (kB|MB)\./,
  );
  const kept = info.outputPath(name);
  copyFileSync(path, kept);
  return { ...(await openFile(browser, kept)), text: readFileSync(kept, 'utf8'), name };
}

test('A lesson saved as one file steps, asks and judges without a network [single][lesson]', async ({
  lab,
  browser,
}, info) => {
  await lab.open('#/lessons?l=memory-pools&m=4096&n=4');
  await lab.expectStep(4);
  const file = await exported(lab, browser, info);
  expect(file.name).toBe('heapyard-lesson-memory-pools.html');
  const { page } = file;
  await expect(page).toHaveTitle('Memory pools · Heapyard');
  await file.lab.expectStep(4);
  await page.keyboard.press('ArrowRight');
  await file.lab.expectStep(5);
  await expect(page.locator('heapyard-lesson-code .now')).toBeVisible();

  // A prediction: the lesson stops before each, and judges the answer by its own run.
  for (let press = 0; press < 80 && (await page.locator('.question').count()) === 0; ++press)
    await page.keyboard.press('ArrowRight');
  await page.locator('#answer').fill('1');
  await page.locator('.question').getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toContainText(/Right|It is/);

  // The recorded run of the other machine is in the file, too.
  await page.getByLabel('Machine').selectOption('x86_64');
  await expect(page.getByText('Recorded on a 64-bit machine')).toBeVisible();

  // The exercise: first not solved, then solved, in the rich editor.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Exercise', exact: true }).click();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('heapyard-exercise .verdict')).toContainText('Not yet');
  await page.getByText('Show a solution').click();
  const solution = await page.locator('heapyard-exercise .solution pre').textContent();
  await page.locator('heapyard-script-editor').first().click();
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(solution!);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('heapyard-exercise .verdict')).toContainText('Solved');
  expect(file.wrongs).toEqual([]);
});

test('An exercise saved as one file opens as an exercise, and keeps the attempt [single][exercise]', async ({
  lab,
  browser,
}, info) => {
  await lab.open('#/lessons?l=smart-pointers&v=exercise&m=4096&n=0');
  await expect(lab.page.locator('heapyard-exercise')).toBeVisible();
  const { page, wrongs, name } = await exported(lab, browser, info);
  expect(name).toBe('heapyard-exercise-smart-pointers.html');
  await expect(page.locator('heapyard-exercise')).toBeVisible();
  for (const choice of await page.getByRole('radio').all()) {
    await choice.check();
    await page.getByRole('button', { name: 'Check' }).click();
    const verdict = page.locator('heapyard-exercise .verdict');
    await expect(verdict).not.toBeEmpty();
    if ((await verdict.textContent())!.startsWith('Solved')) break;
  }
  await expect(page.locator('heapyard-exercise .verdict')).toContainText('Solved');
  await page.waitForTimeout(600);
  await page.reload();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  expect(wrongs).toEqual([]);
});

test('The heap lab saved as one file runs what is typed, on every allocator, and saves its picture [single][heap]', async ({
  lab,
  browser,
}, info) => {
  // A text that would end a script, were it not written with care.
  await lab.run('a = malloc 40 # </script><script>alert(1)</script> <!--\nb = malloc 8\nfree a\n', { n: 2 });
  const { page, lab: copy, wrongs } = await exported(lab, browser, info);
  await copy.expectStep(2);
  expect(await copy.text()).toContain('</script><script>alert(1)');
  await expect(copy.block('a')).toHaveCount(1);
  await page.keyboard.press('e');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('q = malloc 100\n');
  await expect(copy.block('q')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Allocator' }).selectOption('buddy');
  await expect(page.locator('heapyard-structure')).toContainText('used · 128 B');
  await copy.example('Double free');
  const download = page.waitForEvent('download');
  await copy.button('Save as SVG').click();
  expect((await download).suggestedFilename()).toMatch(/svg$/);
  expect(wrongs).toEqual([]);
});

test('The alignment lab saved as one file lays out what is typed [single][alignment]', async ({
  lab,
  browser,
}, info) => {
  await lab.open('#/alignment');
  await expect(lab.page.locator('heapyard-struct-rows').first()).toBeVisible();
  const { page, wrongs } = await exported(lab, browser, info);
  await page.keyboard.press('e');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('struct s { char a; long long b; char c; };\n');
  await expect(page.locator('.sentence')).toContainText('s takes 24 bytes');
  await page.getByRole('button', { name: 'Rewrite in this order' }).click();
  await expect(page.locator('.sentence')).toContainText('16 bytes');
  expect(wrongs).toEqual([]);
});

for (const [name, hash, part] of [
  ['race', '#/race', 'heapyard-race-lanes'],
  ['pool lab', '#/pool', 'heapyard-pool-grid'],
] as const) {
  test(`The ${name} saved as one file steps [single]`, async ({ lab, browser }, info) => {
    await lab.open(hash);
    const { page, lab: copy, wrongs } = await exported(lab, browser, info);
    await expect(page.locator(part)).toBeVisible();
    await page.keyboard.press('Home');
    await copy.expectStep(0);
    await page.keyboard.press('ArrowRight');
    await copy.expectStep(1);
    expect(wrongs).toEqual([]);
  });
}

test('Links out of a file lead to where it was made, theme and keys are its own [single]', async ({
  lab,
  browser,
}, info) => {
  await lab.open('#/lessons?l=malloc-free&m=4096&n=0');
  const home = new URL(lab.page.url()).origin;
  const { page, wrongs } = await exported(lab, browser, info);
  for (const link of await page.locator('a[href]:visible').all()) {
    const address = await link.evaluate((each) => (each as HTMLAnchorElement).href);
    if (
      await link.evaluate((each) => 'lines' in (each as HTMLElement).dataset || 'term' in (each as HTMLElement).dataset)
    )
      continue;
    expect(address).toMatch(/^https?:/);
  }
  expect(await page.getByRole('link', { name: /^Next:/ }).getAttribute('href')).toMatch(
    new RegExp(`^${home}/.*#/lessons\\?l=`),
  );
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByLabel('Theme').selectOption('dark');
  expect(await paper()).not.toBe(light);
  await page.getByLabel('Theme').blur();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('step back, step forward');
  await expect(page.getByRole('dialog')).not.toContainText('heap lab, race, pool lab');
  expect(wrongs).toEqual([]);
});

test('A part of a file that cannot be fetched is named, and nothing is saved [single][error]', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.run('a = malloc 40\n');
  await page.route('**/allocators.wasm', (route) => route.fulfill({ status: 503 }));
  await lab.button('Share').click();
  await lab.button(/^Save as one HTML file/).click();
  await expect(page.getByRole('alert')).toContainText('allocators.wasm could not be fetched. Is this computer still');
});
