import { expect, type Page } from '@playwright/test';

/** Arms one-click trading. A person told that the feed is not live presses again; so do we, where the machine stood still. */
export async function arm(page: Page): Promise<void> {
  // From no field: a key pressed now is a key of the desk.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const line = page.getByRole('contentinfo');
  await expect(async () => {
    // The key that arms also makes safe.
    if (!(await line.textContent())?.includes('ARMED · Esc')) await page.keyboard.press('`');
    await expect(line).toContainText('ARMED · Esc disarms', { timeout: 1_000 });
  }).toPass();
}
