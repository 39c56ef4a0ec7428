import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Desk } from './desk.ts';

/** Waits for the last part of a desk: one that is still starting answers 503, which a browser logs as an error. */
export async function whole({ origin }: Desk): Promise<void> {
  const lastPart = `${origin}/api/v1/candles?instrument=0&interval=1m&generated=1`;
  await expect
    .poll(async () => (await fetch(lastPart)).status, { timeout: 120_000, intervals: [100] })
    .toBe(200);
}

/** Everything a page complained about: console errors, uncaught errors, reports of the content policy. */
export async function listen(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Asking who one is before signing in is answered with 401, which Chromium logs.
    if (/session|ticket/.test(message.location().url) && message.text().includes('401')) return;
    complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return complaints;
}

/** @param rules only these; without, all there are */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Legacy means in the page itself: no page has a frame that would need one more. What passes is not written down.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
