import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { LabPage, expect, test } from './support/page.js';
import { openFile, saveBy } from './support/saved.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runtime = readFileSync(path.join(root, 'node_modules/scorm-again/dist/scorm12.min.js'), 'utf8');

/** The files of a package, as the page saves it. */
async function packageOf(lab: LabPage): Promise<Record<string, string>> {
  const { path: file, name } = await saveBy(lab, /^SCORM package/);
  expect(name).toMatch(/^heapyard-(lesson|exercise)-[a-z-]+\.zip$/);
  const files = unzipSync(readFileSync(file));
  return Object.fromEntries(Object.entries(files).map(([each, bytes]) => [each, strFromU8(bytes)]));
}

/** What a platform knows of the unit. */
interface Cmi {
  core: Record<string, string> & { score: Record<string, string> };
  suspend_data: string;
}
const cmi = (page: Page) =>
  page.evaluate(() => (JSON.parse((window as unknown as { told(): string }).told()) as { cmi: Cmi }).cmi);

/** A learning platform of one page: the runtime of scorm-again, the unit in a frame some windows below. */
async function platform(context: BrowserContext, files: Record<string, string>, before: object = {}): Promise<Page> {
  const page = await context.newPage();
  const mastery = /<adlcp:masteryscore>(\d+)</.exec(files['imsmanifest.xml']!)![1];
  const host = `<!doctype html><title>Course</title><script src="runtime.js"></script><script>
    window.API = new Scorm12API({ autocommit: false, logLevel: 5, asyncCommit: true });
    API.cmi.student_data.mastery_score = '${mastery}';
    API.loadFromJSON(${JSON.stringify({ cmi: before })});
    window.told = () => API.renderCMIToJSONString();
  </script><iframe src="between.html" width="1200" height="800"></iframe>`;
  const between = '<!doctype html><iframe src="index.html" width="1180" height="780"></iframe>';
  await page.route('http://platform.example/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = { '': host, 'between.html': between, 'runtime.js': runtime, ...files }[name];
    const contentType = name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    return route.fulfill(body === undefined ? { status: 204 } : { body, contentType });
  });
  await page.goto('http://platform.example/');
  return page;
}
const unitIn = (page: Page) => page.frameLocator('iframe').frameLocator('iframe');

