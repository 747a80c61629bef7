import { expect, test } from './support/page.js';

const script = `a = malloc 40
b = malloc 64
write a 0 "hello"
free b
d = malloc 24
free a
free d
`;

test('The first view shows a script, its heap and where in time it stands [heap]', async ({ lab }) => {
  await lab.open();
  await expect(lab.page.getByRole('heading', { name: 'Heapyard' })).toBeVisible();
  await expect(lab.editor.getByText('# reuse after free')).toBeVisible();
  await expect(lab.block('d')).toHaveCount(1);
  await expect(lab.sentence).toContainText('d');
  await expect(lab.page.getByText('in use', { exact: true })).toBeVisible();
});

test('Buttons step forward and back [heap][time]', async ({ lab }) => {
  await lab.run(script);
  await lab.expectStep(0);
  await expect(lab.button('Step back')).toBeDisabled();
  await lab.button('Step forward').click();
  await lab.button('Step forward').click();
  await lab.expectStep(2);
  await expect(lab.block('a')).toHaveCount(1);
  await expect(lab.block('b')).toHaveCount(1);
  await lab.button('Step back').click();
  await lab.expectStep(1);
  await expect(lab.block('b')).toHaveCount(0);
});

test('Every step back shows what the step forward showed [heap][time]', async ({ lab }) => {
  await lab.run(script);
  const forward = [];
  for (let step = 0; step <= 7; ++step) {
    await lab.expectStep(step);
    forward.push(await lab.twin());
    await lab.page.keyboard.press('ArrowRight');
  }
  for (let step = 7; step >= 0; --step) {
    await lab.expectStep(step);
    expect(await lab.twin()).toBe(forward[step]);
    await lab.page.keyboard.press('ArrowLeft');
  }
});

test('The keyboard alone does it all: step, jump, play, pause [heap][time][keys]', async ({ lab }) => {
  const long = Array.from({ length: 12 }, (_, index) => `x${index} = malloc 16\nfree x${index}`).join('\n');
  await lab.run(`${long}\n`, { m: 4096 });
  const { keyboard } = lab.page;
  await keyboard.press('ArrowRight');
  await lab.expectStep(1);
  await keyboard.press('PageDown');
  await lab.expectStep(11);
  await keyboard.press('PageUp');
  await lab.expectStep(1);
  await keyboard.press('End');
  await lab.expectStep(24);
  await keyboard.press('Home');
  await lab.expectStep(0);
  await keyboard.press('Space');
  await expect(lab.button('Pause')).toBeVisible();
  await expect(lab.slider).not.toHaveAttribute('aria-valuenow', '0');
  await keyboard.press('Space');
  await expect(lab.button('Play')).toBeVisible();
});

test('Playing reaches the end and stops there [heap][time]', async ({ lab }) => {
  await lab.run('a = malloc 8\nfree a\n');
  await lab.page.getByLabel('Speed of playing').selectOption('4');
  await lab.button('Play').click();
  await lab.expectStep(2);
  await expect(lab.button('Play')).toBeVisible();
});

test('Dragging the timeline moves through time both ways [heap][time]', async ({ lab }) => {
  await lab.run(script);
  const box = (await lab.slider.boundingBox())!;
  const y = box.y + box.height / 2;
  await lab.page.mouse.move(box.x + 12, y);
  await lab.page.mouse.down();
  await lab.page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  await expect(lab.slider).toHaveAttribute('aria-valuenow', /^[34]$/);
  await lab.page.mouse.move(box.x + box.width - 2, y, { steps: 5 });
  await lab.expectStep(7);
  await lab.page.mouse.move(box.x + 2, y, { steps: 5 });
  await lab.expectStep(0);
  await lab.page.mouse.up();
});

test('The playhead says where it stands [heap][time][access]', async ({ lab }) => {
  await lab.run(script, { n: 5 });
  await expect(lab.slider).toHaveAttribute('aria-valuetext', 'step 5 of 7, line 5: d = malloc 24');
  await expect(lab.slider).toHaveAttribute('aria-valuemax', '7');
  await expect(lab.sentence).toHaveAttribute('aria-live', 'polite');
  await lab.slider.focus();
  await lab.page.keyboard.press('ArrowUp');
  await lab.expectStep(6);
  await lab.page.keyboard.press('ArrowDown');
  await lab.expectStep(5);
});

test('The line of the step is lit, and a line number leads to its step [heap][editor]', async ({ lab }) => {
  await lab.run(script, { n: 4 });
  await expect(lab.editor.locator('.row.now')).toHaveText(/free b/);
  await lab.editor.locator('.row[data-line="2"] .no').click();
  await lab.expectStep(2);
  await expect(lab.editor.locator('.row.now')).toHaveText(/b = malloc 64/);
});

test('The step that changed bytes marks them in the picture and in the block [heap]', async ({ lab }) => {
  await lab.run(script, { n: 3 });
  const marks = lab.page.locator('rect.changed[data-offset]');
  const changed = await marks.evaluateAll((elements) =>
    elements.map((element) => Number((element as unknown as HTMLElement).dataset['length'])),
  );
  expect(changed.reduce((sum, length) => sum + length, 0)).toBe(5);
  await expect(lab.inspector.locator('.bytes .changed')).toHaveText(['68', '65', '6c', '6c', '6f']);
  await expect(lab.inspector.locator('.bytes')).toContainText('hello');
});

test('The numbers beside the picture follow the step [heap]', async ({ lab }) => {
  await lab.run(script, { n: 2 });
  const value = (words: string) => lab.page.locator('heapyard-transport dl div', { hasText: words }).locator('dd');
  await expect(value('in use')).toHaveText('104 B');
  await expect(value('high water')).toHaveText('104 B');
  await lab.page.keyboard.press('End');
  await expect(value('in use')).toHaveText('0 B');
  await expect(value('high water')).toHaveText('104 B');
});
