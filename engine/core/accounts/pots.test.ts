// Goal: a pot is margined alone, by the rules of any account, and nothing but an explicit move joins it to its
// account. How: the sandbox's first book with a pot of ETH, commands given by hand. A failure means that an isolated
// loss reaches the rest, or that money leaves which positions need.
import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  OTHER,
  only,
  openDesk,
  START_MS,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { Command, MoveCollateral } from '../../protocol/commands/types.ts';
import { AgentScheme, LedgerReason } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';
import { directoryOf } from '../views/directory.ts';

const USD = 1e6;

function openPot(desk: Desk, account = BASIS, underlying = 'ETH'): number {
  return only(desk.accept({ kind: 'OpenPot', account, underlying, label: `${underlying} pot` }), 'PotOpened')
    .account;
}

function move(from: number, to: number, usd: number, asset = 'USDC'): MoveCollateral {
  return { kind: 'MoveCollateral', from, to, asset, amount: usd * USD };
}

/** A pot of ETH with 1 000 000 USD in it. */
function potDesk(): { desk: Desk; pot: number } {
  const desk = openDesk();
  const pot = openPot(desk);
  desk.accept(move(BASIS, pot, 1_000_000));
  return { desk, pot };
}

/** Buys ETH at 3 000 for an account from the first participant. */
function buyEther(desk: Desk, account: number, coins: number): void {
  desk.place({ account: MAKER, instrument: ETH, side: 1, priceTicks: 300_000, sizeLots: coins * 1_000 });
  desk.place({ account, instrument: ETH, side: 0, priceTicks: 300_000, sizeLots: coins * 1_000 });
}

test('a pot is an account of its owner’s firm, and both say so', () => {
  const desk = openDesk();
  const events = desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Ether pot' });
  const pot = only(events, 'PotOpened').account;
  expect(only(events, 'SubaccountOpened')).toMatchObject({ account: pot, firm: 1 });
  const ofPot = { account: BASIS, underlying: 'ETH' };
  expect(directoryOf(desk.engine).accounts[pot]).toEqual({
    account: pot,
    firm: 1,
    label: 'Ether pot',
    potOf: ofPot,
  });
  expect(directoryOf(desk.engine).accounts[BASIS]!.potOf).toBeNull();
  expect(accountViewOf(desk.engine, pot)).toMatchObject({ potOf: ofPot, pots: [], movableUsd: 0 });
  const pots = [{ account: pot, underlying: 'ETH', label: 'Ether pot' }];
  expect(accountViewOf(desk.engine, BASIS)).toMatchObject({ potOf: null, pots, movableUsd: 5_000_000 * USD });
});

test('collateral moves both ways, as one entry of the ledger', () => {
  const { desk, pot } = potDesk();
  const posted = only(desk.accept(move(pot, BASIS, 250_000)), 'LedgerPosted');
  expect(posted).toMatchObject({
    debitAccount: pot,
    creditAccount: BASIS,
    amount: 250_000 * USD,
    reason: LedgerReason.collateralMove,
  });
  expect(balanceOf(desk.engine.state, pot, USDC)).toBe(750_000 * USD);
  expect(balanceOf(desk.engine.state, BASIS, USDC)).toBe(4_250_000 * USD);
  checkInvariants(desk.engine.state);
});

test('the margin of a pot is that of its underlying alone; the account’s hedge does not reach it', () => {
  const { desk, pot } = potDesk();
  buyEther(desk, pot, 500);
  const alone = accountViewOf(desk.engine, pot).margin;
  expect(alone.initial.rows.map(({ name }) => name)).toEqual(['ETH']);
  const { desk: hedged, pot: same } = potDesk();
  hedged.place({ account: OTHER, instrument: BTC, side: 0, priceTicks: 600_000, sizeLots: 250_000 });
  hedged.place({ account: BASIS, instrument: BTC, side: 1, priceTicks: 600_000, sizeLots: 250_000 });
  buyEther(hedged, same, 500);
  expect(accountViewOf(hedged.engine, same).margin.initialUsd).toBe(alone.initialUsd);
});

