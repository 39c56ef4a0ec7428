import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { Role } from '../engine/protocol/enums.ts';
import { people } from '../engine/sandbox/people.ts';
import { movingDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import { openStake } from './stake.ts';
import { approve } from './wallet.ts';

/**
 * Goal: who is called over an account reads it on whatever page is open, and signs that they are on it. How: risk wants
 * to hear of any margin at all, so that an ordinary stake is enough to be called.
 */
const desk = movingDesk();

test('a trader is called, takes it on with the wallet, and everybody sees who has', async ({ page }) => {
  await openStake(page, desk.origin);
  const risk = await FirmPerson.signIn(
    desk.origin,
    people.findIndex(({ role }) => role === 'risk'),
  );
  const roles = [Role.trader, Role.portfolioManager, Role.risk];
  await risk.ask({
    kind: 'SetMarginCalls',
    node: 0,
    levels: [{ ratioPpm: 1, roles, prepare: 'unwind' }],
  });

  const notice = page.getByRole('region', { name: 'Notices' }).getByText(/^Margin call: /);
  await expect(notice).toBeVisible();
  const badge = page.getByRole('button', { name: /^Margin call, level 1 of 1/ });
  await expect(badge).toHaveAccessibleName(/nobody has taken it on$/);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Margin call: / });
  await expect(dialog).toContainText('by nobody yet');
  // Closing all is for risk to ask for: a trader is not offered what would be refused.
  await expect(dialog.getByRole('button', { name: /^Cancel all orders/ })).toHaveCount(0);
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take it on' }).click();
  await approve(page, 'Trader wallet: Sign typed data', 'Sign');
  await expect(dialog).toContainText('by Trader 1');
  await expect(dialog.getByRole('status')).toHaveText('You have taken the call on.');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(badge).toHaveAccessibleName(/taken on by Trader 1$/);
});
