import { dataAt, lessons as list } from './support/data.js';
import { LabPage, expect, test } from './support/page.js';

interface Said {
  id: string;
  title: string;
  exercise: { kind: string; start: string; solution: string; choices: { choice: string }[]; goals: unknown[] };
}

const said = async (lab: LabPage, id: string) =>
  (await (await lab.page.request.get(`./${dataAt}lessons/${id}.json`)).json()) as Said;

/** Tab, until a link or button of that name has the focus. */
async function tabTo(lab: LabPage, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; ++i) {
    await lab.page.keyboard.press('Tab');
    const words = await lab.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return (active as HTMLElement | null)?.innerText ?? '';
    });
    if (name.test(words.replace(/\s+/g, ' '))) return;
  }
  throw new Error(`nothing of the name ${name} was reached`);
}

async function solve(lab: LabPage, { exercise }: Said): Promise<void> {
  await lab.page.keyboard.press('e');
  if (exercise.kind === 'program') {
    const at = exercise.choices.findIndex(({ choice }) => choice === exercise.solution.trim());
    await lab.page.keyboard.press('Space');
    for (let i = 0; i < at; ++i) await lab.page.keyboard.press('ArrowDown');
  } else {
    await expect(lab.page.locator('heapyard-exercise .cm-content')).toBeFocused();
    await lab.page.keyboard.press('ControlOrMeta+a');
    await lab.page.keyboard.press('Delete');
    await lab.page.keyboard.insertText(exercise.solution);
  }
  await lab.page.keyboard.press('ControlOrMeta+Enter');
}

for (const { id } of list) {
  test(`The lesson ${id} is taken from its first step to its solved exercise with the keyboard alone [course]`, async ({
    lab,
  }) => {
    const lesson = await said(lab, id);
    await lab.page.goto('./#/lessons');
    await expect(lab.page.getByRole('link', { name: lesson.title })).toBeVisible();
    await tabTo(lab, new RegExp(lesson.title));
    await lab.page.keyboard.press('Enter');
    await expect(lab.slider).toBeVisible();
    await lab.page.keyboard.press('ArrowRight');
    await lab.expectStep(1);
    await lab.page.keyboard.press('End');
    await expect(lab.sentence).toContainText('main returns');
    await lab.page.keyboard.press('x');
    await expect(lab.page.getByRole('heading', { name: 'Solved when' })).toBeVisible();
    if (lesson.exercise.kind !== 'program') {
      await lab.page.keyboard.press('e');
      await expect(lab.page.locator('heapyard-exercise .cm-content')).toBeFocused();
      await lab.page.keyboard.press('ControlOrMeta+Enter');
      await expect(lab.page.locator('heapyard-exercise .verdict')).toContainText('Not yet');
      await lab.page.keyboard.press('Escape');
    }
    await solve(lab, lesson);
    await expect(lab.page.locator('heapyard-exercise .verdict')).toContainText('Solved.');
    await expect(lab.page.locator('heapyard-exercise li.missed')).toHaveCount(0);
    await lab.page.goto('./#/lessons');
    await expect(lab.page.getByRole('link', { name: lesson.title })).toContainText('Exercise solved');
  });
}

test('The start page says what this is, and leads to the first lesson, the map and every lab [course]', async ({
  lab,
}) => {
  await lab.page.goto('./');
  await expect(lab.page.getByText('runs real C++ on real bytes')).toBeVisible();
  for (const name of [/All 10 lessons/, /Heap lab Write/, /Pool lab Blocks/, /Alignment lab Any/, 'a glossary'])
    await expect(lab.page.getByRole('link', { name })).toBeVisible();
  await lab.page.getByRole('link', { name: /Begin with lesson 1/ }).click();
  await expect(lab.slider).toBeVisible();
  await expect(lab.page.getByRole('heading', { name: 'malloc and free' })).toBeVisible();
});

test('Previous and next lead through the lessons in their order [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=manual-allocation');
  await lab.page.getByRole('link', { name: 'Next →' }).click();
  await expect(lab.page.getByRole('heading', { name: /3 The stack and the heap|3 Stack/ })).toBeVisible();
  await lab.page.getByRole('link', { name: '← Previous' }).click();
  await expect(lab.page.getByRole('heading', { name: /2 / })).toBeVisible();
});

