import { readFileSync, writeFileSync } from 'node:fs';
import { LabPage, expect, test } from './support/page.js';

function file(name: string, content: string | Buffer) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

async function choose(lab: LabPage, name: string, content: string | Buffer): Promise<void> {
  await lab.page.locator('input[type=file]').setInputFiles(file(name, content));
}

async function drop(lab: LabPage, name: string, content: string): Promise<void> {
  const data = await lab.page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text!], fileName!));
      return transfer;
    },
    [name, content],
  );
  const stage = lab.page.locator('.stage');
  await stage.dispatchEvent('dragover', { dataTransfer: data });
  await expect(lab.page.locator('.drop')).toBeVisible();
  await stage.dispatchEvent('drop', { dataTransfer: data });
  await expect(lab.page.locator('.drop')).toHaveCount(0);
}

test('A script is opened from a file and stands at its end [file]', async ({ lab }) => {
  await lab.open();
  await choose(lab, 'mine.txt', 'a = malloc 24\r\nb = malloc 8\r\n');
  await lab.expectStep(2);
  await expect(lab.block('b')).toHaveCount(1);
  expect(await lab.text()).toBe('a = malloc 24\nb = malloc 8\n');
});

test('The button opens the browser’s own choice of files [file]', async ({ lab }) => {
  await lab.open();
  const chooser = lab.page.waitForEvent('filechooser');
  await lab.button('Open…').click();
  await (await chooser).setFiles(file('mine.txt', 'a = malloc 24\n'));
  await lab.expectStep(1);
});

test('A script can be dropped anywhere on the lab [file]', async ({ lab }) => {
  await lab.open();
  await drop(lab, 'mine.txt', 'q = malloc 100\nfree q\n');
  await lab.expectStep(2);
  expect(await lab.text()).toBe('q = malloc 100\nfree q\n');
});

test('A malloc-lab trace is recognised by content and played [file][rep]', async ({ lab }) => {
  await lab.open();
  await drop(lab, 'short.rep', '20000\n3\n5\n1\na 0 64\na 1 128\nr 0 256\nf 1\na 2 16\n');
  await lab.expectStep(5);
  await expect(lab.page.locator('g.used-block')).toHaveCount(2);
  await expect(lab.page.getByLabel('Bytes to allocate')).toHaveCount(0);
  await lab.page.keyboard.press('Home');
  await expect(lab.page.locator('g.used-block')).toHaveCount(0);
});

