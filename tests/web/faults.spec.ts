import { expect, test } from './support/page.js';

const faults: { kind: string; text: string; step: number; lines: number[]; words: RegExp }[] = [
  { kind: 'a double free', text: 'a = malloc 24\nfree a\nfree a\n', step: 3, lines: [1, 2], words: /double free/i },
  {
    kind: 'a use after free',
    text: 'a = malloc 24\nfree a\nwrite a 0 "x"\n',
    step: 3,
    lines: [1, 2],
    words: /after/i,
  },
  {
    kind: 'an access out of bounds',
    text: 'a = malloc 8\nread a 4 8\nfree a\n',
    step: 2,
    lines: [1],
    words: /bounds|outside|past/i,
  },
];

for (const { kind, text, step, lines, words } of faults) {
  test(`${kind} is told in plain words, with its lines and what malloc would do [heap][fault]`, async ({ lab }) => {
    await lab.run(text, { n: step });
    const card = lab.faults.first();
    await expect(card).toContainText(words);
    for (const line of lines) await expect(card).toContainText(new RegExp(`line ${line}\\b`, 'i'));
    expect((await card.locator('.silently').textContent())!.trim().length).toBeGreaterThan(20);
    for (const line of lines) await expect(lab.editor.locator(`.row.involved[data-line="${line}"]`)).toHaveCount(1);
    await expect(lab.editor.locator(`.row.now.guilty[data-line="${step}"]`)).toHaveCount(1);
    await expect(lab.page.locator('heapyard-timeline path.fault')).not.toHaveCount(0);
  });
}

test('A fault outlines its block in red and marks it with more than colour [heap][fault]', async ({ lab }) => {
  await lab.run('a = malloc 24\nb = malloc 8\nfree a\nfree a\nfree b\n', { n: 4 });
  await expect(lab.page.locator('.outline-fault[d]')).not.toHaveCount(0);
  await expect(lab.page.locator('.badge-text')).toHaveText('!');
});

test('n leads from fault to fault and round again [heap][fault][keys]', async ({ lab }) => {
  await lab.run('a = malloc 8\nfree a\nfree a\nb = malloc 8\nfree b\nwrite b 0 "x"\n');
  await lab.page.keyboard.press('n');
  await lab.expectStep(3);
  await lab.page.keyboard.press('n');
  await lab.expectStep(6);
  await lab.page.keyboard.press('n');
  await lab.expectStep(3);
});

test('A leak is told at the end and leads to its block [heap][fault]', async ({ lab }) => {
  await lab.run('p = malloc 48\np = malloc 64\nfree p\n', { n: 3 });
  await expect(lab.faults).toContainText(/leak/i);
  await lab.button('Show its block').click();
  await expect(lab.page.locator('g.block[aria-pressed="true"]')).toHaveAttribute('data-payload', '48');
});

test('Damage found later says between which steps it happened [heap][fault]', async ({ lab }) => {
  await lab.open();
  await lab.example('Damage found later');
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('n');
  await expect(lab.faults.first()).toBeVisible();
  const last = Number(await lab.slider.getAttribute('aria-valuemax'));
  const kinds = new Set<string>();
  for (let step = 0; step <= last; ++step) {
    for (const title of await lab.faults.locator('h3').allTextContents()) kinds.add(title.toLowerCase());
    await lab.page.keyboard.press('n');
  }
  expect([...kinds].join('; ')).toMatch(/damage|overw/);
});
