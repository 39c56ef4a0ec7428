import { expect, type Page } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { ChangePart } from '../engine/protocol/commands/actions.ts';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, choose, detailOf, dialogOf, entryOf, openApprovals, rowOf, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';
import { signIn } from './wallet.ts';

/** The subaccount: the group above it has the same name. */
const volOf = (page: Page) => page.locator('tr[data-key="node 5"]');

/** Several moves are drafted, signed, agreed to and done as one change, or not at all. */
const desk = stillDesk();
const [MANAGER, RISK, APPROVER, SECOND_MANAGER] = [2, 3, 5, 10];
const [BASIS, ALTS, VOL] = [8, 9, 10];
const [MACRO, VOL_GROUP] = [1, 2];

const draftOf = (page: Page) => page.getByRole('region', { name: /^Draft: / });
const partsOf = (page: Page) => draftOf(page).getByRole('list', { name: 'Parts of the draft' });
const saidOf = (page: Page) =>
  draftOf(page).getByRole('region', { name: 'Who must agree' }).getByRole('status');

test('three moves are drafted on the desk, agreed to and done at once', async ({ page }) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '2');
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  const before = await positionsOf(manager);
  let proposal = 0;

  await test.step('a position is carried into the draft with the keyboard', async () => {
    await page.getByRole('button', { name: 'Draft moves' }).click();
    await expect(draftOf(page)).toContainText('Drag a position or collateral');
    await rowOf(page, 'Macro / BTC-basis').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(rowOf(page, 'BTC-PERP')).toBeFocused();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(rowOf(page, 'Macro / Alts')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 1 move');
    await partsOf(page).getByLabel('Size of part 1').fill('1.5');
  });

  await test.step('collateral follows from its dialog, and by a drag', async () => {
    await choose(page, 'Macro / BTC-basis', 'Transfer collateral…');
    const dialog = dialogOf(page, 'Transfer collateral');
    await dialog.getByLabel('To').selectOption('9');
    await dialog.getByLabel('Amount').fill('260k');
    await dialog.getByRole('button', { name: 'Add to a draft' }).click();
    await expect(dialog).toBeHidden();
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 2 moves');
    await rowOf(page, 'Macro / Alts').dragTo(volOf(page), { targetPosition: { x: 72, y: 8 } });
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 3 moves');
    // Collateral is put down without an amount: the field for it has the focus.
    await expect(partsOf(page).getByLabel('Amount of part 3')).toBeFocused();
    await expect(draftOf(page)).toContainText('Part 3: Not an amount of USDC.');
    await page.keyboard.type('10');
  });

  await test.step('what all of it would do stands beside it, by the engine at one sequence', async () => {
    const margin = draftOf(page).getByRole('table', { name: 'Margin before and after' });
    for (const account of [BASIS, ALTS, VOL])
      await expect(margin.locator(`[data-account="${account}"]`)).toBeVisible();
    const rules = draftOf(page).getByRole('region', { name: 'Who must agree' });
    await expect(rules).toContainText(/PORT: 1 portfolio manager of the receiver \+ 1 risk/);
    await expect(rules).toContainText(/TRANSFER: 1 ops approver/);
    await expect(rules).toContainText(/engine at seq [\d,]+/);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  await test.step('parts change places, go, and come back, with the keyboard alone', async () => {
    await draftOf(page).getByRole('button', { name: 'Part 3 earlier' }).focus();
    await page.keyboard.press('Enter');
    await expect(saidOf(page)).toHaveText('Now part 2.');
    await expect(draftOf(page).getByRole('button', { name: 'Part 2 earlier' })).toBeFocused();
    await page.keyboard.press('Alt+ArrowDown');
    await expect(saidOf(page)).toHaveText('Now part 3.');
    await draftOf(page).getByRole('button', { name: 'Remove part 1' }).click();
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 2 moves');
    await expect(draftOf(page).getByRole('button', { name: 'Undo' })).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 3 moves');
    await expect(partsOf(page).getByLabel('Size of part 1')).toHaveValue('1.5');
  });

  await test.step('all of it is signed once, each part by its fields', async () => {
    const sign = draftOf(page).getByRole('button', { name: 'Sign and propose' });
    await expect(sign).not.toHaveAttribute('aria-disabled', 'true');
    await sign.click();
    const wallet = page.getByRole('dialog', { name: 'Portfolio manager wallet: Sign typed data' });
    for (const words of ['260000000000', 'action.parts[0].port[0].priceTicks', '3 moves as one change'])
      await expect(wallet).toContainText(words);
    await signShown(page, 'Portfolio manager', 'ChangeSet');
    await expect(saidOf(page)).toHaveText(/^Proposal \d+ waits/);
    proposal = Number(/\d+/.exec((await saidOf(page).textContent()) ?? ''));
    await expect(draftOf(page)).toHaveAccessibleName('Draft: 0 moves');
    expect(await positionsOf(manager)).toEqual(before);
  });

  await test.step('risk sees every part and agrees; the last who is missing brings about all of them', async () => {
    for (const index of [SECOND_MANAGER, APPROVER])
      await (await FirmPerson.signIn(desk.origin, index)).agree(proposal);
    expect(await positionsOf(manager)).toEqual(before);
    const risk = await page.context().browser()!.newPage();
    await openApprovals(risk, desk.origin, 'Risk');
    await entryOf(risk, proposal).click();
    const parts = detailOf(risk, proposal).getByRole('region', { name: 'Parts' });
    await expect(parts.getByRole('listitem')).toHaveCount(3);
    await expect(parts).toContainText(
      'Port 1.5 BTC-PERP from Macro / BTC-basis (8) to Macro / Alts (9) at the mark',
    );
    const signed = risk.getByRole('table', { name: 'Fields of the approval' });
    await expect(signed.locator('[data-part]')).toHaveCount(3);
    await expect(signed).toContainText('260,000 USDC');
    expect(await violationsOf(risk)).toEqual([]);
    await risk.getByRole('button', { name: `Agree to #${proposal}` }).click();
    await signShown(risk, 'Risk', '3 moves as one change, all or none');
    await expect(detailOf(risk, proposal).getByRole('region', { name: 'Trail' })).toContainText('done');
    const after = await positionsOf(manager);
    const lots = [BASIS, ALTS, VOL].map((account) => after[account]![0] - before[account]![0]);
    const cash = [BASIS, ALTS, VOL].map((account) => after[account]![1] - before[account]![1]);
    expect(lots).toEqual([-15_000, 15_000, 0]);
    // Besides the transfers, what the position has gained since its entry is paid for between the two.
    expect([cash[0]! + cash[1]!, cash[2]]).toEqual([-10_000_000, 10_000_000]);
    expect(Math.abs(cash[0]! + 260_000_000_000)).toBeLessThan(1_000_000_000);
    await risk.close();
  });
  expect(complaints).toEqual([]);
});

test('a subaccount goes below another desk with the collateral that goes with it, as one change', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const parentOf = async (account: number) => {
    const { body } = await manager.client.get<FirmView>('/api/v1/firm');
    return body.nodes.find((node) => node.account === account)!.parent;
  };
  expect(await parentOf(ALTS)).toBe(MACRO);
  const before = (await positionsOf(manager))[ALTS]![1];
  await page.goto(`${desk.origin}/desk`);
  await signIn(page, 'Portfolio manager');
  await page.getByRole('button', { name: 'Draft moves' }).click();
  await rowOf(page, 'Macro / Alts').focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(`tr[data-key="node ${VOL_GROUP}"]`)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(draftOf(page)).toHaveAccessibleName('Draft: 1 move');
  await expect(partsOf(page)).toContainText('Move Macro / Alts with all below it');
  await expect(partsOf(page).getByLabel('Group of part 1')).toHaveValue(String(VOL_GROUP));
  await choose(page, 'Macro / BTC-basis', 'Transfer collateral…');
  const dialog = dialogOf(page, 'Transfer collateral');
  await dialog.getByLabel('To').selectOption(String(ALTS));
  await dialog.getByLabel('Amount').fill('1k');
  await dialog.getByRole('button', { name: 'Add to a draft' }).click();
  await expect(draftOf(page)).toHaveAccessibleName('Draft: 2 moves');
  await expect(draftOf(page).getByRole('region', { name: 'Who must agree' })).toContainText(
    'TREE-MOVE: 1 risk',
  );
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    expect(await violationsOf(page)).toEqual([]);
  }
  const sign = draftOf(page).getByRole('button', { name: 'Sign and propose' });
  await expect(sign).not.toHaveAttribute('aria-disabled', 'true');
  await sign.click();
  await signShown(page, 'Portfolio manager', `below Vol (node ${VOL_GROUP})`);
  await expect(saidOf(page)).toHaveText(/^Proposal \d+ waits/);
  const proposal = Number(/\d+/.exec((await saidOf(page).textContent()) ?? ''));
  expect(await parentOf(ALTS)).toBe(MACRO);
  await (await FirmPerson.signIn(desk.origin, RISK)).agree(proposal);
  await expect.poll(() => parentOf(ALTS)).toBe(VOL_GROUP);
  expect((await positionsOf(manager))[ALTS]![1]).toBe(before + 1_000_000_000);
  expect(complaints).toEqual([]);
});

