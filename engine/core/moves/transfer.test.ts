// Goal: collateral changes its place and nothing else. How: the sandbox's subaccounts and another owner's, dollars and
// coins, to the last unit that may leave.
import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  type Desk,
  MAKER,
  only,
  openDesk,
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { Action, CollateralTransfer } from '../../protocol/commands/actions.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, DUST, FEES, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';

const USD = 1e6;
const COIN = 1e8;
const BITCOIN = 1;
const FIRM = 1;

function act(desk: Desk, action: Action, firm = FIRM): EngineEvent[] {
  return desk.run({ kind: 'Propose', firm, action });
}

function codeOf(desk: Desk, action: Action, firm = FIRM): string | undefined {
  const events = act(desk, action, firm);
  if (desk.code !== undefined) expect(all(events, 'LedgerPosted')).toEqual([]);
  return desk.code;
}

const dollars = (from: number, to: number, usd: number): CollateralTransfer => ({
  from,
  to,
  asset: 'USDC',
  amount: usd * USD,
});
const bitcoin = (from: number, to: number, coins: number): CollateralTransfer => ({
  from,
  to,
  asset: 'BTC',
  amount: coins * COIN,
});
const one = (of: CollateralTransfer): Action => ({ kind: 'Transfer', ...of });

function openPot(desk: Desk): number {
  const opened = desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Pot' });
  return only(opened, 'PotOpened').account;
}

/** Five hundred bitcoin on an account that owns five million dollars and 25 of them. */
function loadedDesk(): Desk {
  const desk = openDesk();
  raiseOwnerCap(desk);
  desk.place({ account: MAKER, side: 1, sizeLots: 5_000_000 });
  desk.place({ sizeLots: 5_000_000 });
  expect(desk.code).toBeUndefined();
  return desk;
}

test('dollars and coins move, within an owner and to another, as one entry of the ledger each', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  const moves = [dollars(BASIS, ALTS, 1_000_000), bitcoin(BASIS, VOL, 5), bitcoin(BASIS, MAKER, 20)];
  for (const [place, move] of moves.entries()) {
    const events = act(desk, one(move));
    expect(desk.code).toBeUndefined();
    const asset = place === 0 ? USDC : BITCOIN;
    const { from, to, amount } = move;
    expect(only(events, 'CollateralTransferred')).toMatchObject({
      fromAccount: from,
      toAccount: to,
      asset,
      amount,
    });
    const { transfer: reason } = LedgerReason;
    expect(only(events, 'LedgerPosted')).toMatchObject({ debitAccount: from, creditAccount: to, reason });
  }
  expect(balanceOf(state, BASIS, USDC)).toBe(4_000_000 * USD);
  expect(balanceOf(state, ALTS, USDC)).toBe(6_000_000 * USD);
  expect([BASIS, VOL, MAKER].map((account) => balanceOf(state, account, BITCOIN))).toEqual([
    0,
    15 * COIN,
    20 * COIN,
  ]);
  checkInvariants(state);
});

test('refusals of Transfer, each alone', () => {
  const desk = openDesk();
  const pot = openPot(desk);
  const cases: [string, CollateralTransfer][] = [
    ['account.unknown', dollars(BASIS, 900, 1)],
    ['account.unknown', dollars(OUTSIDE, BASIS, 1)],
    ['account.unknown', dollars(BASIS, FEES, 1)],
    ['account.unknown', dollars(CLEARING, DUST, 1)],
    ['account.unknown', dollars(BASIS, 8.5, 1)],
    ['move.sameAccount', dollars(BASIS, BASIS, 1)],
    ['move.foreignAccount', dollars(MAKER, BASIS, 1)],
    ['transfer.pot', dollars(BASIS, pot, 1)],
    ['transfer.pot', dollars(pot, ALTS, 1)],
    ['asset.unknown', { ...dollars(BASIS, ALTS, 1), asset: 'XAU' }],
    ['amount.invalid', dollars(BASIS, ALTS, 0)],
    ['amount.invalid', dollars(BASIS, ALTS, -1)],
    ['amount.invalid', dollars(BASIS, ALTS, 0.000_000_5)],
    ['balance.insufficient', dollars(BASIS, ALTS, 5_000_001)],
    ['balance.insufficient', bitcoin(BASIS, ALTS, 26)],
  ];
  for (const [code, move] of cases) expect([codeOf(desk, one(move)), move]).toEqual([code, move]);
  checkInvariants(desk.engine.state);
});

test('what positions need stays: of dollars the last unit that is free may leave, one more may not', () => {
  const desk = loadedDesk();
  const { movableUsd } = accountViewOf(desk.engine, BASIS);
  expect(movableUsd).toBeLessThan(5_000_000 * USD);
  const most = { ...dollars(BASIS, ALTS, 0), amount: movableUsd };
  expect(codeOf(desk, one({ ...most, amount: movableUsd + 1 }))).toBe('margin.initialInsufficient');
  expect(codeOf(desk, one(most))).toBeUndefined();
  expect(accountViewOf(desk.engine, BASIS).movableUsd).toBe(0);
});

