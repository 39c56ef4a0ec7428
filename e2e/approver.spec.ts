import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, detailOf, entryOf, groupOf, openApprovals, signShown } from './firm.ts';
import { test } from './journey.ts';
import { listen, violationsOf } from './quiet.ts';

/** Who agrees sees at least what who asked was shown, before a wallet opens. */
const desk = stillDesk();

const [MANAGER, RISK, COUNTERPARTY] = [2, 3, 19];
const BASIS_NODE = 3;
const [BASIS, ALTS] = [8, 9];
const BTC = 0;

test('who agrees sees what is used of the limits after it, and what closes at which price', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const risk = await FirmPerson.signIn(desk.origin, RISK);
  await buyForBasis(manager, '0.5');
  const { body } = await manager.client.get<FirmRiskView>('/api/v1/firm/risk');
  const { lots } = body.accounts.find(({ account }) => account === BASIS)!.positions[0]!;
  const port = await manager.ask({
    kind: 'PortPosition',
    from: BASIS,
    to: ALTS,
    instrument: BTC,
    lots,
    priceTicks: 0,
  });
  const flatten = await risk.ask({ kind: 'Flatten', node: BASIS_NODE, distancePpm: 5_000 });
  await openApprovals(page, desk.origin, 'Second risk');
  const uses = page.getByRole('table', { name: 'Limits before and after' });

  await test.step('a port moves what is used from one place to another', async () => {
    await expect(groupOf(page, 'Mine to sign')).toContainText(`#${port}`);
    await entryOf(page, port!).click();
    await expect(detailOf(page, port!)).toContainText('Port 0.5 BTC-PERP');
    const gross = uses.getByRole('row', { name: /^Macro \/ Alts Gross / });
    await expect(gross).toContainText(/^Macro \/ AltsGross0[0-9.]+k15\.00m20\.00mwithin$/);
    await expect(uses.getByRole('row', { name: /^Macro \/ BTC-basis Gross / })).toContainText(/k0\d+\.00m/);
    expect(await violationsOf(page)).toEqual([]);
  });

  await test.step('what closes a place names the worst price and what it costs', async () => {
    await entryOf(page, flatten!).click();
    const closes = detailOf(page, flatten!).getByRole('region', { name: 'What closes' });
    await expect(closes).toContainText(/At worst [0-9,.]+ USD worse than the mark, before fees\./);
    const exit = closes.getByRole('row', { name: /^Macro \/ BTC-basis BTC-PERP / });
    await expect(exit).toContainText('+0.5');
    await expect(uses.getByRole('row', { name: /^Macro \/ BTC-basis Gross / })).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('who alone is a firm reads that a seat is theirs, whatever their role, and fills it', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const sole = await FirmPerson.signIn(desk.origin, COUNTERPARTY);
  const { body: theirs } = await sole.client.get<FirmView>('/api/v1/firm');
  const to = theirs.nodes.find(({ account }) => account !== null)!.account!;
  const proposal = await manager.ask({ kind: 'Transfer', from: BASIS, to, asset: 'USDC', amount: 1_000_000 });
  await openApprovals(page, desk.origin, 'Counterparty trader');
  await expect(groupOf(page, 'Mine to sign')).toContainText(`#${proposal}`);
  await expect(entryOf(page, proposal!).locator('i[data-is="mine"]')).toHaveCount(1);
  const quorum = detailOf(page, proposal!).getByRole('region', { name: 'Quorum' });
  const seats = quorum.getByRole('listitem');
  await expect(seats.filter({ hasText: 'you' })).toContainText('Counterparty trader');
  await expect(quorum).not.toContainText('nobody left');
  await page.getByRole('button', { name: `Agree to #${proposal}` }).click();
  await signShown(page, 'Counterparty trader', 'Move 1 USDC from');
  await expect(seats.filter({ hasText: 'agreed' })).toContainText('Counterparty trader');
  await expect(entryOf(page, proposal!).locator('i[data-is="mine"]')).toHaveCount(0);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