test('new risk in a pot counts what the firm holds of it elsewhere', () => {
  const { desk, pot } = potDesk();
  buyEther(desk, pot, 500);
  const before = accountViewOf(desk.engine, pot).margin;
  buyEther(desk, ALTS, 5_000);
  const after = accountViewOf(desk.engine, pot).margin;
  expect(after.initialUsd).toBeGreaterThan(before.initialUsd);
  expect(after.maintenanceUsd).toBeLessThanOrEqual(before.maintenanceUsd);
});

test('a pot that loses more than it holds takes nothing from its account', () => {
  const { desk, pot } = potDesk();
  buyEther(desk, pot, 3_000);
  const before = accountViewOf(desk.engine, BASIS);
  for (let usd = 2_900; usd >= 1_500; usd -= 100) desk.wait(3_000).prices({ 0: 60_000, 1: usd });
  const after = accountViewOf(desk.engine, BASIS);
  expect(accountViewOf(desk.engine, pot).margin.equityUsd).toBeLessThan(0);
  expect(after.margin).toEqual(before.margin);
  expect(after.movableUsd).toBe(before.movableUsd);
  checkInvariants(desk.engine.state);
});

test('each firm trader of the account acts on its pots; a key for the pot alone cannot reach into the account', () => {
  const { desk, pot } = potDesk();
  const approve = (key: string, accounts: number[]): number => {
    desk.accept({
      kind: 'ApproveAgent',
      member: addressOf('trader'),
      scheme: AgentScheme.ed25519,
      publicKey: key.repeat(32),
      accounts,
      expiresAtMs: desk.timeMs + HOUR_MS,
      nonce: START_MS,
    });
    return desk.engine.state.directory.agents.length;
  };
  const ofAccount = approve('ab', [BASIS]);
  const ofPot = approve('cd', [pot]);
  let nonce = START_MS;
  const codeOf = (command: Command, agent: number): string | undefined => {
    desk.run(command, agent, nonce++);
    return desk.code;
  };
  expect(codeOf(move(BASIS, pot, 5), ofAccount)).toBeUndefined();
  expect(codeOf({ kind: 'CancelAll', account: pot, instrument: ETH }, ofPot)).toBeUndefined();
  expect(codeOf(move(BASIS, pot, 5), ofPot)).toBe('actor.outOfScope');
  expect(codeOf(move(pot, BASIS, 5), ofPot)).toBe('actor.outOfScope');
  const other = openPot(desk, VOL);
  // The trader’s accounts are the first two books.
  expect(codeOf(move(VOL, other, 5), ofAccount)).toBe('actor.outOfScope');
  expect(
    codeOf({ kind: 'OpenPot', account: BASIS, underlying: 'SOL', label: 'Sol' }, ofAccount),
  ).toBeUndefined();
});