test('An exercise as a SCORM package is solved on a platform, which has “passed” and 100 [scorm][exercise]', async ({
  lab,
  context,
}) => {
  await lab.open('#/lessons?l=memory-pools&v=exercise&m=4096&n=0');
  await expect(lab.page.locator('heapyard-exercise')).toBeVisible();
  const files = await packageOf(lab);
  expect(Object.keys(files).sort()).toEqual(['imsmanifest.xml', 'index.html']);
  expect(files['index.html']).not.toContain('let the class redraw'); // the notes of the teacher

  const page = await platform(context, files);
  const unit = unitIn(page);
  await expect(unit.getByRole('button', { name: 'Check' })).toBeVisible();
  await expect(unit.getByText('For the teacher')).toHaveCount(0);
  expect((await cmi(page)).core).toMatchObject({ lesson_status: 'incomplete', score: { min: '0', max: '100' } });

  await unit.getByRole('button', { name: 'Check' }).click();
  await expect(unit.locator('heapyard-exercise .verdict')).toContainText('Not yet');
  const before = (await cmi(page)).core;
  expect(before['lesson_status']).toBe('incomplete');
  expect(Number(before.score['raw'])).toBeLessThan(100);

  await unit.getByText('Show a solution').click();
  const solution = await unit.locator('heapyard-exercise .solution pre').textContent();
  await unit.locator('heapyard-script-editor').first().click();
  await expect(unit.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(solution!);
  await unit.getByRole('button', { name: 'Check' }).click();
  await expect(unit.locator('heapyard-exercise .verdict')).toContainText('Solved');
  await expect(unit.getByText('Recorded: 100 of 100')).toBeVisible();
  expect((await cmi(page)).core).toMatchObject({ lesson_status: 'passed', score: { raw: '100' } });

  // A worse attempt afterwards takes nothing away.
  await unit.getByRole('button', { name: 'Start over' }).click();
  await unit.getByRole('button', { name: 'Check' }).click();
  await expect(unit.locator('heapyard-exercise .verdict')).toContainText('Not yet');
  expect((await cmi(page)).core).toMatchObject({ lesson_status: 'passed', score: { raw: '100' } });
  expect(await page.evaluate(() => localStorage.length), 'nothing is left on a shared computer').toBe(0);
});

test('A lesson as a SCORM package counts its questions, and goes on where the learner was [scorm][lesson]', async ({
  lab,
  context,
}) => {
  await lab.open('#/lessons?l=memory-pools&m=4096&n=0');
  await lab.expectStep(0);
  const files = await packageOf(lab);
  const page = await platform(context, files);
  const unit = unitIn(page);
  await unit.getByRole('button', { name: 'Begin' }).click();
  const slider = unit.getByRole('slider', { name: 'Step' });
  for (let press = 0; press < 80 && (await unit.locator('.question').count()) === 0; ++press)
    await page.keyboard.press('ArrowRight');
  await unit.locator('#answer').fill('no such answer');
  await unit.locator('.question').getByRole('button', { name: 'Check' }).click();
  await expect(unit.locator('.verdict')).toContainText('It is');
  expect((await cmi(page)).core.score['raw']).toBe('0');
  const answer = /It is (.*)\./.exec((await unit.locator('.verdict').textContent())!)![1]!;
  const step = Number(await slider.getAttribute('aria-valuenow'));

  // The frame goes: the platform has where the learner was, how long, and that there is more to come.
  await page.evaluate(() => document.querySelector('iframe')!.remove());
  const left = await cmi(page);
  expect(left.core['lesson_location']).toBe(String(step));
  expect(left.core['session_time']).toMatch(/^\d{2,4}:\d\d:\d\d(\.\d\d?)?$/);
  expect(left.core['session_time']).not.toMatch(/^[0:.]*$/);
  expect(left.core['exit']).toBe('suspend');
  await page.close();

  const again = await platform(context, files, {
    core: { lesson_status: 'incomplete', lesson_location: String(step - 1), entry: 'resume', score: { raw: '25' } },
    suspend_data: JSON.stringify({ right: [], met: 1, attempt: '# mine\n' }),
  });
  const resumed = unitIn(again);
  await expect(resumed.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', String(step - 1));
  await expect(resumed.getByText('Recorded: 25 of 100')).toBeVisible();
  await resumed.locator('#answer').fill(answer);
  await resumed.locator('.question').getByRole('button', { name: 'Check' }).click();
  await expect(resumed.locator('.verdict')).toContainText('Right');
  await expect(resumed.getByText('Recorded: 50 of 100')).toBeVisible();
  expect((await cmi(again)).core).toMatchObject({ lesson_status: 'incomplete', score: { raw: '50' } });
  await resumed.getByRole('button', { name: 'Exercise', exact: true }).click();
  await expect(resumed.locator('heapyard-script-editor')).toContainText('# mine');
});

test('Without a platform a package says that nothing is recorded, and works [scorm][error]', async ({
  lab,
  browser,
}, info) => {
  await lab.open('#/lessons?l=smart-pointers&v=exercise&m=4096&n=0');
  await expect(lab.page.locator('heapyard-exercise')).toBeVisible();
  const files = await packageOf(lab);
  const file = info.outputPath('index.html');
  writeFileSync(file, files['index.html']!);
  const { page, wrongs } = await openFile(browser, file);
  await expect(page.getByRole('status').filter({ hasText: 'No learning platform answers here' })).toContainText(
    'recorded nowhere. Upload the package',
  );
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('heapyard-exercise .verdict')).not.toBeEmpty();
  expect(wrongs).toEqual([]);
});

test('A platform that refuses is told in words [scorm][error]', async ({ lab, context }) => {
  await lab.open('#/lessons?l=memory-pools&v=exercise&m=4096&n=0');
  await expect(lab.page.locator('heapyard-exercise')).toBeVisible();
  const files = await packageOf(lab);
  const page = await context.newPage();
  let begins = 'false';
  await page.route('http://platform.example/**', (route) => {
    const index = route.request().url().endsWith('index.html');
    const host = `<!doctype html><script>window.API = { LMSInitialize: () => '${begins}', LMSGetValue: () => '',
      LMSSetValue: () => 'true', LMSCommit: () => 'false', LMSFinish: () => 'true' };</script>
      <iframe src="index.html" width="1200" height="800"></iframe>`;
    return route.fulfill({ body: index ? files['index.html']! : host, contentType: 'text/html; charset=utf-8' });
  });
  await page.goto('http://platform.example/');
  const unit = page.frameLocator('iframe');
  await expect(unit.getByText('The learning platform did not begin')).toBeVisible();
  begins = 'true';
  await page.reload();
  await unit.getByRole('button', { name: 'Check' }).click();
  await expect(unit.getByText('The learning platform did not take the result')).toBeVisible();
});

test('The manifest is one of SCORM 1.2: schema, one unit, its file, the mark to pass [scorm]', async ({ lab }) => {
  await lab.open('#/lessons?l=stack-vs-heap&m=4096&n=0');
  await lab.expectStep(0);
  const { 'imsmanifest.xml': text } = await packageOf(lab);
  const seen = await lab.page.evaluate((xml) => {
    const document = new DOMParser().parseFromString(xml, 'application/xml');
    const adl = 'http://www.adlnet.org/xsd/adlcp_rootv1p2';
    const one = (name: string) => document.getElementsByTagName(name)[0]!;
    return {
      errors: document.getElementsByTagName('parsererror').length,
      namespace: document.documentElement.namespaceURI,
      schema: [one('schema').textContent, one('schemaversion').textContent],
      organization: one('organizations').getAttribute('default') === one('organization').getAttribute('identifier'),
      resource: one('item').getAttribute('identifierref') === one('resource').getAttribute('identifier'),
      title: one('item').querySelector('title')!.textContent,
      mastery: one('item').getElementsByTagNameNS(adl, 'masteryscore')[0]!.textContent,
      kind: [one('resource').getAttribute('type'), one('resource').getAttributeNS(adl, 'scormtype')],
      file: [one('resource').getAttribute('href'), one('file').getAttribute('href')],
    };
  }, text!);
  expect(seen).toEqual({
    errors: 0,
    namespace: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
    schema: ['ADL SCORM', '1.2'],
    organization: true,
    resource: true,
    title: 'Stack and heap',
    mastery: '80',
    kind: ['webcontent', 'sco'],
    file: ['index.html', 'index.html'],
  });
});
