import { defineConfig } from '@playwright/test';
import { chromium } from '../../scripts/lib/packages.mjs';

// `npm test` serves dist/ at a free port and names it; by hand, `npm start` in another terminal serves it at 8000.
const address = process.env['HEAPYARD_URL'] ?? 'http://127.0.0.1:8000/';

// Root cannot have Chromium's sandbox. The other flags keep the browser from calling home on a closed network.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  reporter: '../../scripts/lib/playwright-reporter.mjs',
  use: {
    baseURL: address,
    serviceWorkers: 'block', // what it fetches in the background is the matter of offline.spec.ts alone
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromium(), args: [...sandbox, ...quiet] },
  },
});