test('coins that margin counts on stay, by the same judgement', () => {
  const desk = loadedDesk();
  const { movableUsd } = accountViewOf(desk.engine, BASIS);
  act(desk, one({ ...dollars(BASIS, ALTS, 0), amount: movableUsd }));
  // Nothing is free any more, and coins are counted collateral: the smallest coin is too much.
  expect(codeOf(desk, one({ ...bitcoin(BASIS, ALTS, 0), amount: 100_000 }))).toBe(
    'margin.initialInsufficient',
  );
  // The same coins leave an account that needs nothing.
  expect(codeOf(desk, one(bitcoin(VOL, ALTS, 10)))).toBeUndefined();
});

test('coins and dollars that open spot orders have set aside do not leave', () => {
  const desk = openDesk();
  const pair = list(desk, spot());
  desk.prices({ 0: 60_000 });
  desk.place({ account: BASIS, instrument: pair, side: 1, priceTicks: 610_000, sizeLots: 200_000 });
  desk.place({ account: ALTS, instrument: pair, side: 0, priceTicks: 600_000, sizeLots: 600_000 });
  expect(desk.code).toBeUndefined();
  expect(codeOf(desk, one(bitcoin(BASIS, ALTS, 6)))).toBe('spot.balanceInsufficient');
  expect(codeOf(desk, one(bitcoin(BASIS, ALTS, 5)))).toBeUndefined();
  expect(codeOf(desk, one(dollars(ALTS, BASIS, 4_900_000)))).toBe('margin.debtLimit');
});

test('oracle.stale: nothing leaves by a mark nobody has confirmed; without positions no mark is asked', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1 });
  desk.place({});
  desk.wait(60_000);
  expect(codeOf(desk, one(dollars(BASIS, ALTS, 1)))).toBe('oracle.stale');
  expect(codeOf(desk, one(dollars(ALTS, BASIS, 1)))).toBeUndefined();
});

test('a list is done whole or not at all, each transfer in the state that those before it leave', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  const many = (...transfers: CollateralTransfer[]): Action => ({ kind: 'TransferMany', transfers });
  const chain = many(dollars(BASIS, ALTS, 5_000_000), dollars(ALTS, VOL, 9_000_000));
  const events = act(desk, chain);
  expect(all(events, 'CollateralTransferred')).toHaveLength(2);
  expect([BASIS, ALTS, VOL].map((account) => balanceOf(state, account, USDC) / USD)).toEqual([
    0, 1_000_000, 14_000_000,
  ]);
  const before = state.balances.columns.amount.slice();
  const refused = act(
    desk,
    many(dollars(VOL, BASIS, 1), bitcoin(VOL, BASIS, 1), dollars(ALTS, VOL, 1_000_001)),
  );
  expect(desk.code).toBe('balance.insufficient');
  expect(refused.map(({ kind }) => kind)).toEqual(['CommandApplied']);
  expect(state.balances.columns.amount).toEqual(before);
  expect(codeOf(desk, many())).toBe('transfer.countInvalid');
  const tooMany = Array.from({ length: 51 }, () => dollars(VOL, ALTS, 1));
  expect(codeOf(desk, many(...tooMany))).toBe('transfer.countInvalid');
  expect(codeOf(desk, many(...tooMany.slice(1)))).toBeUndefined();
  checkInvariants(state);
});

test('a transfer that is applied and taken back leaves no trace', () => {
  const desk = openDesk();
  const before = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: one(bitcoin(BASIS, ALTS, 3)) });
  expect(stateHash(desk.engine.state)).toBe(before);
});

test('node.frozen: no collateral leaves what is frozen, alone or in a change set; what comes in does', () => {
  const desk = openDesk();
  const node = desk.engine.state.accounts.columns.node[BASIS]!;
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetNodeState', node, state: 'frozen' } });
  const [out, back] = [one(dollars(BASIS, ALTS, 1)), one(dollars(ALTS, BASIS, 1))];
  expect(codeOf(desk, out)).toBe('node.frozen');
  expect(
    codeOf(desk, { kind: 'TransferMany', transfers: [dollars(ALTS, BASIS, 1), dollars(BASIS, VOL, 1)] }),
  ).toBe('node.frozen');
  const parts = [dollars(ALTS, VOL, 1), dollars(BASIS, VOL, 1)].map((of) => ({
    kind: 'Transfer' as const,
    ...of,
  }));
  expect(codeOf(desk, { kind: 'ChangeSet', parts })).toBe('node.frozen');
  expect(codeOf(desk, back)).toBeUndefined();
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetNodeState', node, state: 'reduceOnly' } });
  expect(codeOf(desk, out)).toBeUndefined();
});