test('a veto leaves everything where it was', async ({ page }) => {
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '1');
  const before = await positionsOf(manager);
  const proposal = (await manager.ask({ kind: 'ChangeSet', parts: [move(260_000), port(100)] }))!;
  await (await FirmPerson.signIn(desk.origin, APPROVER)).agree(proposal);
  await openApprovals(page, desk.origin, 'Risk');
  await entryOf(page, proposal).click();
  await page.getByLabel('Comment, or why').fill('Not before the close.');
  await page.getByRole('button', { name: `Veto #${proposal}` }).click();
  await signShown(page, 'Risk', 'Not before the close.');
  await expect(detailOf(page, proposal).getByRole('region', { name: 'Trail' })).toContainText('vetoed by');
  expect(await positionsOf(manager)).toEqual(before);
});

test('a part that can no longer be done ends all of it, and says which', async ({ page }) => {
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  await buyForBasis(manager, '1');
  const held = (await positionsOf(manager))[BASIS]![0];
  const proposal = (await manager.ask({ kind: 'ChangeSet', parts: [move(260_000), port(held)] }))!;
  for (const index of [APPROVER, SECOND_MANAGER])
    await (await FirmPerson.signIn(desk.origin, index)).agree(proposal);
  await manager.trade({ account: BASIS, instrument: 'BTC-PERP', side: 'sell', size: '0.5', type: 'market' });
  const before = await positionsOf(manager);
  await openApprovals(page, desk.origin, 'Risk');
  await entryOf(page, proposal).click();
  await expect(detailOf(page, proposal)).toContainText(
    /Would be refused now: Part 2: The account holds fewer lots/,
  );
  await (await FirmPerson.signIn(desk.origin, RISK)).agree(proposal);
  await expect(detailOf(page, proposal).getByRole('region', { name: 'Trail' })).toContainText(
    'failed: Part 2: The account holds fewer lots of the instrument than that.',
  );
  expect(await positionsOf(manager)).toEqual(before);
});

function move(usd: number): ChangePart {
  return { kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: usd * 1e6 };
}

function port(lots: number): ChangePart {
  return { kind: 'PortPosition', from: BASIS, to: ALTS, instrument: 0, lots, priceTicks: 0 };
}

/** Lots of bitcoin and smallest units of USDC of the three accounts. */
async function positionsOf(person: FirmPerson): Promise<Record<number, [number, number]>> {
  const views = await Promise.all(
    [BASIS, ALTS, VOL].map(
      async (account) => (await person.client.get<AccountView>(`/api/v1/accounts/${account}`)).body,
    ),
  );
  return Object.fromEntries(
    views.map(({ account, positions, balances }) => [
      account,
      [
        positions.find(({ instrument }) => instrument === 0)?.lots ?? 0,
        balances.find(({ name }) => name === 'USDC')?.amount ?? 0,
      ],
    ]),
  );
}
