import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { serveFolders } from '../../scripts/lib/plain_server.mjs';
import { root } from '../../scripts/lib/run.mjs';

// Nothing here registers one, and what blocks them complains in a sandbox.
test.use({ serviceWorkers: 'allow' });

/** Opens an example as its guide says to put it up, and tells what the browser complained of. */
async function open(page: Page, name: string, more: Record<string, string> = {}) {
  const examples = path.join(root, 'docs/examples', name);
  const site = await serveFolders({ '/': examples, '/heapyard/': path.join(root, 'dist'), ...more });
  const wrongs: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  await page.goto(site.address);
  return { wrongs, close: site.close };
}

test('The example of a plain page shows a lesson, a script and an exercise, and its result [embed][guide]', async ({
  page,
}) => {
  const { wrongs, close } = await open(page, 'plain');
  const sliders = page.getByRole('slider', { name: 'Step' });
  await expect(sliders.nth(0)).toHaveAttribute('aria-valuenow', '14');
  await page.locator('heap-yard').nth(1).scrollIntoViewIfNeeded();
  await expect(sliders.nth(1)).toHaveAttribute('aria-valuenow', '5');
  const exercise = page.frameLocator('iframe');
  await page.locator('iframe').scrollIntoViewIfNeeded();
  // A click is not to miss because the frame takes the height that it asks for.
  await expect(page.locator('iframe')).toHaveAttribute('style', /height/);
  await exercise.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('#result')).toContainText(/memory-pools: \d of 5 goals/);
  expect(wrongs).toEqual([]);
  close();
});

test('In the example of slides the arrows belong to the deck until the focus is inside [embed][guide][keys]', async ({
  page,
}) => {
  const { wrongs, close } = await open(page, 'reveal', { '/reveal/': path.join(root, 'node_modules/reveal.js/dist') });
  await expect(page.getByRole('heading', { name: 'Memory pools' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/#\/1$/);
  const now = page.locator('section.present').getByRole('slider', { name: 'Step' });
  await expect(now).toHaveAttribute('aria-valuenow', '14');
  await page.locator('section.present .sentence').click();
  await page.keyboard.press('ArrowRight');
  await expect(now).toHaveAttribute('aria-valuenow', '15');
  await expect(page).toHaveURL(/#\/1$/);
  await page.locator('section.present').getByRole('button', { name: 'Play' }).focus();
  await page.keyboard.press(' ');
  await expect(page).toHaveURL(/#\/1$/);
  await page.mouse.click(4, 4);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/#\/2$/);
  await expect(page.locator('section.present g.block')).toHaveCount(8);
  await expect(page.locator('section.present').getByRole('slider', { name: 'Step' })).toHaveAttribute(
    'aria-valuenow',
    '3',
  );
  expect(wrongs).toEqual([]);
  close();
});
