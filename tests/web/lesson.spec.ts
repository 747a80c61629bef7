import { expect, test, type LabPage } from './support/page.js';

const open = (lab: LabPage, step = 0, fields = '') => lab.open(`#/lessons?l=malloc-free&n=${step}${fields}`);
const variable = (lab: LabPage, name: string) =>
  lab.page.getByRole('region', { name: 'Stack' }).getByRole('row').filter({ hasText: name }).first();
const lit = (lab: LabPage) => lab.page.locator('heapyard-lesson-code li.now');

test('A step lights its line, and shows stack and heap as they are after it [lesson]', async ({ lab }) => {
  await open(lab, 8);
  await expect(lit(lab)).toHaveText(/16\s*counts\[1\] = 7;/);
  await expect(lab.sentence).toHaveText('counts[1] is 7.');
  await expect(variable(lab, 'counts')).toContainText('0x030');
  const object = lab.page.locator('heapyard-lesson-scene .object').filter({ hasText: 'int[4]' });
  await expect(object.getByRole('row')).toHaveText([/\[0\]\s*0/, /\[1\]\s*7/, /\[2\]\s*0/, /\[3\]\s*0/]);
});

test('Pointers are arrows from the stack to the heap, and one that dangles has none [lesson]', async ({ lab }) => {
  await open(lab, 9);
  await expect(variable(lab, 'name')).toContainText('released');
  await expect(lab.page.locator('heapyard-lesson-scene .arrows path')).toHaveCount(2);
});

test('An arrow leads to the element that a pointer points to [lesson]', async ({ lab }) => {
  await lab.open('#/lessons?l=manual-allocation&n=13');
  const element = lab.page.locator('heapyard-lesson-scene .object').getByRole('row').filter({ hasText: 'id 2' });
  const box = (await element.boundingBox())!;
  const ends = await lab.page.locator('heapyard-lesson-scene .arrows path').evaluateAll((paths) =>
    (paths as unknown as SVGPathElement[]).map((path) => {
      const end = path.getPointAtLength(path.getTotalLength());
      return path.getBoundingClientRect().top + end.y - path.getBBox().y;
    }),
  );
  expect(ends.filter((y) => y > box.y && y < box.y + box.height)).toHaveLength(1);
});

test('The program is stepped with the keyboard alone, both ways [lesson][keys]', async ({ lab }) => {
  await open(lab);
  await lab.page.keyboard.press('ArrowRight');
  await lab.page.keyboard.press('ArrowRight');
  await lab.expectStep(2);
  await expect(lab.sentence).toContainText('malloc gives 8 bytes at 0x020');
  await lab.page.keyboard.press('ArrowLeft');
  await lab.expectStep(1);
  await lab.page.keyboard.press('End');
  await expect(lab.sentence).toContainText('main returns');
  await lab.page.keyboard.press('Home');
  await lab.expectStep(0);
});

test('A sentence of the story jumps to its step, and at its step it is marked and in view [lesson]', async ({
  lab,
}) => {
  await open(lab);
  await lab.page.getByRole('link', { name: 'calloc multiplies' }).click();
  await lab.expectStep(6);
  await expect(lit(lab)).toContainText('calloc');
  await lab.page.getByRole('slider', { name: 'Step' }).focus();
  for (let i = 0; i < 15; ++i) await lab.page.keyboard.press('ArrowRight');
  const sentence = lab.page.locator('heapyard-lesson-story a.now');
  await expect(sentence).toHaveText('name');
  await expect(sentence).toHaveAttribute('aria-current', 'step');
  await expect(sentence).toBeInViewport();
  await expect(lit(lab)).toBeInViewport();
});

test('A line of the program leads to its step [lesson]', async ({ lab }) => {
  await open(lab);
  await lab.page.locator('heapyard-lesson-code li').filter({ hasText: 'name = longer;' }).click();
  await lab.expectStep(11);
});

test('A prediction is asked for before its step, and judged by the run [lesson][question]', async ({ lab }) => {
  await open(lab, 5);
  await expect(lab.page.locator('#ask')).toContainText('At which address will the four counts begin?');
  await expect(lab.page.locator('#answer')).toHaveAttribute('placeholder', 'an address, as 0x1c0');
  await lab.page.keyboard.press('a');
  await lab.page.keyboard.type('0x28');
  await lab.page.keyboard.press('Enter');
  await lab.expectStep(6);
  const verdict = lab.page.locator('.verdict');
  await expect(verdict).toContainText('At which address will the four counts begin?');
  await expect(verdict).toContainText(/You said 0x28\.\s+There ends the block of name.*It is 0x030\./s);
  await expect(verdict).toBeFocused();
  await lab.page.keyboard.press('ArrowRight');
  await lab.page.keyboard.press('ArrowRight');
  await lab.page.getByLabel('Where will the name be after realloc?').fill('0x50');
  await lab.button('Check').click();
  await expect(verdict).toContainText('Right: 0x050.');
});

test('Another arena is another run, and its answers follow [lesson][question]', async ({ lab }) => {
  await open(lab, 20);
  await lab.page.getByLabel('Arena').selectOption('2048');
  await expect(lab.page.locator('#ask')).toContainText('How many bytes are free');
  await expect(lab.page.locator('#answer')).toHaveAttribute('placeholder', 'a number');
  await lab.page.getByLabel('How many bytes are free').fill('2016');
  await lab.button('Check').click();
  await expect(lab.page.locator('.verdict')).toContainText('Right: 2016 bytes.');
});

