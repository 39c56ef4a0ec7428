import { expect, type Page } from '@playwright/test';
import { type PersonName, signIn } from './wallet.ts';

/** Opens the approvals page as somebody. */
export async function openApprovals(page: Page, origin: string, person: PersonName): Promise<void> {
  await page.goto(`${origin}/approvals`);
  await signIn(page, person);
  await expect(page.getByRole('tab', { name: 'Queue' })).toBeVisible();
}

/** Signs what the sandbox's wallet of a person shows, once it shows that it is about this. */
export async function signShown(page: Page, person: PersonName, shows: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `${person} wallet: Sign typed data` });
  await expect(dialog).toContainText(shows);
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(dialog).toBeHidden();
}
