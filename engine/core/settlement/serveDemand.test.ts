import { expect, test } from 'vitest';
import { ALTS, all, BASIS, BTC, type Desk, MAKER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { ServeDemand } from '../../protocol/commands/settlement.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { entitlements } from './entitlements.ts';

const USD = 1_000_000;
const OWNER = addressOf('firm owner');
const ELSEWHERE = `0x${'ab'.repeat(20)}`;

const demand = (change: Partial<ServeDemand> = {}): ServeDemand => {
  const amount = change.amount ?? 250 * USD;
  return {
    ...{ kind: 'ServeDemand', account: BASIS, asset: 'USDC', amount },
    ...{ block: 40, missing: amount, asOf: 44, ...change },
  };
};
const opened = () => openVault(openDesk());
const open = ({ engine }: Desk) => engine.state.directory.settlement.withdrawals;
const held = ({ engine }: Desk, account = BASIS) => balanceOf(engine.state, account, USDC);

/** The vault has paid all that waits. */
function payAll(desk: Desk): void {
  for (const { nonce } of open(desk)) desk.accept({ kind: 'SettleWithdrawal', nonce, block: 50 });
}

/** Without coins, long of so many lots that were bought of the first participant at the mark; nobody quotes any more. */
function holdsPosition(desk: Desk, sizeLots: number): void {
  const coins = balanceOf(desk.engine.state, BASIS, 1);
  desk.accept(demand({ asset: 'BTC', amount: coins, block: 30 }));
  payAll(desk);
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots });
  desk.place({ account: BASIS, side: 0, priceTicks: 600_000, sizeLots });
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(sizeLots);
}

/** Long of the BTC perpetual, bought of a maker, so that some of the account is margin. */
function holdsMargin(desk: Desk): void {
  desk.place({ account: BASIS, sizeLots: 3_000_000 });
  expect(desk.code).toBeUndefined();
}

test('what an owner demanded leaves the account for the owner’s own address, and nobody else is asked', () => {
  const desk = opened();
  const { state } = desk.engine;
  const before = { held: held(desk), leaves: entitlements(state) };
  const events = desk.accept(demand());
  expect(only(events, 'WithdrawalAuthorised')).toMatchObject({ nonce: 1, account: BASIS, amount: 250 * USD });
  expect(only(events, 'DemandServed')).toMatchObject({ nonce: 1, account: BASIS, block: 40 });
  expect(open(desk)).toMatchObject([{ nonce: 1, account: BASIS, amount: 250 * USD, to: OWNER, demand: 40 }]);
  expect(held(desk)).toBe(before.held - 250 * USD);
  expect(entitlements(state)).toEqual(before.leaves);
  checkInvariants(state);
});

test('demand.served: nothing is served twice, on its way or paid', () => {
  const desk = opened();
  desk.accept(demand());
  desk.run(demand());
  expect(desk.code).toBe('demand.served');
  payAll(desk);
  // The desk reads the vault again and says that something is missing: more than was demanded never leaves.
  desk.run(demand());
  expect(desk.code).toBe('demand.served');
  desk.accept(demand({ block: 60, asOf: 60, amount: 5 }));
  expect(open(desk)).toMatchObject([{ nonce: 2, amount: 5 }]);
});

test('a withdrawal that waits counts for the demand, unless the vault refuses it by now', () => {
  const desk = opened();
  const list = (fromMs: number) =>
    desk.accept({ kind: 'NoteWhitelist', account: BASIS, to: ELSEWHERE, fromMs });
  desk.accept(demand({ amount: 100 * USD }));
  desk.accept(demand({ amount: 250 * USD, block: 41 }));
  expect(open(desk).map(({ amount }) => amount)).toEqual([100 * USD, 150 * USD]);
  list(1);
  const { settlement } = desk.engine.state.directory;
  // One that was authorised for elsewhere, while that was listed.
  const away = settlement.withdrawals.map((each) => ({ ...each, to: ELSEWHERE }));
  desk.engine.state.directory.settlement = { ...settlement, withdrawals: away };
  desk.run(demand({ amount: 250 * USD, block: 42 }));
  expect(desk.code).toBe('demand.served');
  list(0);
  desk.accept(demand({ amount: 250 * USD, block: 42 }));
  expect(open(desk).at(-1)).toMatchObject({ amount: 250 * USD, to: OWNER });
});

test('demand.notFree: margin stays; what is free is served, and the rest once it is free', () => {
  const desk = opened();
  const { engine } = desk;
  holdsMargin(desk);
  const free = engine.risk.movableUsd(BASIS);
  const all = held(desk);
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThan(all);
  const whole = demand({ amount: all });
  expect(only(desk.accept(whole), 'DemandServed').amount).toBe(free);
  desk.run(whole);
  expect(desk.code).toBe('demand.notFree');
  payAll(desk);
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: -1 });
  expect(only(desk.accept({ ...whole, missing: all - free, asOf: 51 }), 'DemandServed').amount).toBe(
    all - free,
  );
  expect(held(desk)).toBe(0);
  checkInvariants(engine.state);
});