for (const [name, content, words] of [
  ['picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'is not text'],
  ['latin.txt', Buffer.from([0x61, 0xe4, 0x62]), 'could not be read as text'],
  ['nothing.txt', '', 'is empty'],
] as const) {
  test(`What cannot be read is said in a sentence: ${name} [file]`, async ({ lab }) => {
    await lab.open();
    const before = await lab.text();
    await choose(lab, name, content);
    await expect(lab.page.getByRole('alert')).toContainText(`${name} ${words}`);
    expect(await lab.text()).toBe(before);
  });
}

test('A text that is neither script nor trace shows where it fails [file]', async ({ lab }) => {
  await lab.open();
  await choose(lab, 'letter.txt', 'Dear reader,\nthis is no script.\n');
  await expect(lab.page.getByRole('alert')).toContainText('2 lines cannot be read');
  await expect(lab.editor.locator('.problem-note').first()).toBeVisible();
});

/** A trace of a million allocations, all of them freed but one. */
function millionWithOneLeak(leaked: number): string {
  const ids = 1_000_000;
  const lines = ['0', String(ids), String(2 * ids - 1), '1'];
  for (let id = 0; id < ids; ++id) lines.push(`a ${id} ${16 + ((id * 7) % 5) * 8}`);
  for (let id = 0; id < ids; ++id) if (id !== leaked) lines.push(`f ${id}`);
  return `${lines.join('\n')}\n`;
}

test('A long run shows how far it is, and another can be begun before its end [file][rep][large]', async ({ lab }) => {
  await lab.open();
  const lines = ['0', '200000', '400000', '1'];
  for (let id = 0; id < 200_000; ++id) lines.push(`a ${id} 24`);
  for (let id = 0; id < 200_000; ++id) lines.push(`f ${id}`);
  await choose(lab, 'long.rep', lines.join('\n'));
  await expect(lab.page.getByRole('progressbar', { name: 'The run' })).toBeVisible();
  await expect(lab.sentence).toContainText('Running…');
  await choose(lab, 'short.heap', 'a = malloc 8\nfree a\n');
  await expect(lab.slider).toHaveAttribute('aria-valuemax', '2');
  await expect(lab.page.getByRole('progressbar')).toHaveCount(0);
  await lab.page.waitForTimeout(300);
  await expect(lab.slider).toHaveAttribute('aria-valuemax', '2');
});

test('A trace that needs more memory than there is says so, and the page stays as it was [file][rep][large]', async ({
  page,
}) => {
  // The real module, on a machine with little memory left: it gets no more than 128 MB.
  await page.addInitScript(() => {
    const { grow } = WebAssembly.Memory.prototype;
    WebAssembly.Memory.prototype.grow = function (pages) {
      if (this.buffer.byteLength + pages * 65_536 > 128_000_000) throw new RangeError('no more memory');
      return grow.call(this, pages);
    };
  });
  const lab = new LabPage(page);
  await lab.open();
  const lines = ['0', '300000', '300000', '1'];
  for (let id = 0; id < 300_000; ++id) lines.push(`a ${id} 24`);
  await choose(lab, 'huge.rep', lines.join('\n'));
  await expect(page.getByRole('alert')).toContainText('needs more memory than a page can have', { timeout: 30_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(lab.blocks.first()).toBeVisible();
});

test('A trace that leaks all its blocks lists some leaks and counts them all [file][rep][large]', async ({ lab }) => {
  await lab.open();
  const lines = ['0', '50000', '50000', '1'];
  for (let id = 0; id < 50_000; ++id) lines.push(`a ${id} 24`);
  await choose(lab, 'leaky.rep', lines.join('\n'));
  await expect(lab.faults).toContainText('50,000 leaks', { timeout: 30_000 });
  await expect(lab.faults.locator('li')).toHaveCount(200);
  await expect(lab.faults).toContainText('… and 49,800 more.');
});

test('One leaked block among a million can be seen and chosen [file][rep][large]', async ({ lab }, info) => {
  test.setTimeout(180_000);
  await lab.open();
  const path = info.outputPath('million.rep');
  writeFileSync(path, millionWithOneLeak(654_321));
  await lab.page.locator('input[type=file]').setInputFiles(path);
  await expect(lab.slider).toHaveAttribute('aria-valuemax', '1999999', { timeout: 120_000 });
  await lab.expectStep(1_999_999);

  // At the end, one block is left, and the list of leaks leads to it.
  await expect(lab.faults).toContainText(/leak/i);
  await lab.button('Show its block').click();
  const chosen = lab.page.locator('g.block[aria-pressed="true"]');
  await expect(chosen).toHaveAttribute('data-state', 'used');
  await expect(chosen).toHaveAttribute('data-payload', String(16 + ((654_321 * 7) % 5) * 8));

  // Halfway, a million blocks are live: a raster, which leads to a single block by a click and by a drag.
  const box = (await lab.slider.boundingBox())!;
  await lab.page.keyboard.press('Escape');
  await lab
    .button('Whole heap')
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await lab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const canvas = lab.page.locator('heapyard-heap-overview canvas');
  await expect(canvas).toBeVisible({ timeout: 30_000 });
  // The canvas stands before its width is known; it is painted in the same turn in which it takes that width.
  await expect.poll(() => canvas.evaluate((element: HTMLCanvasElement) => element.width)).toBeGreaterThan(10);
  const colours = await canvas.evaluate((element: HTMLCanvasElement) => {
    const pixels = element.getContext('2d')!.getImageData(0, 0, element.width, element.height).data;
    const seen = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4)
      seen.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
    return seen.size;
  });
  expect(colours, 'the raster shows more than paper').toBeGreaterThan(2);

  const raster = (await canvas.boundingBox())!;
  await lab.page.mouse.click(raster.x + raster.width / 3, raster.y + raster.height / 3);
  await expect(chosen).toHaveCount(1, { timeout: 30_000 });
  await lab.button('Whole heap').click();
  await expect(canvas).toBeVisible();
  await lab.page.mouse.move(raster.x + 40, raster.y + 60);
  await lab.page.mouse.down();
  await lab.page.mouse.move(raster.x + 60, raster.y + 60, { steps: 3 });
  await lab.page.mouse.up();
  await expect(lab.page.locator('.zoom .range')).toContainText(' of ');
  await lab.page.keyboard.press('0');
  await expect(lab.page.locator('.zoom .range')).not.toContainText(' of ');
});

test('A step is saved as a picture [file][svg]', async ({ lab }) => {
  await lab.run('a = malloc 40\nb = malloc 8\n', { n: 2 });
  const download = lab.page.waitForEvent('download');
  await lab.button('Save as SVG').click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('heapyard-step-2.svg');
  const picture = readFileSync(await saved.path(), 'utf8');
  expect(picture).toMatch(/^<svg|^<\?xml/);
  expect(picture).toContain('</svg>');
  expect(picture).not.toMatch(/href="http|<script/);
});

test('A picture whose module cannot be fetched is told, and nothing is saved [file][svg][error]', async ({ page }) => {
  await page.route('**/pictures.js', (route) => route.abort());
  const lab = new LabPage(page);
  await lab.run('a = malloc 40\nfree a\n', { n: 1 });
  await lab.button('Save as SVG').click();
  await expect(page.getByRole('alert')).toContainText('could not be fetched');
  await expect(lab.sentence).toContainText('a points to');
});
