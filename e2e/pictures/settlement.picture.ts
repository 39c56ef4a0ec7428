import { expect, type Page, test } from '@playwright/test';
import { startDesk } from '../desk.ts';
import { signIn } from '../wallet.ts';
import { fillVault } from './fullVault.ts';
import { shoot } from './shoot.ts';

test('the vault, its roots, what comes and goes, and a balance that is proved', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const desk = await startDesk();
  try {
    await page.goto(`${desk.origin}/settlement`);
    await signIn(page, 'Portfolio manager');
    const vault = page.getByRole('region', { name: 'Vault and liabilities', exact: true });
    await expect(vault).toContainText('100.0000%', { timeout: 60_000 });
    await fillVault(desk.origin);
    await page.getByRole('tab', { name: 'All' }).click();
    await shoot(page, browser, 'settlement', () => proved(page));
  } finally {
    await desk.stop();
  }
});

async function proved(page: Page): Promise<void> {
  const pane = page.getByRole('region', { name: 'Verify my balance', exact: true });
  await expect(pane).toContainText('equal on chain', { timeout: 60_000 });
}
