import { readFileSync } from 'node:fs';
import { LabPage, expect, test } from './support/page.js';
import { saveBy } from './support/saved.js';

const script = 'a = malloc 40\nb = malloc 8\nfree a\n';

/** How wide and high a PNG is, and the colours of three of its pixels, as this browser decodes it. */
async function pixels(lab: LabPage, path: string) {
  const address = `data:image/png;base64,${readFileSync(path).toString('base64')}`;
  return lab.page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return { width: canvas.width, height: canvas.height, corner: `${[...data.slice(0, 3)]}`, colours: colours.size };
  }, address);
}

for (const [name, open, part] of [
  ['heap lab', (lab: LabPage) => lab.run(script, { n: 2 }), 'g.used-block'],
  ['pool lab', (lab: LabPage) => lab.run('a = malloc 8\n', { n: 1 }, 'pool'), 'heapyard-pool-grid'],
  ['alignment lab', (lab: LabPage) => lab.open('#/alignment'), 'heapyard-struct-rows'],
] as const) {
  test(`The picture of the ${name} is saved as SVG, and in twice as many pixels as PNG [share][picture]`, async ({
    lab,
  }) => {
    await open(lab);
    await expect(lab.page.locator(part).first()).toBeVisible();
    const { path, name: svgName } = await saveBy(lab, /^Save as SVG/);
    const svg = readFileSync(path, 'utf8');
    expect(svg).toMatch(/^<svg [^>]*width="(\d+)" height="(\d+)"/);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    await expect(lab.page.getByRole('status').filter({ hasText: `Saved as ${svgName}: ` })).toBeVisible();
    await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    const png = await saveBy(lab, /^Save as PNG/);
    expect(png.name).toBe(svgName.replace('.svg', '.png'));
    const seen = await pixels(lab, png.path);
    expect([seen.width, seen.height]).toEqual([2 * width!, 2 * height!]);
    expect(seen.corner).toBe('251,250,247'); // paper
    expect(seen.colours).toBeGreaterThan(8);
    await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    // As the page is: dark, when that was chosen.
    await lab.page.getByLabel('Theme').selectOption('dark');
    expect((await pixels(lab, (await saveBy(lab, /^Save as PNG/)).path)).corner).toBe('17,20,26');
  });
}

test('Where there is no picture none is offered: of a lesson, of a race [share][picture]', async ({ lab }) => {
  for (const hash of ['#/lessons?l=malloc-free&m=4096&n=3', '#/race']) {
    await lab.open(hash);
    await lab.button('Share').click();
    await expect(lab.button(/^Save as one HTML file/)).toBeVisible();
    await expect(lab.page.getByRole('dialog').getByRole('button', { name: /^Save as (SVG|PNG)/ })).toHaveCount(0);
    await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  }
});

test('A script is saved as a file that the page opens again, and with what the program is called [share][file]', async ({
  lab,
}) => {
  await lab.run(script, { n: 2, a: 'buddy', m: 1024 });
  const { path, name } = await saveBy(lab, /^Save the script/);
  expect(name).toBe('heapyard.heap');
  expect(readFileSync(path, 'utf8')).toBe(script);
  await expect(lab.page.getByRole('status').filter({ hasText: 'In a terminal' })).toContainText(
    'heapyard heap --allocator buddy --arena 1024 heapyard.heap',
  );
  await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await lab.example('Double free');
  await lab.page.locator('input[type=file]').setInputFiles(path);
  await lab.expectStep(3);
  expect(await lab.text()).toBe(script);
});

test('A trace keeps its kind, a struct is saved as C, and each names its command [share][file]', async ({ lab }) => {
  await lab.run('20000\n2\n2\n1\na 0 64\nf 0\n');
  expect((await saveBy(lab, /^Save the script/)).name).toBe('heapyard.rep');
  await lab.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await lab.open('#/alignment');
  await expect(lab.page.locator('heapyard-struct-rows').first()).toBeVisible();
  const { path, name } = await saveBy(lab, /^Save the struct/);
  expect(name).toBe('heapyard.h');
  expect(readFileSync(path, 'utf8')).toContain('struct ');
  await expect(lab.page.getByRole('dialog')).toContainText('heapyard layout --abi x86_64 heapyard.h');
});

test('A page to read can be linked to and printed, and that is all [share]', async ({ lab }) => {
  await lab.open('#/glossary');
  await lab.button('Share').click();
  await expect(lab.page.getByRole('dialog').locator('li')).toHaveCount(2);
});

test('A picture that cannot be drawn is told in the sheet [share][picture][error]', async ({ page }) => {
  const lab = new LabPage(page);
  await page.route('**/pictures.wasm', (route) => route.abort());
  await lab.run(script, { n: 1 });
  await lab.button('Share').click();
  await lab.button(/^Save as PNG/).click();
  await expect(page.getByRole('alert')).toContainText('could not be fetched: is this computer still online?');
});
