import { test as base, expect, type Locator, type Page } from '@playwright/test';

export { expect, type Locator, type Page };

/** A lab of the page, by what a reader sees of it. */
export class LabPage {
  constructor(readonly page: Page) {}

  async open(hash = '#/heap'): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.page.locator('.lab')).toBeVisible();
    if (!/^#\/(alignment|lessons$|words|glossary|$)|v=/.test(hash)) await expect(this.slider).toBeVisible();
  }

  /** Opens a lab on a text of the test's own, by a link as a browser without compression would write it. */
  async run(text: string, fields: Record<string, string | number> = {}, lab = 'heap'): Promise<void> {
    const own = lab === 'heap' ? { a: 'free-list', m: 512, n: 0 } : lab === 'pool' ? { b: 32, c: 8, n: 0 } : {};
    const query = new URLSearchParams({ t: text });
    for (const [key, value] of Object.entries({ ...own, ...fields })) query.set(key, String(value));
    await this.open(`#/${lab}?${query}`);
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: 'Step' });
  }

  get sentence(): Locator {
    return this.page.locator('.sentence');
  }

  get blocks(): Locator {
    return this.page.locator('g.block');
  }

  get inspector(): Locator {
    return this.page.locator('heapyard-inspector');
  }

  get faults(): Locator {
    return this.page.locator('.card.fault');
  }

  get editor(): Locator {
    return this.page.locator('heapyard-script-editor');
  }

  /** A used block by the name that stands in it. */
  block(name: string): Locator {
    return this.page.locator(`g.used-block[aria-label^="${name}, used"], g.used-block[aria-label*=", ${name}, used"]`);
  }

  /** Clicks on a block where it begins: the middle of one that wraps may lie in a gutter. */
  async pick(block: Locator): Promise<void> {
    await block.scrollIntoViewIfNeeded();
    const box = (await block.locator('.focus, .frame').first().boundingBox())!;
    await this.page.mouse.click(box.x + Math.min(8, box.width / 2), box.y + box.height / 2);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  async expectStep(step: number): Promise<void> {
    await expect(this.slider).toHaveAttribute('aria-valuenow', String(step));
  }

  /** Another than the one that is open: its text may have to come first. */
  async example(title: string): Promise<void> {
    const before = await this.text();
    await this.page.getByLabel(/^Ready-made/).selectOption({ label: title });
    await expect.poll(() => this.text()).not.toBe(before);
  }

  /** The text as it stands in the editor, listing or rich. */
  async text(): Promise<string> {
    return this.editor.evaluate((element) => (element as unknown as { text: string }).text);
  }

  /** The text twin as it stands on the page, opened if need be. */
  async twin(): Promise<string> {
    const twin = this.page.locator('details .twin');
    if ((await twin.textContent()) === '') await this.page.getByText('The same in words').click();
    await expect(twin).not.toBeEmpty();
    return (await twin.textContent()) ?? '';
  }

  /** What the picture shows: one entry a block, by address. */
  async drawn(): Promise<{ offset: number; size: number; state: string; payload: number }[]> {
    const blocks = await this.blocks.evaluateAll((elements) =>
      elements.map((element) => {
        const { offset, size, state, payload } = (element as unknown as HTMLElement).dataset;
        return { offset: Number(offset), size: Number(size), state: state!, payload: Number(payload) };
      }),
    );
    return blocks.sort((a, b) => a.offset - b.offset);
  }
}

/** What Playwright itself warns of where the configuration blocks service workers. */
const WORKER_BLOCKED = 'Service Worker registration blocked by Playwright';

/** Every page test fails on a policy violation, an error in the console, and a request to anyone else. */
export const test = base.extend<{ lab: LabPage }>({
  lab: async ({ page, baseURL }, use) => {
    const wrongs: string[] = [];
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} by ${event.blockedURI} ${event.sample}`);
      });
    });
    page.on('console', (message) => {
      const isWrong = message.type() === 'error' || message.type() === 'warning';
      if (isWrong && message.text() !== WORKER_BLOCKED) wrongs.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => wrongs.push(`uncaught: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      const own = url.origin === new URL(baseURL!).origin || url.protocol === 'blob:' || url.protocol === 'data:';
      if (!own) wrongs.push(`request to another place: ${request.url()}`);
    });
    await use(new LabPage(page));
    expect(wrongs, 'no policy violation, no error, no request to anyone else').toEqual([]);
  },
});
