import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type LabPage } from './support/page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

async function expectNoFinding(lab: LabPage): Promise<void> {
  await lab.page.evaluate(axe); // by the debugger, not by a script element: the policy stays as strict as it is
  const findings = await lab.page.evaluate(async () => {
    const { run } = (window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe;
    return (await run()).violations;
  });
  const told = findings.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  expect(told).toEqual([]);
}

const sizes = { wide: { width: 1360, height: 820 }, narrow: { width: 390, height: 844 } };
const labs = {
  '': 'heapyard-start .actions a',
  lessons: 'heapyard-map li a',
  words: 'heapyard-words tbody tr',
  glossary: 'heapyard-glossary dt',
  'lessons?l=stack-vs-heap&n=20': 'heapyard-lesson-scene .object',
  'lessons?l=smart-pointers&n=27': 'heapyard-lesson-scene .object',
  'lessons?l=memory-pools&v=exercise': 'heapyard-exercise li',
  'lessons?l=smart-pointers&v=exercise': 'heapyard-exercise fieldset',
  'lessons?l=sizes-and-layout&v=teacher': 'heapyard-teacher-notes dd',
  heap: '.used-block',
  race: 'heapyard-race-lanes canvas',
  pool: 'heapyard-pool-grid .used-block',
  alignment: 'heapyard-struct-rows .member',
  own: '.preview heapyard-heap-map',
};

for (const [name, drawn] of Object.entries(labs)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of Object.entries(sizes)) {
      test(`axe finds nothing in the ${name} lab, ${colorScheme}, ${width} [access]`, async ({ lab }) => {
        await lab.page.setViewportSize(viewport);
        await lab.page.emulateMedia({ colorScheme });
        await lab.open(`#/${name}`);
        await expect(lab.page.locator(drawn).first()).toBeAttached();
        await expectNoFinding(lab);
      });
    }
  }
}

test('axe finds nothing where a fault, its reasons and the rich editor are open [access]', async ({ lab }) => {
  await lab.run('a = malloc 24\nfree a\nfree a\nb = mallok 3\n', { n: 3 });
  await lab.run('a = malloc 24\nfree a\nfree a\n', { n: 3 });
  await lab.page.keyboard.press('w');
  await lab.page.keyboard.press('e');
  await expect(lab.editor.locator('.cm-content')).toBeFocused();
  await lab.page.getByText('The same in words').click();
  await expectNoFinding(lab);
});

for (const name of Object.keys(labs)) {
  for (const width of [320, 390, 768, 1100, 1600]) {
    test(`Nothing scrolls sideways in the ${name} lab at ${width} pixels [narrow]`, async ({ lab }) => {
      await lab.page.setViewportSize({ width, height: 700 });
      await lab.open(`#/${name}`);
      await expect(lab.page.locator(labs[name as keyof typeof labs]).first()).toBeAttached();
      const wide = await lab.page.evaluate(() => {
        const stage = document
          .querySelector('heapyard-app')!
          .shadowRoot!.querySelector('.lab')!
          .shadowRoot!.querySelector('.stage, article, .writing, heapyard-exercise, heapyard-teacher-notes')!;
        const page = document.scrollingElement!;
        return { page: page.scrollWidth - page.clientWidth, stage: stage.scrollWidth - stage.clientWidth };
      });
      expect(wide).toEqual({ page: 0, stage: 0 });
    });
  }
}

for (const [width, height] of [
  [390, 844],
  [320, 640],
  [680, 410],
  [844, 390],
] as const) {
  test(`The page never scrolls past its bar at ${width} × ${height} [narrow]`, async ({ lab }) => {
    await lab.page.setViewportSize({ width, height });
    await lab.open();
    const over = await lab.page.evaluate(() => document.scrollingElement!.scrollHeight - window.innerHeight);
    expect(over).toBe(0);
    await expect(lab.button('Play')).toBeInViewport({ ratio: 1 });
  });
}