test('What the program printed stands under it, as far as it has come [lesson]', async ({ lab }) => {
  await open(lab, 4);
  await expect(lab.page.locator('.output')).toHaveCount(0);
  await lab.page.keyboard.press('ArrowRight');
  await expect(lab.page.locator('.output pre')).toHaveText('heap');
});

test('The lesson is told in words too: line, stack and heap [lesson][access]', async ({ lab }) => {
  await open(lab, 8);
  const twin = await lab.twin();
  expect(twin).toContain('step 8 of 24, line 16: counts[1] = 7;');
  expect(twin).toMatch(/counts {2}int\*\s+0x030/);
  expect(twin).toMatch(/0x030 {2}counts {2}int\[4\]\s+\{0, 7, 0, 0\}/);
});

test('A link holds lesson, arena and step; one to no lesson says so [lesson][address]', async ({ lab }) => {
  await open(lab, 7, '&m=1024');
  await lab.expectStep(7);
  await expect(lab.page.getByLabel('Arena')).toHaveValue('1024');
  await lab.page.goto('./#/lessons?l=nowhere');
  await expect(lab.page.getByRole('alert')).toContainText('There is no lesson “nowhere”');
  await lab.page.getByRole('link', { name: 'All lessons' }).click();
  await expect(lab.page.getByRole('link', { name: /malloc and free/ })).toBeVisible();
  await lab.page.goto('./#/lessons?l=malloc-free&n=x');
  await expect(lab.page.getByRole('status').first()).toContainText('its step, arena or block is not a number');
});

test('Lessons and labs keep what they hold while the reader goes from one to the other [lesson]', async ({ lab }) => {
  await open(lab, 7);
  await lab.page.keyboard.press('1');
  await expect(lab.page.locator('heapyard-heap-lab')).toBeVisible();
  await lab.page.keyboard.press('l');
  await lab.page.getByRole('link', { name: /malloc and free/ }).click();
  await lab.expectStep(7);
  await expect(lab.page).toHaveURL(/l=malloc-free/);
});

test('What goes wrong, and why a block lies there, is told where the reader looks [lesson][faults]', async ({
  lab,
}) => {
  await lab.open('#/lessons?l=smart-pointers&n=10');
  await lab.page.keyboard.press('w');
  await expect(lab.page.getByRole('region', { name: 'Why there?' })).toBeInViewport({ ratio: 0.9 });
  await lab.page.keyboard.press('End');
  await expect(lab.page.getByRole('article', { name: 'Leaks' })).toBeInViewport({ ratio: 0.9 });
});

test('From the story to its step leads into view what the step did [lesson]', async ({ lab }) => {
  await lab.page.setViewportSize({ width: 1280, height: 620 });
  await lab.open('#/lessons?l=smart-pointers&n=2');
  const heading = lab.page.getByRole('heading', { name: 'Stack', exact: true });
  await expect(async () => {
    await lab.page.locator('.picture').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
    await expect(heading).not.toBeInViewport({ timeout: 200 });
  }).toPass();
  await lab.page.getByRole('link', { name: 'Moved into a function' }).click();
  await expect(heading).toBeInViewport();
});

test('Views into one text point at the characters where they begin [lesson][arrows]', async ({ lab }) => {
  await lab.open('#/lessons?l=zero-copy&n=14');
  const arrows = lab.page.locator('heapyard-lesson-scene .arrows path');
  await expect(arrows).toHaveCount(7);
  const ends = await arrows.evaluateAll((paths) =>
    paths.map((path) => path.getAttribute('d')!.split(/[ ,]/).slice(-2).join()),
  );
  expect(new Set(ends).size).toBe(4); // the buffer and its header, body and name, role and letters, last
});

test('Back and forward lead to a lesson again, and from its exercise to the lesson [lesson][address]', async ({
  lab,
}) => {
  await lab.open('#/lessons');
  await lab.page.getByRole('link', { name: 'malloc and free' }).click();
  await lab.page.getByRole('button', { name: 'Begin' }).click();
  await lab.expectStep(1);
  await expect.poll(() => lab.page.evaluate(() => location.hash)).toContain('n=1');
  await lab.page.keyboard.press('x');
  await expect(lab.page.locator('heapyard-exercise')).toBeVisible();
  await expect.poll(() => lab.page.evaluate(() => location.hash)).toContain('v=exercise');
  await lab.page.goBack();
  await lab.expectStep(1);
  await lab.page.goBack();
  await expect(lab.page.getByRole('heading', { name: 'Lessons', exact: true })).toBeVisible();
  await lab.page.goForward();
  await lab.expectStep(1);
});

test('Who comes to a page, or skips to its content, goes on there with the keyboard [access][keys]', async ({
  lab,
}) => {
  await lab.open('#/');
  await expect(lab.page.getByRole('link', { name: /^Begin with lesson 1/ })).toBeVisible();
  await lab.page.keyboard.press('Tab');
  await expect(lab.page.getByRole('button', { name: 'Skip to the content' })).toBeFocused();
  await lab.page.keyboard.press('Enter');
  await lab.page.keyboard.press('Tab');
  await lab.page.keyboard.press('Enter');
  await expect(lab.page.getByRole('button', { name: 'Begin' })).toBeVisible();
  await expect(lab.page.locator('main')).toBeFocused();
});
