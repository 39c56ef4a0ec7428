import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { anvilOf } from './anvil.ts';
import { stillDesk } from './deskOfFile.ts';
import { signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import {
  dialogOf,
  openSettlement,
  regionOf,
  rowOf,
  send,
  stepsOf,
  vaultView,
  writeDeposit,
} from './vault.ts';

/**
 * One of the vault's tokens stops answering: what it holds is unknown and not nothing, nothing of it is deposited, and
 * whoever has another asset notices it by a sentence alone. It is told until it is over.
 */
const desk = stillDesk();

const OWNER = 9;
const VOL = 10;
/** Reverts whatever it is asked. */
const MUTE = '0x60006000fd';

const heldOf = (page: Page, asset: string) =>
  page
    .getByRole('table', { name: 'How what is held came to be' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: asset, exact: true }) });

test('a token that falls silent stops its own deposits, and no others, until it tells again', async ({
  page,
}) => {
  const complaints = await listen(page);
  const watcher = await FirmPerson.signIn(desk.origin, OWNER);
  await openSettlement(page, desk.origin, 'Portfolio manager');
  await page.getByRole('banner').getByLabel('Account').selectOption(String(VOL));
  const anvil = anvilOf(desk.pid);
  const { token } = (await vaultView(desk.origin)).assets.find(({ name }) => name === 'ETH')!;
  const code = await anvil.ask('eth_getCode', [token, 'latest']);
  const vault = regionOf(page, 'Vault and liabilities');
  await expect(heldOf(page, 'ETH')).not.toContainText('not known');

  await test.step('what it holds is not known, with since when and why; what the others hold is', async () => {
    await anvil.ask('anvil_setCode', [token, MUTE]);
    await anvil.warp(1);
    const note = vault.getByRole('status').filter({ hasText: 'ETH' });
    await expect(note).toContainText(/The balance of ETH cannot be read since 20\d\d-.*: its token/);
    await expect(note).toContainText('Roots and the other assets go on.');
    await expect(heldOf(page, 'ETH')).toContainText('not known');
    await expect(heldOf(page, 'USDC')).not.toContainText('not known');
    await expect(vault).toContainText('100.0000%');
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('the dialog takes no deposit of it, and says so before an amount is written', async () => {
    await page.keyboard.press('d');
    const dialog = dialogOf(page, 'Deposit');
    await dialog.getByLabel('Asset').selectOption({ label: 'ETH' });
    await expect(dialog.getByText(/The token ETH has not told what the vault holds since/)).toBeVisible();
    await dialog.getByLabel('Amount').fill('1');
    await expect(dialog.getByText(/The token ETH has not told/)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Send with my wallet' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('another asset comes in, is credited, and a root says so', async () => {
    const first = await watcher.usdcOf(VOL);
    const dialog = await writeDeposit(page, '777.25');
    await dialog.getByRole('button', { name: 'Send 2 with my wallet' }).click();
    await send(page, 'Portfolio manager', 'mint');
    await signShown(page, 'Portfolio manager', '777250000');
    await send(page, 'Portfolio manager', 'depositWithPermit');
    await expect(dialog.getByText(/^final in block/)).toHaveCount(2);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('tab', { name: 'All' }).click();
    await rowOf(page, '+777.25').getByRole('button').click();
    await expect(rowOf(page, '+777.25')).toContainText('credited');
    await expect(stepsOf(page)).toContainText(/in root.*#\d+/, { timeout: 60_000 });
    expect(await watcher.usdcOf(VOL)).toBe(first + 777_250_000);
  });

  await test.step('once it tells again all of it is as before, in a dialog that stood open too', async () => {
    await page.keyboard.press('d');
    const dialog = dialogOf(page, 'Deposit');
    await dialog.getByLabel('Asset').selectOption({ label: 'ETH' });
    await dialog.getByLabel('Amount').fill('2');
    await expect(dialog.getByText(/The token ETH has not told/)).toBeVisible();
    await anvil.ask('anvil_setCode', [token, code]);
    await anvil.warp(1);
    await expect(dialog.getByRole('list', { name: 'Transactions' })).toContainText('Deposit 2', {
      timeout: 30_000,
    });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(heldOf(page, 'ETH')).not.toContainText('not known');
    await expect(vault.getByRole('status').filter({ hasText: 'cannot be read' })).toHaveCount(0);
  });
  expect(complaints).toEqual([]);
});
