import { expect, type Browser, type Page } from '@playwright/test';
import { LabPage } from './page.js';

/** Opens the sheet and takes one of its ways; returns where what was saved lies, and its name. */
export async function saveBy(lab: LabPage, way: RegExp, share = 'Share'): Promise<{ path: string; name: string }> {
  await lab.button(share).click();
  const download = lab.page.waitForEvent('download');
  await lab.page.getByRole('dialog').getByRole('button', { name: way }).click();
  const saved = await download;
  return { path: await saved.path(), name: saved.suggestedFilename() };
}

/** What an exported file must never do: ask for anything, break its own policy, complain. */
export interface Watched {
  page: Page;
  lab: LabPage;
  wrongs: string[];
}

/** Opens a file as a reader does who has no network, in a browser that keeps nothing. */
export async function openFile(browser: Browser, path: string): Promise<Watched> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const wrongs: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (!/^(data|blob):$/.test(protocol) && request.url() !== `file://${path}`)
      wrongs.push(`asks for ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await expect(page.locator('.lab')).toBeVisible();
  return { page, lab: new LabPage(page), wrongs };
}