test('The sentence of a step stays in view while the picture follows the step [heap]', async ({ lab }) => {
  const script = Array.from({ length: 40 }, (_, i) => `v${i} = malloc 60\n`).join('');
  await lab.run(script, { m: 4096, n: 0 });
  await lab.page.keyboard.press('End');
  await lab.expectStep(40);
  await expect(lab.block('v39').first()).toBeInViewport({ ratio: 0.98 });
  await expect(lab.sentence).toBeInViewport({ ratio: 1 });
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('ArrowRight');
  await expect(lab.block('v0').first()).toBeInViewport();
});

test('Narrow: memory first, time at the bottom edge, script and block as sheets [narrow]', async ({ lab }) => {
  await lab.page.setViewportSize(sizes.narrow);
  await lab.open();
  await expect(lab.block('d').first()).toBeInViewport();
  await expect(lab.editor).toBeHidden();
  const bar = (await lab.page.locator('heapyard-transport').boundingBox())!;
  expect(Math.round(bar.y + bar.height)).toBe(844);

  await lab.button('Script').click();
  await expect(lab.editor).toBeInViewport();
  await lab.page.keyboard.press('Escape');
  await expect(lab.editor).toBeHidden();
  await expect(lab.button('Script')).toBeFocused();

  await lab.pick(lab.block('d'));
  await expect(lab.inspector).toBeInViewport();
  await expect(lab.inspector).toContainText('24 bytes');
  await lab.inspector.getByRole('button', { name: 'Close' }).click();
  await expect(lab.inspector).toBeHidden();
});

test('What is touched is large enough to touch [narrow]', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    viewport: sizes.narrow,
    hasTouch: true,
    isMobile: true,
    baseURL: baseURL!,
  });
  const page = await context.newPage();
  await page.goto('./#/heap');
  await expect(page.locator('.lab')).toBeVisible();
  for (const button of await page.getByRole('button').and(page.locator('button:visible')).all()) {
    const box = (await button.boundingBox())!;
    expect(box.height, (await button.textContent()) ?? '').toBeGreaterThanOrEqual(40);
  }
  await context.close();
});

test('The theme can be chosen, and stays [theme]', async ({ lab }) => {
  await lab.page.emulateMedia({ colorScheme: 'light' });
  await lab.open();
  const paper = () => lab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await lab.page.getByLabel('Theme').selectOption('dark');
  const dark = await paper();
  expect(dark).not.toBe(light);
  await lab.page.reload();
  await expect(lab.page.locator('.lab')).toBeVisible();
  expect(await paper()).toBe(dark);
  await lab.page.getByLabel('Theme').selectOption('auto');
  expect(await paper()).toBe(light);
});

test('Nothing moves under reduced motion [access]', async ({ lab }) => {
  await lab.page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open();
  for (let press = 0; press < 3; ++press) await lab.page.keyboard.press('ArrowRight');
  const running = await lab.page.evaluate(() => document.getAnimations().length);
  expect(running).toBe(0);
});

test('A focus can be seen wherever Tab leads [access][keys]', async ({ lab }) => {
  await lab.open();
  const seen = new Set<string>();
  for (let press = 0; press < 24; ++press) {
    await lab.page.keyboard.press('Tab');
    const outline = await lab.page.evaluate(() => {
      let active: Element | null = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(active);
      const marked = active.matches('g.block, .cm-content');
      return {
        name: `${active.tagName}.${active.className}`,
        seen: marked || (outlineStyle !== 'none' && outlineWidth !== '0px'),
      };
    });
    if (!outline) break;
    seen.add(outline.name);
    expect(outline.seen, outline.name).toBe(true);
  }
  expect(seen.size).toBeGreaterThan(6);
});

test('Without WebAssembly the page says what is missing [error]', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto('./#/heap');
  await expect(page.getByRole('alert')).toContainText('WebAssembly');
});

test('When the module cannot be fetched the page says so [error]', async ({ page }) => {
  await page.route('**/heapyard.wasm', (route) => route.abort());
  await page.goto('./#/heap');
  await expect(page.getByRole('alert')).toContainText('could not start');
});
