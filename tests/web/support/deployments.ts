import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveAll } from '../../../scripts/lib/server.mjs';
import { dist, makePage } from '../../../scripts/lib/web.mjs';
import { test as base } from './page.js';

const NEXT = 'The heap, once more';

/**
 * A host of the test's own, with Heapyard in folders of it: `deploy` puts a version there, `stop` takes the host away.
 * Versions are real ones: the page as it was built, and the page built again with other words in its first lesson.
 */
export class Host {
  static readonly nextTitle = NEXT;
  readonly #places: Record<string, string> = {};
  #server: Server | undefined;
  #port = 0;

  constructor(readonly next: string) {}

  /** Another folder than these two by its path. */
  deploy(place: string, version: 'built' | 'next' | { folder: string }): void {
    this.#places[place] = version === 'built' ? dist : version === 'next' ? this.next : version.folder;
  }

  async start(): Promise<void> {
    const { server, port } = await serveAll(this.#places, this.#port);
    if (this.#port && port !== this.#port) throw new Error(`port ${this.#port} was taken meanwhile`);
    this.#server = server;
    this.#port = port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  address(place: string): string {
    return `http://127.0.0.1:${this.#port}${place}`;
  }
}

/** Tests that put versions on a host of their own, with service workers; that host is where their page belongs. */
export const test = base.extend<{ host: Host }, { next: string }>({
  next: [
    async ({}, use) => {
      const parent = mkdtempSync(path.join(tmpdir(), 'heapyard-next-'));
      await buildNext(path.join(parent, 'dist'));
      await use(path.join(parent, 'dist'));
      rmSync(parent, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 }, // it builds a page
  ],
  host: async ({ next }, use) => {
    const host = new Host(next);
    await host.start();
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.address('/')),
  serviceWorkers: 'allow',
});

async function buildNext(folder: string): Promise<void> {
  await makePage(folder, (data) => {
    const name = 'lessons/malloc-free.json';
    const lesson = JSON.parse(Buffer.from(data.get(name)!).toString()) as { title: string };
    data.set(name, Buffer.from(JSON.stringify({ ...lesson, title: NEXT })));
  });
}
