// Goal: who demands of the vault itself is paid by a desk that says nothing against it, and has no switch by which to end
// it for all; a desk that does not pay is frozen for it. How: the desk's loop between a real core and a real chain; an
// owner who signs no withdrawal, and a clock of the test's own for both.
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { positionLots } from '../../core/accounts/positions.ts';
import { balanceOf } from '../../core/ledger/post.ts';
import { highWater } from '../../core/memory/table.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { ALTS, BTC, MAKER, raiseOwnerCap } from '../../lab/fixtures/desk.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { VaultReader } from '../../settlement/vault/vaultReader.ts';

const { forcedGrace } = sandboxVault.terms;
const [USDC, ETHER] = [0, 2];
/** Two hundred BTC, more than the account's margin leaves free. */
const LOTS = 2_000_000;
const owner = addressOf('counterparty trader');
let rig: SettlementRig;
let account: number;
let sub: Hex;
let vault: VaultReader;

beforeAll(async () => {
  rig = await SettlementRig.open();
  await rig.start(0);
  await rig.until(() => rig.settlement.status === 'open', 'an open vault');
  account = highWater(rig.firm.desk.engine.state.accounts) - 1;
  sub = subaccountId(owner, account) as Hex;
  vault = new VaultReader(rig.chain, rig.vault as Hex);
  await passUntil(async () => rig.settlement.opened?.roots.final !== undefined, 'a final root');
});
afterAll(() => rig.close());

const paid = () => vault.ask('paid', [sub, BigInt(USDC)]);
const isOpen = async () => (await vault.ask('forced', [sub]))[0] > 0n;
const isFrozen = () => vault.ask('frozen', []);
const served = () => rig.said.filter(({ kind }) => kind === 'DemandServed').length;

/** Looks again and again while time goes by, with prices of now. */
async function passUntil(isSo: () => Promise<boolean>, what: string): Promise<void> {
  let passedMs = performance.now();
  await rig.until(async () => {
    if (await isSo()) return true;
    if (performance.now() - passedMs < 100) return false;
    await pass(4);
    passedMs = performance.now();
    return false;
  }, what);
}

async function pass(seconds: number): Promise<void> {
  await rig.pass(seconds);
  const { desk } = rig.firm;
  desk.timeMs = Math.max(desk.timeMs, rig.nowMs());
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
}

test('an owner who signs no withdrawal and demands one unit cannot freeze a desk that pays', async () => {
  for (const amount of [1n, 2n]) {
    const before = { paid: await paid(), served: served() };
    await rig.force(sub, USDC, amount);
    await passUntil(async () => (await paid()) === before.paid + amount, 'a payment that nobody signed');
    await expect(rig.freezeFor(sub)).rejects.toThrow('NotDue');
    // The desk ends it with the leaf of a newer root: the next can be made.
    await passUntil(async () => !(await isOpen()), 'an end of the demand');
    await pass(forcedGrace + 1);
    await expect(rig.freezeFor(sub)).rejects.toThrow('NotDue');
    expect([await isFrozen(), served(), await paid()]).toEqual([
      false,
      before.served + 1,
      before.paid + amount,
    ]);
  }
});

test('a desk that is killed after it has authorised it pays it once', async () => {
  const before = { paid: await paid(), served: served() };
  rig.mayCut = false;
  await rig.force(sub, USDC, 5n);
  await passUntil(async () => served() === before.served + 1, 'a demand that is served');
  await rig.start(0);
  rig.mayCut = true;
  await passUntil(async () => !(await isOpen()), 'an end of the demand');
  expect([served(), await paid()]).toEqual([before.served + 1, before.paid + 5n]);
  expect(rig.state().withdrawals).toEqual([]);
});

test('a withdrawal that its owner signed and nobody claims is brought for the demand, and pays it', async () => {
  const before = { paid: await paid(), served: served() };
  rig.withdraw(account, 7);
  await passUntil(
    async () => (rig.settlement.opened?.roots.final?.signed.draft.withdrawals.length ?? 0) > 0,
    'its root',
  );
  expect(await paid()).toBe(before.paid);
  await rig.force(sub, USDC, 7n);
  await passUntil(async () => !(await isOpen()), 'an end of the demand');
  expect([served(), await paid()]).toEqual([before.served, before.paid + 7n]);
});

test('what is margin is told as held, and with half its time gone it is closed as far as it takes, and paid', async () => {
  const { desk } = rig.firm;
  const { state } = desk.engine;
  const of = subaccountId(addressOf('firm owner'), ALTS) as Hex;
  const paidOf = () => vault.ask('paid', [of, BigInt(USDC)]);
  const isEnded = async () => (await vault.ask('forced', [of]))[0] === 0n;
  // Its coins first: they would be margin enough.
  await rig.force(of, ETHER, BigInt(balanceOf(state, ALTS, ETHER)), 'firm owner');
  await passUntil(isEnded, 'an end of the demand for coins');
  expect(balanceOf(state, ALTS, ETHER)).toBe(0);
  await pass(1);
  raiseOwnerCap(desk);
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: LOTS });
  desk.place({ account: ALTS, side: 0, priceTicks: 600_000, sizeLots: LOTS });
  expect(positionLots(state, ALTS, BTC)).toBe(LOTS);
  const amount = BigInt(balanceOf(state, ALTS, USDC)) - 50_000_000_000n;
  const free = BigInt(desk.engine.risk.movableUsd(ALTS));
  expect(free).toBeLessThan(amount);
  // Somebody buys all day.
  desk.place({ account: MAKER, side: 0, priceTicks: 599_900, sizeLots: LOTS });
  const askedMs = rig.nowMs();
  await rig.force(of, USDC, amount, 'firm owner');
  await passUntil(async () => (await paidOf()) > 0n, 'a payment of what is free');
  // Rounded up to the unit, and prices did not move.
  expect(await paidOf()).toBe(free);
  expect(positionLots(state, ALTS, BTC)).toBe(LOTS);
  await passUntil(async () => (await paidOf()) === amount, 'a payment of the rest');
  expect(rig.nowMs() - askedMs).toBeGreaterThanOrEqual((forcedGrace / 2) * 1_000);
  const left = positionLots(state, ALTS, BTC);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(LOTS);
  await passUntil(isEnded, 'an end of the demand');
});

test('a desk that does not serve says so in an alarm, and is frozen for it', async () => {
  rig.mayServe = false;
  await rig.force(sub, USDC, 3n);
  await passUntil(
    async () => /Alarm: the owner demands 0\.000003 USDC .* are not served: /.test(rig.settlement.sentence),
    'an alarm',
  );
  await expect(rig.freezeFor(sub)).rejects.toThrow('NotDue');
  await pass(forcedGrace + 1);
  await rig.freezeFor(sub);
  expect(await isFrozen()).toBe(true);
});