test('The same program stands there in C and in Rust [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=zero-copy&n=14');
  const printed = lab.page.getByRole('region', { name: 'Printed' });
  await expect(printed).toBeVisible();
  await lab.button('Rust').click();
  await expect(lab.page.getByRole('list', { name: 'The program in Rust' })).toContainText('fn main()');
  await expect(printed).toBeHidden(); // that is what the C++ printed, up to its step
  await expect(lab.page.getByText(/^step \d+ of/)).toBeHidden();
  await lab.button('C').click();
  await expect(lab.page.getByRole('list', { name: 'The program in C' })).toContainText('int main(void)');
  await lab.button('C++').click();
  await expect(lab.page.getByRole('list', { name: 'Program' })).toContainText('std::string_view');
  await expect(printed).toBeVisible();
});

test('What a 64-bit machine shows is one switch away, at the same step [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=stack-vs-heap&n=9');
  const machine = lab.page.getByLabel('Machine');
  await expect(machine).toHaveValue('');
  const sizes = () => lab.page.locator('heapyard-lesson-scene .object').allTextContents();
  await expect(lab.page.locator('heapyard-lesson-scene .object').first()).toBeVisible();
  const here = await sizes();
  await machine.selectOption('x86_64');
  await expect(lab.page.getByText('Recorded on a 64-bit machine')).toBeVisible();
  await lab.expectStep(9);
  expect(await sizes()).toHaveLength(here.length);
  await lab.open('#/lessons?l=sizes-and-layout');
  await expect(lab.page.getByRole('heading', { name: 'Sizes and layout' })).toBeVisible();
  await lab.page.getByLabel('Machine').selectOption('x86_64');
  await lab.page.getByRole('link', { name: 'The line that prints both' }).click();
  await expect(lab.sentence).toContainText('long 8, long long 8');
  await lab.page.getByLabel('Machine').selectOption('');
  await expect(lab.sentence).toContainText('long 4, long long 8');
});

test('A term of the glossary opens in place, and Escape closes it [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=memory-pools');
  const term = lab.page.locator('heapyard-lesson-story a[data-term="free-list"]');
  await term.focus();
  await lab.page.keyboard.press('Enter');
  await expect(lab.page.locator('heapyard-lesson-story .term')).toContainText('free list:');
  await expect(lab.page.locator('heapyard-lesson-story .term')).toBeInViewport({ ratio: 1 });
  await lab.page.keyboard.press('Escape');
  await expect(lab.page.locator('heapyard-lesson-story .term')).toHaveCount(0);
  await expect(term).toBeFocused();
});

test('Progress survives a reload, can be exported, cleared and imported again [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=malloc-free&n=3');
  await lab.page.goto('./#/lessons');
  const first = lab.page.getByRole('link', { name: 'malloc and free' });
  await expect(first).toContainText('Step 3 of');
  await lab.page.reload();
  await expect(first).toContainText('Step 3 of');
  const [download] = await Promise.all([lab.page.waitForEvent('download'), lab.button('Export').click()]);
  const file = (await download.path())!;
  await lab.button('Clear…').click();
  await lab.button('Yes, forget it').click();
  await expect(first).not.toContainText('Step 3 of');
  await lab.page.locator('input[type=file]').setInputFiles(file);
  await expect(first).toContainText('Step 3 of');
});

test('Progress that another version wrote is kept, and a file that is none is refused [course]', async ({ lab }) => {
  await lab.page.addInitScript(() => {
    if (localStorage.getItem('heapyard:/:progress') !== null) return;
    const lessons = { 'malloc-free': { step: 5, steps: 20, badge: 'gold' }, later: { step: 1 } };
    const kept = { format: 'heapyard-progress', version: 7, lessons, theme: 'x' };
    localStorage.setItem('heapyard:/:progress', JSON.stringify(kept));
  });
  await lab.open('#/lessons?l=malloc-free&n=9');
  await lab.page.goto('./#/lessons');
  await expect(lab.page.getByRole('link', { name: 'malloc and free' })).toContainText('Step 9 of');
  const kept = () => lab.page.evaluate(() => JSON.parse(localStorage.getItem('heapyard:/:progress')!) as unknown);
  await expect.poll(kept).toMatchObject({
    version: 7,
    theme: 'x',
    lessons: { 'malloc-free': { step: 9, badge: 'gold' }, later: { step: 1 } },
  });
  await lab.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"lessons": 3}') });
  await expect(lab.page.getByRole('alert')).toContainText('holds no progress');
});

test('In presenter mode a clicker goes one step at a time, and Escape ends it [course][keys]', async ({ lab }) => {
  await lab.open('#/lessons?l=malloc-free');
  await lab.page.keyboard.press('p');
  await expect(lab.page.getByRole('region', { name: 'Story' })).toBeHidden();
  await lab.page.keyboard.press('PageDown');
  await lab.expectStep(1);
  await lab.page.keyboard.press('PageDown');
  await lab.expectStep(2);
  await lab.page.keyboard.press('PageUp');
  await lab.expectStep(1);
  await lab.page.keyboard.press('Escape');
  await expect(lab.page.getByRole('region', { name: 'Story' })).toBeVisible();
});

