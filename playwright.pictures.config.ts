import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** `npm run pictures`: the same browser as the journeys, to look rather than to judge. */
export default defineConfig({
  ...journeys,
  workers: 1,
  testMatch: '**/*.picture.ts',
  timeout: 300_000,
  reporter: [['line']],
});
