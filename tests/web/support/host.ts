import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Page } from '@playwright/test';

export { expect, type Page };

/** A page of somebody else's, on an origin of its own. */
export interface Host {
  /** Where Heapyard lies: another origin. */
  heapyard: string;
  /** Opens a page with this in its body; with headers, when it has any. */
  open(body: string, more?: { head?: string; headers?: Record<string, string> }): Promise<void>;
  /** What went wrong so far: errors, warnings and violations of a policy. */
  wrongs: string[];
}

/** Each test fails when the browser complains of anything, unless the test takes the complaint out of `wrongs`. */
export const test = base.extend<{ host: Host }>({
  // What is embedded registers no service worker, and what blocks them complains in a sandbox.
  serviceWorkers: 'allow',
  host: async ({ page, baseURL }, use) => {
    let answer = { html: '', headers: {} as Record<string, string> };
    const server = createServer((request, response) => {
      const known = request.url === '/';
      response.writeHead(known ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8', ...answer.headers });
      response.end(known ? answer.html : undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wrongs: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrongs.push(message.text());
    });
    page.on('pageerror', (error) => wrongs.push(error.message));
    await use({
      heapyard: baseURL!,
      wrongs,
      open: async (body, { head = '', headers = {} } = {}) => {
        const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Course</title>${head}</head><body>${body}</body></html>`;
        answer = { html, headers };
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      },
    });
    server.close();
    server.closeAllConnections();
    expect(wrongs, 'no policy violation, no error').toEqual([]);
  },
});

/** The script that a page takes to have the tag. */
export const script = (heapyard: string) => `<script type="module" src="${heapyard}embed.js"></script>`;