test('Presenter mode keeps the line that runs in view, and ends with the lesson [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=smart-pointers&n=12');
  const line = lab.page.locator('heapyard-lesson-code li.now');
  await expect(line).toBeInViewport();
  await lab.button('Present').click();
  await expect(lab.page.getByRole('region', { name: 'Story' })).toBeHidden();
  await expect(line).toBeInViewport({ ratio: 1 });
  await lab.button('Leave').click();
  await expect(lab.page.getByRole('region', { name: 'Story' })).toBeVisible();
  await expect(line).toBeInViewport({ ratio: 1 });
  await lab.button('Present').click();
  await lab.page.goto('#/lessons?l=zero-copy');
  await expect(lab.page.getByRole('heading', { name: 'Views without copies' })).toBeVisible();
  await expect(lab.page.getByRole('region', { name: 'Story' })).toBeVisible();
});

test('The teacher has notes, every answer of this run, and a solution [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=malloc-free');
  await lab.button('For the teacher').click();
  await expect(lab.page.getByRole('heading', { name: 'A solution of the exercise' })).toBeVisible();
  await expect(lab.page.locator('heapyard-teacher-notes dd').first()).toContainText('0x030');
  await expect(lab.page).toHaveURL(/v=teacher/);
});

test('For the teacher, answers lead to their steps, wrong ones say which they are, and a choice is told in words [course]', async ({
  lab,
}) => {
  await lab.open('#/lessons?l=smart-pointers&v=teacher');
  const notes = lab.page.locator('heapyard-teacher-notes');
  await expect(notes).toContainText('the child watches its parent');
  await expect(notes).not.toContainText('to-parent');
  await expect(notes.locator('dd').first().getByRole('listitem')).toHaveText([
    /^If the answer is 1: Copying an owner/,
    /^For any other answer: /,
  ]);
  const link = notes.getByRole('link', { name: /^seen at step/ }).first();
  const step = Number((await link.textContent())!.replace(/\D/g, ''));
  await link.click();
  await lab.expectStep(step);
  await expect(lab.sentence).toBeVisible();
});

test('A solved exercise leads to the next lesson from where it says so [course]', async ({ lab }) => {
  const lesson = await said(lab, 'smart-pointers');
  await lab.page.goto('./#/lessons?l=smart-pointers&v=exercise');
  await expect(lab.page.getByRole('heading', { name: 'Solved when' })).toBeVisible();
  await solve(lab, lesson);
  await lab.page.getByRole('status').getByRole('link', { name: 'A tracking allocator' }).click();
  await expect(lab.page.getByRole('heading', { name: '6 A tracking allocator' })).toBeVisible();
  await expect(lab.slider).toBeVisible();
});

test('A check is announced every time, and leaves the focus where the reader goes on [course][keys]', async ({
  lab,
}) => {
  await lab.page.goto('./#/lessons?l=malloc-free&v=exercise');
  const verdict = lab.page.locator('heapyard-exercise .verdict');
  await lab.button('Check').click();
  await expect(verdict).toContainText('Not yet');
  await expect(lab.button('Check')).toBeFocused();
  await expect(verdict).toHaveRole('status');
  await verdict.evaluate((element) => {
    const heard = ((window as unknown as { heard: string[] }).heard = []) as string[];
    const observer = new MutationObserver(() => heard.push(element.textContent!.trim()));
    observer.observe(element, { childList: true, characterData: true, subtree: true });
  });
  await lab.page.keyboard.press('Enter');
  await expect
    .poll(() => lab.page.evaluate(() => (window as unknown as { heard: string[] }).heard))
    .toEqual(['', 'Not yet: 3 of 6 goals are met.']);
  await lab.button('Check').blur();
  await lab.page.keyboard.press('ControlOrMeta+Enter');
  await expect(lab.button('Check')).toBeFocused();
});

test('To start over hides the solution, and so does another lesson [course]', async ({ lab }) => {
  await lab.page.goto('./#/lessons?l=malloc-free&v=exercise');
  const solution = lab.page.locator('heapyard-exercise .solution .card');
  await lab.page.getByText('Show a solution').click();
  await expect(solution).toBeVisible();
  await lab.button('Start over').click();
  await expect(solution).toBeHidden();
  await lab.page.getByText('Show a solution').click();
  await lab.page.goto('./#/lessons?l=smart-pointers&v=exercise');
  await expect(lab.page.getByRole('group', { name: 'Your choice' })).toBeVisible();
  await expect(solution).toBeHidden();
});

