import { copyFileSync } from 'node:fs';
import { readTranslations } from '../../scripts/lib/words.mjs';
import { findingsOf } from './support/axe.js';
import { script as embedScript, test as hosted } from './support/host.js';
import { LabPage, expect, test, type Page } from './support/page.js';
import { openFile, saveBy } from './support/saved.js';
import { told } from './support/told.js';

/** English that a German page is not to say: words of the catalog that are others in German. */
const untranslated = new Set(
  [...(await readTranslations('de'))].flatMap(([words, german]) => (words === german ? [] : [words])),
);
/** Words that no German sentence has. */
const english = /(?<![\p{L}-])(the|and|of|is|are|with|from|steps?|lines?|which|nothing)(?![\p{L}-])/iu;

const openDetails = (page: Page) =>
  page.evaluate(() => {
    const open = (root: Document | ShadowRoot): void => {
      for (const each of root.querySelectorAll('*')) {
        if (each instanceof HTMLDetailsElement) each.open = true;
        if (each.shadowRoot) open(each.shadowRoot);
      }
    };
    open(document);
  });

async function expectGerman({ page }: LabPage): Promise<void> {
  const words = await told(page);
  expect(words.length).toBeGreaterThan(10);
  expect(words.filter((each) => untranslated.has(each) || english.test(each))).toEqual([]);
}

const heap =
  '#/heap?t=a%20%3D%20malloc%2040%0Ab%20%3D%20malloc%208%0Afree%20a%0Afree%20a%0Awrite%20b%200%20%22long%20text%22%0A';

for (const [name, address] of [
  ['the start page', '#/'],
  ['the map of the lessons', '#/lessons'],
  ['the words of three languages', '#/words'],
  ['the glossary', '#/glossary'],
  ['the heap lab before a step', `${heap}&n=0`],
  ['the heap lab at a block', `${heap}&n=2&k=64`],
  ['the heap lab at a fault', `${heap}&n=4`],
  ['the heap lab at its end', `${heap}&n=5`],
  ['the pool lab', '#/pool'],
  ['the alignment lab', '#/alignment'],
  ['the race', '#/race'],
  ['a lesson', '#/lessons?l=memory-pools&m=4096&n=14'],
  ['an exercise', '#/lessons?l=memory-pools&v=exercise&m=4096'],
  ["a teacher's notes", '#/lessons?l=memory-pools&v=teacher&m=4096'],
  ['the editor of own lessons', '#/own'],
] as const) {
  test(`In German no English is left on ${name} [language]`, async ({ lab }) => {
    await lab.page.addInitScript(() => localStorage.setItem(`heapyard:${location.pathname}:language`, 'de'));
    await lab.page.goto(`./${address}`);
    await lab.page.waitForLoadState('networkidle');
    await openDetails(lab.page);
    await expectGerman(lab);
    expect(await findingsOf(lab.page)).toEqual([]);
  });
}

test('Every allocator says its steps and what it keeps in German [language][heap]', async ({ lab }) => {
  test.slow();
  await lab.page.goto(`./${heap}&n=3&language=de`);
  await expect(lab.page.getByRole('combobox', { name: /^Allokator/ })).toBeVisible();
  const names = await lab.page
    .getByRole('combobox', { name: /^Allokator/ })
    .locator('option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    await lab.page.getByRole('combobox', { name: /^Allokator/ }).selectOption(name);
    await expect(lab.page).toHaveURL(new RegExp(`a=${name.replaceAll(':', '%3A')}(&|$)`));
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await lab.page.keyboard.press(key);
      await expectGerman(lab);
    }
  }
});

test('Sheets of keys and of sharing are German, too [language]', async ({ lab }) => {
  await lab.page.goto(`./${heap}&language=de`);
  await lab.page.getByRole('button', { name: 'Tasten' }).click();
  await expect(lab.page.getByRole('dialog')).toBeVisible();
  await expectGerman(lab);
  await lab.page.keyboard.press('Escape');
  await lab.page.getByRole('button', { name: 'Teilen' }).click();
  await expect(lab.page.getByRole('dialog')).toBeVisible();
  await expectGerman(lab);
});

test('What is wrong with a script is told in German [language][error]', async ({ lab }) => {
  await lab.page.goto('./#/heap?t=a%20%3D%20malloc%0Afree%20b%0Ac%20%3D%20frob%208%0A&language=de');
  await expect(lab.page.getByText('3 Zeilen lassen sich nicht lesen.')).toBeVisible();
  for (const message of ['erwartet: eine Größe in Byte', 'erwartet: ein Zeiger, dem', 'gefunden: `frob`'])
    await expect(lab.editor).toContainText(message);
});

