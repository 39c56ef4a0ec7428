import { expect, type Page } from '@playwright/test';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { ready, send, ticketOf, write } from './ticket.ts';
import { signIn } from './wallet.ts';

/** Isolated margin: a pot for one underlying, opened, filled, traded and emptied on the risk screen. */
const desk = stillDesk();

const accountsOf = (page: Page) => page.getByRole('table', { name: 'Accounts', exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Isolate from/ });

test('a portfolio manager isolates ether: opens a pot, moves USDC in, trades it, takes the rest out', async ({
  page,
}) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Portfolio manager');
  await accountsOf(page).getByRole('button', { name: 'Vol', exact: true }).click();

  await test.step('a pot is opened, and stands under its account', async () => {
    await page.getByRole('button', { name: 'isolate' }).click();
    await dialogOf(page).getByLabel('Pot for').selectOption('ETH');
    await dialogOf(page).getByRole('button', { name: 'Open a pot for ETH' }).click();
    await expect(dialogOf(page).getByRole('status')).toHaveText(/^Pot for ETH is open\. Seq [\d,]+\.$/);
    await expect(accountsOf(page).getByRole('button', { name: /^└ ETH pot/ })).toBeVisible();
  });

  await test.step('a move says what it leaves, and is blocked beyond what may leave', async () => {
    const amount = dialogOf(page).getByLabel('Amount');
    await expect(dialogOf(page).getByText(/USDC may leave Vol now\.$/)).toBeVisible();
    await amount.fill('99m');
    await expect(dialogOf(page).getByText(/^Only [\d,.]+ USDC may leave Vol now/)).toBeVisible();
    await expect(dialogOf(page).getByRole('button', { name: 'Move into the pot' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await amount.fill('100k');
    await expect(
      dialogOf(page).getByText(/^Leaves [\d,.]+ free in Vol; .* 100,000\.00 of equity\.$/),
    ).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    await dialogOf(page).getByRole('button', { name: 'Move into the pot' }).click();
    await expect(dialogOf(page).getByRole('status')).toHaveText(/^Moved 100000 USDC\. Seq [\d,]+\.$/);
    await expect(dialogOf(page).getByText(/equity 100,000\.00/)).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the pot is picked like an account, and trades its own coin only', async () => {
    await page.goto(`${desk.origin}/trade/ETH-PERP`);
    const picker = page.getByLabel('Account', { exact: true });
    const pot = picker.locator('option', { hasText: '└ ETH pot' });
    await picker.selectOption((await pot.getAttribute('value'))!);
    await write(page, { side: 'Buy', type: 'Market', size: '10' });
    await ready(page);
    await send(page);
    await expect(ticketOf(page).getByText('Filled: order')).toBeVisible();
    await page.goto(`${desk.origin}/trade/BTC-PERP`);
    await write(page, { side: 'Buy', type: 'Market', size: '0.1' });
    await expect(ticketOf(page).getByRole('status')).toContainText('pot.otherUnderlying');
  });

  await test.step('what its position needs stays in it', async () => {
    await page.goto(`${desk.origin}/risk`);
    await page.getByRole('button', { name: 'isolate' }).click();
    await dialogOf(page).getByText('out of the pot', { exact: true }).click();
    await dialogOf(page).getByLabel('Amount').fill('100k');
    await expect(dialogOf(page).getByText(/^Only [\d,.]+ USDC may leave Vol ETH now/)).toBeVisible();
    await dialogOf(page).getByLabel('Amount').fill('50k');
    await dialogOf(page).getByRole('button', { name: 'Move out of the pot' }).click();
    await expect(dialogOf(page).getByRole('status')).toHaveText(/^Moved 50000 USDC/);
  });
  expect(complaints).toEqual([]);
});

test('an auditor sees accounts and may isolate none', async ({ page }) => {
  await page.goto(`${desk.origin}/risk`);
  await signIn(page, 'Auditor');
  await expect(accountsOf(page).locator('tr[data-account]').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'isolate' })).toHaveCount(0);
});