test('refusals of OpenPot, each alone', () => {
  const { desk, pot } = potDesk();
  const cases: [string, Command][] = [
    ['account.unknown', { kind: 'OpenPot', account: 0, underlying: 'BTC', label: 'Pot' }],
    ['account.unknown', { kind: 'OpenPot', account: 900, underlying: 'BTC', label: 'Pot' }],
    ['underlying.unknown', { kind: 'OpenPot', account: BASIS, underlying: 'NONE', label: 'Pot' }],
    ['label.invalid', { kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: '' }],
    ['pot.ofPot', { kind: 'OpenPot', account: pot, underlying: 'BTC', label: 'Pot' }],
    ['pot.exists', { kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Pot' }],
  ];
  refusesEach(desk, cases);
});

test('refusals of MoveCollateral, each alone', () => {
  const { desk, pot } = potDesk();
  const ofAlts = openPot(desk, ALTS);
  const cases: [string, Command][] = [
    ['account.unknown', move(BASIS, 900, 1)],
    ['account.unknown', move(3, BASIS, 1)],
    ['pot.unrelated', move(BASIS, ALTS, 1)],
    ['pot.unrelated', move(BASIS, BASIS, 1)],
    ['pot.unrelated', move(BASIS, ofAlts, 1)],
    ['pot.unrelated', move(pot, ofAlts, 1)],
    ['asset.unknown', move(BASIS, pot, 1, 'XAU')],
    ['pot.usdcOnly', move(BASIS, pot, 1, 'BTC')],
    ['amount.invalid', move(BASIS, pot, 0)],
    ['amount.invalid', move(BASIS, pot, -1)],
    ['amount.invalid', move(BASIS, pot, 0.000_000_5)],
    ['balance.insufficient', move(BASIS, pot, 4_000_001)],
    ['balance.insufficient', move(pot, BASIS, 1_000_001)],
    ['pot.usdcOnly', { kind: 'CreditDeposit', account: pot, asset: 'BTC', amount: 1, reference: 'coins' }],
  ];
  refusesEach(desk, cases);
});

test('what positions need stays: the last unit that is free may move, one more may not', () => {
  const { desk, pot } = potDesk();
  buyEther(desk, pot, 1_000);
  const { movableUsd, margin } = accountViewOf(desk.engine, pot);
  expect(movableUsd).toBe(margin.freeUsd);
  expect(movableUsd).toBeLessThan(1_000_000 * USD);
  desk.run({ ...move(pot, BASIS, 0), amount: movableUsd + 1 });
  expect(desk.code).toBe('margin.initialInsufficient');
  desk.accept({ ...move(pot, BASIS, 0), amount: movableUsd });
  expect(accountViewOf(desk.engine, pot).margin.freeUsd).toBe(0);
});

test('oracle.stale: nothing leaves by a mark nobody has confirmed; without positions no mark is asked', () => {
  const { desk, pot } = potDesk();
  buyEther(desk, pot, 100);
  desk.wait(60_000).run(move(pot, BASIS, 1));
  expect(desk.code).toBe('oracle.stale');
  expect(accountViewOf(desk.engine, pot).movableUsd).toBe(0);
  desk.accept(move(BASIS, pot, 1));
});

test('margin.debtLimit: dollars that open spot bids have set aside do not leave', () => {
  const desk = openDesk();
  const bitcoin = list(desk, spot());
  desk.prices({ 0: 60_000 });
  const pot = openPot(desk, ALTS);
  desk.place({ account: ALTS, instrument: bitcoin, side: 0, priceTicks: 600_000, sizeLots: 600_000 });
  expect(desk.code).toBeUndefined();
  desk.run(move(ALTS, pot, 4_900_000));
  expect(desk.code).toBe('margin.debtLimit');
  expect(accountViewOf(desk.engine, ALTS).movableUsd).toBeLessThan(4_900_000 * USD);
});

test('a pot trades its own underlying only, and no spot', () => {
  const { desk, pot } = potDesk();
  const own = openPot(desk, BASIS, 'BTC');
  const bitcoin = list(desk, spot());
  desk.prices({ 0: 60_000 });
  const code = (account: number, instrument: number): string | undefined => {
    desk.place({ account, instrument, sizeLots: 1, priceTicks: 0 });
    return desk.code;
  };
  expect(code(pot, BTC)).toBe('pot.otherUnderlying');
  expect(code(pot, bitcoin)).toBe('pot.otherUnderlying');
  expect(code(own, bitcoin)).toBe('pot.spot');
  // Its own perpetual passes on to the rules of orders: a limit order needs a price.
  expect(code(own, BTC)).toBe('order.priceInvalid');
});

test('a move that is applied and taken back leaves no trace, and a snapshot keeps the pots', () => {
  const { desk, pot } = potDesk();
  const { engine } = desk;
  const before = stateHash(engine.state);
  desk.tryOut(move(BASIS, pot, 77));
  expect(stateHash(engine.state)).toBe(before);
  const restored = restoreState(saveState(engine.state));
  expect(stateHash(restored.state)).toBe(before);
  expect(directoryOf(restored).accounts[pot]!.potOf).toEqual({ account: BASIS, underlying: 'ETH' });
});

function refusesEach(desk: Desk, cases: readonly [string, Command][]): void {
  for (const [code, command] of cases) {
    const events = desk.run(command);
    expect([desk.code, command]).toEqual([code, command]);
    expect(all(events, 'LedgerPosted')).toEqual([]);
  }
  checkInvariants(desk.engine.state);
}
