import { expect, test } from './support/page.js';

test('The rich editor is fetched only when the script is first touched [editor]', async ({ lab }) => {
  const fetched: string[] = [];
  lab.page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await lab.run('a = malloc 40\n');
  expect(fetched.filter((path) => path.includes('code-mirror'))).toEqual([]);
  await lab.editor.getByText('malloc').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  expect(fetched.filter((path) => path.includes('code-mirror'))).not.toEqual([]);
});

test('The rich editor keeps to the policy: its styles are adopted, none is in the page [editor][policy]', async ({
  lab,
}) => {
  await lab.run('a = malloc 40\n');
  await lab.editor.getByText('malloc').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  const found = await lab.editor.evaluate((element) => ({
    adopted: element.shadowRoot!.adoptedStyleSheets.length,
    elements: element.shadowRoot!.querySelectorAll('style').length + document.querySelectorAll('style').length,
    padding: getComputedStyle(element.shadowRoot!.querySelector('.cm-content')!).paddingBottom,
  }));
  expect(found.elements).toBe(0);
  expect(found.adopted).toBeGreaterThan(2);
  expect(found.padding).toBe('24px');
});

test('An edit runs at once, and the picture stands at the line edited [editor]', async ({ lab }) => {
  await lab.run('a = malloc 40\nfree a\n');
  await lab.editor.getByText('a = malloc 40').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('End');
  await lab.page.keyboard.press('Enter');
  await lab.page.keyboard.type('b = malloc 8');
  await lab.expectStep(2);
  await expect(lab.block('b')).toHaveAttribute('data-payload', '8');
  await expect(lab.editor.locator('.cm-line.now')).toHaveText('b = malloc 8');
});

test('An error stands in its place, with what was expected, and the picture is said to be older [editor]', async ({
  lab,
}) => {
  await lab.run('a = malloc 40\nb = mallok 8\nfree a\n');
  await expect(lab.editor.locator('.row[data-line="2"] .problem')).toBeVisible();
  await expect(lab.editor.locator('.row[data-line="2"] .problem-note')).toContainText(/expect/i);

  await lab.run('a = malloc 40\nfree a\n', { n: 1 });
  await lab.editor.getByText('free a').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('End');
  await lab.page.keyboard.type(' now');
  await expect(lab.editor.locator('.cm-content .problem-note')).toContainText(/expect/i);
  await expect(lab.editor.locator('.cm-content .problem')).toBeVisible();
  await expect(lab.page.getByRole('alert')).toContainText('as it was before');
  await expect(lab.block('a')).toHaveCount(1);
  for (let press = 0; press < 4; ++press) await lab.page.keyboard.press('Backspace');
  await expect(lab.editor.locator('.problem-note')).toHaveCount(0);
});

test('Keys are the editor’s own while it has the focus, and Tab and Escape leave it [editor][keys]', async ({
  lab,
}) => {
  await lab.run('a = malloc 40\nfree a\n', { n: 1 });
  await lab.editor.getByText('free a').click();
  const content = lab.editor.locator('.cm-content');
  await expect(content).toBeFocused();
  await lab.page.keyboard.press('ArrowLeft');
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('n');
  await lab.page.keyboard.press('Space');
  await expect(content).toContainText('n free a');
  await expect(lab.button('Play')).toBeVisible();
  await lab.page.keyboard.press('Tab');
  await expect(content).not.toBeFocused();
  expect(await lab.text()).toContain('n free a\n');
  await content.focus();
  await lab.page.keyboard.press('Escape');
  await expect(content).not.toBeFocused();
});

test('Keys are a field’s own while it has the focus [keys]', async ({ lab }) => {
  await lab.run('a = malloc 40\nfree a\n', { n: 1 });
  const field = lab.page.getByLabel('Bytes to allocate');
  await field.fill('24');
  await lab.page.keyboard.press('ArrowLeft');
  await lab.page.keyboard.press('Home');
  await lab.expectStep(1);
  await expect(field).toBeFocused();
});

test('Undo in the editor takes back what was typed [editor]', async ({ lab }) => {
  await lab.run('a = malloc 40\n');
  await lab.editor.getByText('malloc').click();
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.keyboard.press('End');
  await lab.page.keyboard.type('0');
  expect(await lab.text()).toBe('a = malloc 400\n');
  await lab.page.keyboard.press('Control+z');
  expect(await lab.text()).toBe('a = malloc 40\n');
});

test('Every ready-made script and struct can be read [examples]', async ({ lab }) => {
  for (const name of ['heap', 'pool', 'alignment']) {
    await lab.open(`#/${name}`);
    await expect(lab.page).toHaveTitle(new RegExp(`^${name} lab`, 'i')); // another lab may still be fetched
    const choice = lab.page.getByLabel(/^Ready-made/);
    const titles = (await choice.getByRole('option').allTextContents()).slice(1);
    expect(titles.length).toBeGreaterThanOrEqual(4);
    // The first one is open.
    for (const title of titles.reverse()) {
      await lab.example(title);
      await expect(lab.page.getByRole('alert'), title).toHaveCount(0);
      await expect(lab.sentence, title).not.toBeEmpty();
    }
  }
});

test('The help sheet lists the keys, and Escape closes it [keys]', async ({ lab }) => {
  await lab.open();
  await lab.page.keyboard.press('?');
  const sheet = lab.page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toContainText('next fault');
  await lab.page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});
