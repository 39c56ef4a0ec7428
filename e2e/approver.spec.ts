import { expect } from '@playwright/test';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { FirmView } from '../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../engine/protocol/views/firmRisk.ts';
import { addressOf } from '../engine/sandbox/people.ts';
import { deviceHashes, type TypedText } from '../lib/verify/deviceHashes.ts';
import { handedOver } from '../lib/verify/handOver.ts';
import { stillDesk } from './deskOfFile.ts';
import { buyForBasis, detailOf, entryOf, foundOn, groupOf, openApprovals, signShown } from './firm.ts';
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

test('what one signs is read by another page, and copied, with the hashes a device shows', async ({
  page,
}) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const amount = 300_000_000_000;
  const proposal = await manager.ask({ kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openApprovals(page, desk.origin, 'Ops approver');
  await entryOf(page, proposal!).click();
  const hash = page.getByRole('region', { name: 'Hash to agree' });

  await test.step('the hashes shown are those of the very text that is handed over', async () => {
    // It is renewed every ten seconds: text and hashes are read at once, when they are of each other.
    await expect(async () => {
      const [href, ...shown] = await hash.evaluate((region) => [
        region.querySelector('a')!.href,
        `0x${region.querySelector('p')!.textContent}`,
        ...[...region.querySelectorAll('dd')].map(({ textContent }) => textContent),
      ]);
      const text: TypedText = JSON.parse(handedOver(new URL(href!).hash)!);
      const { digest, domainHash, messageHash } = deviceHashes(text);
      expect(shown).toEqual([digest, domainHash, messageHash]);
      expect(text.message.summary).toContain('Move 300,000 USDC');
    }).toPass();
  });

  await test.step('another page has nothing but the text, and finds the same', async () => {
    const opening = page.context().waitForEvent('page');
    await hash.getByRole('link', { name: 'Verify elsewhere' }).click();
    const verify = await opening;
    await expect(foundOn(verify)).toContainText('Approval');
    await expect(foundOn(verify)).toContainText('Move 300,000 USDC');
    const text: TypedText = JSON.parse(handedOver(new URL(verify.url()).hash)!);
    for (const each of Object.values(deviceHashes(text))) await expect(foundOn(verify)).toContainText(each);
    await verify.close();
  });

  await test.step('the copy is a text that wallets sign', async () => {
    await hash.getByRole('button', { name: 'Copy JSON' }).click();
    await expect(hash.getByRole('status')).toHaveText('Copied');
    const copied: TypedText = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(copied.primaryType).toBe('Approval');
    expect(copied.message).toMatchObject({ decision: 'approve' });
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('a withdrawal says whose address it goes to, and that nothing was ever paid there', async ({ page }) => {
  const complaints = await listen(page);
  const manager = await FirmPerson.signIn(desk.origin, MANAGER);
  const to = addressOf('firm owner');
  const terms = { account: BASIS, asset: 'USDC', amount: 1_000_000_000, to } as const;
  let proposal = 0;
  // There is nothing to withdraw from before the vault holds what was credited.
  await expect(async () => {
    const deadlineMs = Date.now() + 3_600_000;
    proposal = (await manager.ask({ kind: 'Withdraw', ...terms, deadlineMs }))!;
  }).toPass({ timeout: 120_000 });
  await openApprovals(page, desk.origin, 'Ops approver');
  await entryOf(page, proposal).click();
  const where = detailOf(page, proposal).getByRole('region', { name: 'Where it goes' });
  await expect(where).toContainText('the wallet that owns the firm');
  await expect(where).toContainText(to);
  await expect(where).toContainText('Nothing was ever paid there: it is the first payment.');
  const signed = page.getByRole('region', { name: 'What is signed' });
  await expect(signed.getByRole('row', { name: /^to 0x/ })).toContainText('the wallet that owns the firm');
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