test('Every choice of an exercise is as high as what is clicked has to be [course]', async ({ lab }) => {
  await lab.page.goto('./#/lessons?l=smart-pointers&v=exercise');
  const choices = lab.page.locator('heapyard-exercise fieldset label');
  await expect(choices).toHaveCount(4);
  for (const each of await choices.all()) expect((await each.boundingBox())!.height).toBeGreaterThanOrEqual(24);
});

test('A goal that is not met says what was found, on which line, and what was wanted [course]', async ({ lab }) => {
  await lab.page.goto('./#/lessons?l=malloc-free&v=exercise');
  await lab.button('Check').click();
  await expect(lab.page.locator('heapyard-exercise li.missed .said')).toHaveText([
    /^line 7 gives e no block\. No free block has room for 64 bytes/,
    /; wanted: 6$/,
    '7 calls are made; wanted: 8',
  ]);
});

test('An attempt at an exercise is there again after a reload, and mistakes in it say where [course]', async ({
  lab,
}) => {
  await lab.page.goto('./#/lessons?l=malloc-free&v=exercise');
  await expect(lab.page.getByRole('heading', { name: 'Solved when' })).toBeVisible();
  await lab.page.keyboard.press('e');
  await expect(lab.page.locator('heapyard-exercise .cm-content')).toBeFocused();
  await lab.page.keyboard.press('ControlOrMeta+a');
  await lab.page.keyboard.press('Delete');
  await lab.page.keyboard.insertText('a = malloc 24\nb = mallok 3\n');
  await lab.page.keyboard.press('ControlOrMeta+Enter');
  await expect(lab.page.locator('heapyard-exercise .verdict')).toContainText('Line 2');
  await lab.page.reload();
  await expect(lab.page.locator('heapyard-exercise heapyard-script-editor')).toContainText('mallok');
});

test('What a lesson says of speed is measured in the browser when the reader asks [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=memory-pools');
  await lab.button('Measure it here').click();
  const rows = lab.page.locator('heapyard-measured tbody tr');
  await expect(rows).toHaveCount(4, { timeout: 30_000 });
  await expect(rows.first()).toContainText('Pool, unchecked');
  await expect(rows.first()).toContainText(/\d … \d/);
  await expect(lab.button('Measure again')).toBeVisible();
});

test('The table of sizes stands beside the lesson, for every ABI [course]', async ({ lab }) => {
  await lab.open('#/lessons?l=sizes-and-layout');
  const row = lab.page.getByRole('row', { name: /^long 8 \(8\)/ });
  await expect(row.getByRole('cell')).toHaveText(['8 (8)', '8 (8)', '4 (4)', '4 (4)', '4 (4)']);
});

test('On a phone a lesson begins with what it is, before its program [course][narrow]', async ({ lab }) => {
  await lab.page.setViewportSize({ width: 390, height: 844 });
  await lab.open('#/lessons?l=smart-pointers');
  const begin = lab.button('Begin');
  const top = async (locator: typeof begin) => (await locator.boundingBox())!.y;
  await expect(begin).toBeInViewport();
  expect(await top(begin)).toBeLessThan(await top(lab.page.locator('heapyard-lesson-code')));
});

test('What a lesson has in C, in Rust and for the teacher is fetched when it is looked at, once [course]', async ({
  lab,
}) => {
  const fetched: string[] = [];
  lab.page.on('request', (request) => {
    if (request.url().endsWith('.more.json')) fetched.push(request.url());
  });
  await lab.open('#/lessons?l=memory-pools');
  await lab.page.keyboard.press('ArrowRight');
  await lab.expectStep(1);
  expect(fetched).toEqual([]);
  await lab.button('C').click();
  await expect(lab.page.getByRole('list', { name: 'The program in C' })).toContainText('int main(void)');
  await lab.button('Rust').click();
  await lab.button('For the teacher').click();
  await expect(lab.page.getByRole('heading', { name: 'For the teacher' })).toBeVisible();
  expect(fetched).toHaveLength(1);
});

test('A part of a lesson that does not come says so, and the lesson goes on [course][error]', async ({ page }) => {
  const lab = new LabPage(page); // whose browser complains
  await page.route('**/memory-pools.more.json', (route) => route.abort());
  await lab.open('#/lessons?l=memory-pools&v=teacher');
  await expect(lab.page.getByText('This part of the lesson cannot be fetched.')).toBeVisible();
  await lab.button('Lesson').click();
  await lab.button('Rust').click();
  await expect(lab.page.getByRole('region', { name: 'Program' })).toContainText('This part of the lesson cannot');
  await lab.button('C++').click();
  await lab.page.keyboard.press('ArrowRight');
  await lab.expectStep(1);
});