test('with half of its time gone what holds it is closed as far as it takes, and no further', () => {
  const desk = opened();
  const { state } = desk.engine;
  holdsPosition(desk, 200_000);
  desk.place({ account: BASIS, side: 0, priceTicks: 595_000, sizeLots: 1_000 });
  expect(desk.code).toBeUndefined();
  desk.place({ account: MAKER, side: 0, priceTicks: 599_900, sizeLots: 1_000_000 });
  const lots = positionLots(state, BASIS, BTC);
  const free = desk.engine.risk.movableUsd(BASIS);
  const wanted = free + Math.floor((held(desk) - free) / 4);
  const events = desk.accept(demand({ amount: wanted, mayUnwind: true }));
  expect(only(events, 'AccountUnwound')).toMatchObject({ account: BASIS, cancelledOrders: 1 });
  expect(only(events, 'DemandServed').amount).toBe(wanted);
  const left = positionLots(state, BASIS, BTC);
  expect(left).toBeGreaterThan(lots / 2);
  expect(left).toBeLessThan(lots);
  checkInvariants(state);
});

test('what the book does not take is left, what is closed stays so, and it is tried again', () => {
  const desk = opened();
  const { state } = desk.engine;
  holdsPosition(desk, 200_000);
  desk.accept(demand({ amount: desk.engine.risk.movableUsd(BASIS), block: 39 }));
  payAll(desk);
  const asked = demand({ amount: held(desk), mayUnwind: true });
  const lots = positionLots(state, BASIS, BTC);
  // Nobody buys: all is as it was.
  expect(all(desk.accept(asked), 'DemandServed')).toEqual([]);
  expect(positionLots(state, BASIS, BTC)).toBe(lots);
  desk.place({ account: MAKER, side: 0, priceTicks: 599_900, sizeLots: 1_000_000 });
  expect(all(desk.accept(asked), 'DemandServed')).toHaveLength(1);
  expect(positionLots(state, BASIS, BTC)).toBe(0);
  checkInvariants(state);
});

test('where there is nothing to close it is refused as before', () => {
  const desk = opened();
  desk.accept(demand({ amount: held(desk), block: 39 }));
  payAll(desk);
  desk.run(demand({ mayUnwind: true }));
  expect(desk.code).toBe('demand.notFree');
});

test('it is served in pieces that the vault lets out at once', () => {
  const desk = opened();
  const cap = { windowMs: DAY_MS, ofAll: 90 * USD, ofEach: 70 * USD };
  desk.accept({ kind: 'NoteVaultCap', asset: 'USDC', ...cap });
  const pieces = [250, 180, 110, 40].map((missing) => {
    const { amount } = only(desk.accept(demand({ missing: missing * USD })), 'DemandServed');
    payAll(desk);
    return amount / USD;
  });
  expect(pieces).toEqual([70, 70, 70, 40]);
  desk.run(demand({ missing: 1 }));
  expect(desk.code).toBe('demand.served');
});

test('a frozen account is served too: the vault is frozen for good where it is not', () => {
  const desk = opened();
  desk.accept({ kind: 'Propose', firm: 1, action: { kind: 'SetNodeState', node: 0, state: 'frozen' } });
  desk.accept(demand());
  expect(open(desk)).toHaveLength(1);
});

test('no more leaves than the account has', () => {
  const desk = opened();
  const inside = -balanceOf(desk.engine.state, OUTSIDE, USDC);
  const { amount } = only(desk.accept(demand({ amount: 2 * inside })), 'DemandServed');
  expect(amount).toBe(held(openDesk()));
});

test.each<[string, Partial<ServeDemand>]>([
  ['account.unknown', { account: 2 }],
  ['account.unknown', { account: 9_999 }],
  ['asset.unknown', { asset: 'XAU' }],
  ['amount.invalid', { amount: 0 }],
  ['amount.invalid', { amount: 5, missing: 6 }],
  ['amount.invalid', { missing: 0 }],
  ['parameters.invalid', { block: -1 }],
  ['parameters.invalid', { asOf: 39 }],
  ['demand.outOfDate', { account: ALTS, block: 29 }],
  ['demand.outOfDate', { account: ALTS, block: 30, amount: 8 }],
  ['demand.outOfDate', { account: ALTS, block: 30, asset: 'BTC', amount: 9 }],
])('%s: refused, and nothing has changed', (code, change) => {
  const desk = opened();
  desk.accept(demand({ account: ALTS, block: 30, amount: 9 }));
  const hash = stateHash(desk.engine.state);
  desk.tryOut(demand(change));
  expect(desk.code).toBe(code);
  expect(stateHash(desk.engine.state)).toBe(hash);
});

test('settlement.notOpen: before there is a vault nobody demands of it', () => {
  const desk = openDesk();
  desk.run(demand());
  expect(desk.code).toBe('settlement.notOpen');
});

test('what is tried leaves nothing behind, and a saved desk remembers what it served', () => {
  const desk = opened();
  const hash = stateHash(desk.engine.state);
  desk.tryOut(demand());
  expect(stateHash(desk.engine.state)).toBe(hash);
  desk.accept(demand());
  const saved = restoreState(saveState(desk.engine.state));
  expect(stateHash(saved.state)).toBe(stateHash(desk.engine.state));
  expect(saved.state.directory.settlement.demands).toEqual([
    { account: BASIS, asset: USDC, block: 40, amount: 250 * USD, served: 250 * USD },
  ]);
});
