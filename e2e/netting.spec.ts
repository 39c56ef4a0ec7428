import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, choose, dialogOf, propose, rowOf, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** What two subaccounts hold against each other is given up on both sides, once or by the clock. */
const desk = stillDesk();
const [MANAGER, RISK] = [2, 3];
const ALTS = 9;

test('a manager crosses what two subaccounts hold against each other, and has it done by the hour', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '0.5');
  await expect(() =>
    manager.trade({ account: ALTS, instrument: 'BTC-PERP', side: 'sell', size: '0.3', type: 'market' }),
  ).toPass();
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await expect(rowOf(page, 'Macro')).toBeVisible();
  const heldBy = (account: number) =>
    page.getByRole('region', { name: 'Largest positions' }).locator(`tr[data-held="${account} BTC-PERP"]`);

  await test.step('both positions stand among the largest', async () => {
    await expect(heldBy(8).getByRole('cell').nth(2)).toHaveText('+0.5000', { timeout: 60_000 });
    await expect(heldBy(ALTS).getByRole('cell').nth(2)).toHaveText('−0.3000');
  });

  await test.step('only what could be crossed is offered, and its margin stands there before it is signed', async () => {
    await choose(page, 'Macro', 'Cross opposite positions…');
    const dialog = dialogOf(page, 'Cross opposite positions');
    await expect(dialog.getByLabel('Instrument').getByRole('option')).toHaveText(['Choose …', 'BTC-PERP']);
    await dialog.getByLabel('Instrument').selectOption({ label: 'BTC-PERP' });
    await expect(dialog).toContainText('Done at once');
    const margins = dialog.getByRole('table', { name: 'Margin before and after' });
    await expect(margins.locator(`tr[data-after="${ALTS}"]`)).not.toHaveText(/^→ after=*$/);
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign and do it' }).click();
    await signShown(
      page,
      'Portfolio manager',
      'Net BTC-PERP of the subaccounts of Macro (node 1) at the mark.',
    );
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
    await dialog.getByRole('button', { name: 'Close' }).click();
    // What the firm holds is asked for every second, and a busy machine takes its time to answer.
    await expect(heldBy(8).getByRole('cell').nth(2)).toHaveText('+0.2000', { timeout: 60_000 });
    await expect(heldBy(ALTS)).toHaveCount(0);
  });

  await test.step('a window is asked for at a time of the day, and risk agrees', async () => {
    await choose(page, 'Macro', 'Netting window…');
    const dialog = dialogOf(page, 'Netting window');
    await dialog.getByLabel('Counted from').fill('25:00');
    await expect(dialog.getByLabel('Counted from')).toHaveAttribute('aria-invalid', 'true');
    await dialog.getByLabel('Counted from').fill('00:05');
    await expect(dialog).toContainText('never by themselves→ every 1 h, counted from 00:05 UTC');
    await expect(dialog).toContainText('Must agree: 1 risk');
    expect(await violationsOf(page)).toEqual([]);
    const shown = 'Net the subaccounts of Macro (node 1) every 60 minutes from minute 5 of the UTC day.';
    const proposal = await propose(page, 'Netting window', 'Portfolio manager', shown);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(rowOf(page, 'Macro')).toContainText(`#${proposal}`);
    await (await FirmPerson.signIn(desk.origin, RISK)).agree(proposal);
    await expect(rowOf(page, 'Macro')).not.toContainText(`#${proposal}`);
  });

  await test.step('it stands where it is changed, and is ended at once', async () => {
    const dialog = dialogOf(page, 'Netting window');
    await choose(page, 'Macro', 'Netting window…');
    await expect(dialog).toContainText('this is the window it has');
    await dialog.getByLabel('How often').selectOption('never');
    await expect(dialog).toContainText('every 1 h, counted from 00:05 UTC→ never by themselves');
    await dialog.getByRole('button', { name: 'Sign and do it' }).click();
    await signShown(page, 'Portfolio manager', 'Macro (node 1)');
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
  });
  expect(complaints).toEqual([]);
});
