import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { chromium, firefox, isInFirefox } from '../../scripts/lib/packages.mjs';

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

/** Firefox as it is installed, driven by the standard that it speaks (WebDriver BiDi); Playwright's own is not needed. */
const installedFirefox: PlaywrightTestConfig['use'] = {
  browserName: 'firefox',
  channel: 'moz-firefox',
  launchOptions: { executablePath: firefox() },
};
const installedChromium: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  launchOptions: { executablePath: chromium(), args: [...sandbox, ...quiet] },
};

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
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    ...(isInFirefox ? installedFirefox : installedChromium),
  },
});
