import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** The same browser as the journeys, alone and with time to measure. */
export default defineConfig({
  ...journeys,
  workers: 1,
  testDir: 'e2e/bench',
  testMatch: '**/*.bench.ts',
  outputDir: 'test-results',
  timeout: 3_600_000,
  reporter: [['list']],
});
