import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { stillDesk } from './deskOfFile.ts';
import { dialogOf, rowOf, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/**
 * A manager brings the account that needs most of its equity back to a ratio: the desk computes the transfer, the draft
 * shows what it does, the wallet asks for it, and operations agree. Nobody holds a position, so that no funding moves cash.
 */
const desk = stillDesk();

const [MANAGER, OPS_APPROVER] = [2, 5];
const BASIS = 8;
/** Those that may give. */
const OTHERS = { 9: 'Macro / Alts', 10: 'Vol' } as const;

async function riskOf(person: FirmPerson) {
  const { body } = await person.client.get<FirmRiskView>('/api/v1/firm/risk');
  const of = (account: number) => body.accounts.find((each) => each.account === account)!;
  const usdc = (account: number) => of(account).balances.find(({ asset }) => asset === 'USDC')!.amount;
  return { of, usdc };
}

const trayOf = (page: Page) => page.locator('[data-change-set]');

test('collateral is computed, drafted, asked for and moved', async ({ page }) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const before = await riskOf(manager);
  const { ratioPpm } = before.of(BASIS);
  for (const other of [9, 10]) expect(before.of(other).ratioPpm).toBeLessThan(ratioPpm * 0.9);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await expect(rowOf(page, 'Macro / BTC-basis')).toBeVisible();
  const dialog = dialogOf(page, 'Rebalance collateral');

  const { amount, giver } =
    await test.step('the target is typed, and the one transfer that leads there is named', async () => {
      await page.getByRole('button', { name: 'Rebalance…' }).click();
      await expect(dialog).toContainText('No account stands short of it.');
      await dialog.getByText('MM ÷ equity', { exact: true }).click();
      const target = dialog.getByLabel('Bring the nearest accounts to');
      await target.fill('0');
      await expect(dialog).toContainText('A share of equity over 0 and up to 100 %.');
      await expect(dialog.getByRole('button', { name: 'Add to the draft' })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
      await target.fill(((ratioPpm * 0.95) / 10_000).toFixed(4));
      await expect(dialog.locator(`[data-need="${BASIS}"]`)).toContainText('reaches it');
      const rows = dialog.locator('[data-transfer]');
      await expect(rows).toHaveCount(1);
      await expect(rows).toHaveAttribute('data-transfer', new RegExp(`^(9|10) ${BASIS}$`));
      expect(await violationsOf(page)).toEqual([]);
      // One read: who gives and how much are of one answer.
      return await rows.evaluate((row) => ({
        amount: Number(row.querySelector('data')?.getAttribute('value')),
        giver: Number(row.getAttribute('data-transfer')?.split(' ')[0]) as keyof typeof OTHERS,
      }));
    });

  const proposal = await test.step('it stands in the draft with what it does, and is asked for', async () => {
    await dialog.getByRole('button', { name: 'Add 1 move to the draft' }).click();
    await expect(dialog).toBeHidden();
    const tray = trayOf(page);
    await expect(tray.getByLabel('Amount of part 1')).toHaveValue(String(amount / 1_000_000));
    await expect(tray.getByRole('region', { name: 'Before and after the set' })).toContainText(
      'Macro / Alts',
    );
    await tray.getByRole('button', { name: 'Sign and propose' }).click();
    await signShown(page, 'Portfolio manager', `from ${OTHERS[giver]} (${giver}) to Macro / BTC-basis (8)`);
    const said = tray.locator('[data-signing]');
    await expect(said).toHaveText(/^Proposal \d+ waits/);
    return Number(/\d+/.exec((await said.textContent()) ?? ''));
  });

  await test.step('operations agree, and the account stands where it was to stand', async () => {
    await (await FirmPerson.signIn(desk.origin, OPS_APPROVER)).agree(proposal);
    await expect.poll(async () => (await riskOf(manager)).usdc(BASIS) - before.usdc(BASIS)).toBe(amount);
    const after = await riskOf(manager);
    expect(before.usdc(giver) - after.usdc(giver)).toBe(amount);
    expect(after.of(BASIS).ratioPpm).toBeLessThanOrEqual(Math.floor(ratioPpm * 0.95) + 1);
    expect(after.of(giver).ratioPpm).toBeLessThanOrEqual(Math.floor(ratioPpm * 0.95) + 1);
  });
  expect(complaints).toEqual([]);
});
