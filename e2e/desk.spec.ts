import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, choose, choosePort, dialogOf, rowOf } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/**
 * A portfolio manager at the firm's tree: what it sums, and a position that goes from one account to another once two
 * more people have agreed with their own wallets. The market stands still, so that numbers can be compared.
 */
const desk = stillDesk();

const [MANAGER, RISK, SECOND_MANAGER] = [2, 3, 10];
const [BASIS, ALTS] = [8, 9];

/** Has the wallet sign what it shows, once it shows that it is about this. */
async function sign(page: Page, shows: string): Promise<void> {
  const dialog = dialogOf(page, 'Portfolio manager wallet: Sign typed data');
  await expect(dialog).toContainText(shows);
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
}

test('a manager ports a position between two accounts, and two more people agree', async ({ page }) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '0.5');
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const held = async (account: number) => {
    const { body } = await manager.client.get<FirmRiskView>('/api/v1/firm/risk');
    return body.accounts.find((each) => each.account === account)!.positions.map(({ lots }) => lots);
  };

  await test.step('groups sum to the unit what their accounts have', async () => {
    const firm = rowOf(page, 'Ballast Sandbox');
    // Funding moves equity on the hour, on a market that stands still too: both are asked until they speak of one moment.
    await expect(async () => {
      const { body } = await manager.client.get<FirmRiskView>('/api/v1/firm/risk');
      const equityUsd = body.accounts.reduce((sum, account) => sum + account.equityUsd, 0);
      await expect(firm.locator('data').first()).toHaveAttribute('value', String(equityUsd), {
        timeout: 3_000,
      });
    }).toPass();
    const row = page
      .getByRole('table', { name: 'Exposure by asset and place' })
      .locator('tr[data-asset="BTC"]');
    const cells = (
      await row.locator('data').evaluateAll((all) => all.map((each) => each.getAttribute('value')))
    ).map(Number);
    expect(cells.slice(0, -2).reduce((sum, usd) => sum + usd, 0)).toBe(cells.at(-2));
  });

  await test.step('the position is found and ported without a mouse', async () => {
    const dialog = await choosePort(page, 'Macro / BTC-basis', 'BTC-PERP');
    await dialog.getByLabel('To').selectOption({ label: 'Macro / Alts' });
    await expect(dialog).toContainText('1 portfolio manager of the receiver + 1 risk');
    const price = dialog.getByLabel('Agreed price');
    await price.fill('a good one');
    await expect(price).toHaveAccessibleDescription('Not a price of BTC-PERP.');
    const { body } = await manager.client.get<FirmRiskView>('/api/v1/firm/risk');
    const [position] = body.accounts.find(({ account }) => account === BASIS)!.positions;
    const mark = position!.markUsdPerLot / 100;
    await price.fill(String(Math.round(mark * 1.002)));
    await expect(dialog).toContainText(
      /\+0\.20\s?% from the mark of now: Macro \/ Alts pays Macro \/ BTC-basis [0-9.,]+ USD for the difference\./,
    );
    await price.fill('');
    await expect(dialog).toContainText('At the mark neither side’s equity changes.');
    const margins = dialog.getByRole('table', { name: 'Margin before and after' });
    await expect(margins.locator(`tr[data-after="${ALTS}"]`)).not.toHaveText(/^→ after=*$/);
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign and propose' }).click();
    await sign(page, 'Port 0.5 BTC-PERP from Macro / BTC-basis (8) to Macro / Alts (9) at the mark');
    await expect(dialog.getByRole('status')).toHaveText(/^Proposal \d+ waits/);
  });

  await test.step('two wallets agree, and it stands where it was to stand', async () => {
    const number = Number(
      /\d+/.exec((await dialogOf(page, 'Port a position').getByRole('status').textContent()) ?? ''),
    );
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'Macro / Alts')).toContainText(`#${number}`);
    const lots = await held(BASIS);
    await (await FirmPerson.signIn(desk.origin, SECOND_MANAGER)).agree(number);
    expect(await held(ALTS)).toEqual([]);
    await (await FirmPerson.signIn(desk.origin, RISK)).agree(number);
    await expect.poll(() => held(ALTS)).toEqual(lots);
    expect(await held(BASIS)).toEqual([]);
    await expect(rowOf(page, 'Macro / Alts')).not.toContainText(`#${number}`);
  });
  expect(complaints).toEqual([]);
});

test('a group cannot go below itself, and dragging opens what it would do', async ({ page }) => {
  const complaints = await listen(page);
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');

  await test.step('a group is opened at once: the policy asks nobody else', async () => {
    await choose(page, 'Macro', 'New group…');
    const dialog = dialogOf(page, 'New group');
    await dialog.getByLabel('Name').fill('Carry');
    await expect(dialog).toContainText('Done at once');
    await dialog.getByRole('button', { name: 'Sign and do it' }).click();
    await sign(page, 'Open the group Carry below Macro');
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
    await page.keyboard.press('Escape');
    await expect(rowOf(page, 'Carry')).toBeVisible();
  });

  await test.step('people are called earlier over a group, at once, and its levels stand to be changed', async () => {
    await choose(page, 'Macro', 'Margin calls…');
    const dialog = dialogOf(page, 'Margin calls');
    await dialog.getByRole('button', { name: 'one more level' }).click();
    await dialog.getByLabel('Level 1 calls from').fill('101');
    await expect(dialog).toContainText('up to 100 %');
    await dialog.getByLabel('Level 1 calls from').fill('60');
    await expect(dialog).toContainText('→ 60.0% trader, portfolio manager, risk');
    await expect(dialog).toContainText('Done at once');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Sign and do it' }).click();
    await sign(page, 'Call people over Macro');
    await expect(dialog.getByRole('status')).toHaveText(/^Done/);
    // The firm is read anew a moment later.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await choose(page, 'Macro', 'Margin calls…');
      await expect(dialog.getByLabel('Level 1 calls from')).toHaveValue('60', { timeout: 2_000 });
    }).toPass();
    await page.keyboard.press('Escape');
  });

  await test.step('a circle is refused with its sentence, and nothing can be signed', async () => {
    await choose(page, 'Macro', 'Move to another group…');
    const dialog = dialogOf(page, 'Move to another group');
    const carry = await dialog.getByRole('option', { name: 'Carry' }).getAttribute('value');
    await dialog.getByLabel('To').selectOption(carry);
    await expect(dialog.locator('[data-refusal="node.circular"]')).toContainText(
      'A group cannot move below itself. Choose one outside of it.',
    );
    await expect(dialog.getByRole('button', { name: /^Sign/ })).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
  });

  await test.step('an account dragged onto another group is a move that risk has to agree to', async () => {
    await rowOf(page, 'Macro / Alts')
      .getByRole('rowheader')
      .dragTo(rowOf(page, 'Vol').first().getByRole('rowheader'));
    const dialog = dialogOf(page, 'Move to another group');
    await expect(dialog).toContainText('1 risk');
    await page.keyboard.press('Escape');
  });

  await test.step('nothing on the page keeps anybody out, in either theme', async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  await test.step('what is held because the desk does not answer still reads, in either theme', async () => {
    await page.route('**/api/v1/firm/risk', () => undefined);
    await expect(page.getByText(/^[\d.]+ s old$/).first()).toBeVisible();
    for (const theme of ['light', 'dark']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page, ['color-contrast'])).toEqual([]);
    }
  });
  expect(complaints).toEqual([]);
});