test('The reader chooses a language: what is open stays as it is, and the choice is kept [language]', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open(`${heap}&n=3`);
  await lab.expectStep(3);
  await expect(page).not.toHaveURL(/language=/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByRole('slider', { name: 'Schritt' })).toHaveAttribute('aria-valuenow', '3');
  await expect(page).toHaveURL(/&language=de$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle('Heap-Labor · Heapyard');
  await page.waitForLoadState('networkidle');
  await page.goto('about:blank');
  await page.goto('./#/pool');
  await expect(page.getByRole('slider', { name: 'Schritt' })).toBeVisible();
  await page.getByLabel('Sprache').selectOption('English');
  await expect(page.getByRole('slider', { name: 'Step' })).toBeVisible();
  await expect(page).toHaveURL(/&language=en$/);
});

test('A text too long for a link is still there in the other language [language]', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/heap');
  const lines = Array.from({ length: 9000 }, (_, index) => `x${index * 7919} = malloc ${(index * 7919) % 977}`);
  const file = { name: 'long.heap', mimeType: 'text/plain', buffer: Buffer.from(`${lines.join('\n')}\n`) };
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText(/of 9,000/).first()).toBeVisible();
  await page.getByLabel('Language').selectOption('Deutsch');
  await expect(page.getByText(/von 9\.000/).first()).toBeVisible();
});

test('A link in a language shows it for the visit; the choice of whoever opens it stays [language][address]', async ({
  lab,
}) => {
  const { page } = lab;
  await page.goto('./#/?language=en');
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.evaluate(() => localStorage.setItem(`heapyard:${location.pathname}:language`, 'en'));
  await page.waitForLoadState('networkidle');
  await page.goto('about:blank');
  await page.goto('./#/lessons?language=de');
  await expect(page).toHaveTitle('Lektionen · Heapyard');
  await page.waitForLoadState('networkidle');
  await page.goto('about:blank');
  await page.goto('./#/lessons?language=xx');
  await expect(page).toHaveTitle('Lessons · Heapyard');
});

test.describe('In a browser that speaks German', () => {
  test.use({ locale: 'de-AT' });

  test('the page does, too, until the reader asks for another language [language]', async ({ lab }) => {
    await lab.page.goto('./#/lessons');
    await expect(lab.page).toHaveTitle('Lektionen · Heapyard');
    await lab.page.getByLabel('Sprache').selectOption('English');
    await expect(lab.page).toHaveTitle('Lessons · Heapyard');
  });

  test('words that do not come are said in English [language][error]', async ({ page }) => {
    await page.route('**/words/*.json', (route) => route.abort());
    await page.goto('./#/heap');
    await expect(new LabPage(page).slider).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('At 320 pixels nothing in German is wider than the page [language][narrow]', async ({ lab }) => {
  await lab.page.setViewportSize({ width: 320, height: 640 });
  for (const address of ['#/', '#/lessons', '#/heap', '#/race', '#/pool', '#/alignment', '#/lessons?l=memory-pools']) {
    await lab.page.goto('about:blank');
    await lab.page.goto(`./${address}${address.includes('?') ? '&' : '?'}language=de`);
    await lab.page.waitForLoadState('networkidle');
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(320);
  }
});

test('A German page saved as one file is German without a network [language][single]', async ({
  lab,
  browser,
}, info) => {
  await lab.page.goto(`./${heap}&n=2&language=de`);
  await lab.page.getByRole('slider', { name: 'Schritt' }).waitFor();
  const saved = await saveBy(lab, /^Als eine HTML-Datei speichern/, 'Teilen');
  const file = info.outputPath(saved.name);
  copyFileSync(saved.path, file);
  const { page, wrongs } = await openFile(browser, file);
  await expect(page.getByRole('slider', { name: 'Schritt' })).toHaveAttribute('aria-valuenow', '2');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByText(/zeigt auf 0x/).first()).toBeVisible();
  expect(wrongs).toEqual([]);
});

hosted(
  'A tag speaks the language of the page around it, or the one that it names [language][embed]',
  async ({ host, page }) => {
    const tag = '<heap-yard lab="heap" step="1">a = malloc 40</heap-yard>';
    await host.open(`<div lang="de">${tag}</div>`, { head: embedScript(host.heapyard) });
    await expect(page.getByRole('slider', { name: 'Schritt' })).toBeVisible();
    await expect(page.getByText(/zeigt auf 0x/).first()).toBeVisible();
    await host.open(`<div lang="de">${tag.replace('step', 'language="en" step')}</div>`, {
      head: embedScript(host.heapyard),
    });
    await expect(page.getByRole('slider', { name: 'Step' })).toBeVisible();
  },
);
