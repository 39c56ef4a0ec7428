import { expect, type Page } from '@playwright/test';

/** Opens the settings and waits until the page, which is drawn before its code has arrived, hears keys and fields. */
export async function openSettings(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings`);
  // The code that keeps the line to the desk is the code that hears.
  await expect(page.getByText('market data fresh').first()).toBeAttached();
}
