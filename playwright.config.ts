import { defineConfig } from '@playwright/test';
import { chromiumFlags, ensureChromium } from './scripts/chromium.mjs';

const { executablePath, env } = await ensureChromium();

/** Journeys start their own desk (e2e/desk.ts) on a free port, so no server is named here. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // A journey waits more than it works: two share two cores, each with a browser and a desk of its own.
  workers: 2,
  fullyParallel: false,
  // A journey that needs a second try has found something.
  retries: 0,
  forbidOnly: true,
  // Ends what hangs. What must be fast is measured where it happens, and a slow machine is no fault.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    // Headless Chromium under a POSIX locale reports en-US@posix, which is not a language tag.
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: chromiumFlags,
      env: { ...(process.env as Record<string, string>), ...env },
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
