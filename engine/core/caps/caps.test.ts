// Goal: no owner and no market grows past its cap, and what closes a position always passes. How: the sandbox, where
// an owner may hold 25 m USD of BTC or ETH, 5 m of SOL and large alts, 1 m of others, or a fifth of open interest.
import { expect, test } from 'vitest';
import { list, option, spot, surface } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  BASIS,
  BTC,
  Desk,
  ETH,
  MAKER,
  ORDER,
  OTHER,
  only,
  openDesk,
  START_MS,
} from '../../lab/fixtures/desk.ts';
import type { Command, Genesis, PlaceOrder } from '../../protocol/commands/types.ts';
import { AgentScheme, OptionType, OrderFlag } from '../../protocol/enums.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { addressOf } from '../../sandbox/people.ts';
import { HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { openEngine } from '../openEngine.ts';
import { previewOrders } from '../preview.ts';
import { stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';

/** 25 m USD of BTC at 60 000 are 416.6666 BTC. */
const FLOOR_LOTS = 4_166_666;

function codeOf(desk: Desk, terms: Partial<PlaceOrder>): string | undefined {
  desk.place(terms);
  return desk.code;
}

test('cap.ownerShare: an owner’s positions and open orders of a side, over all accounts, end at the floor', () => {
  const desk = openDesk();
  expect(codeOf(desk, { sizeLots: FLOOR_LOTS + 1 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { sizeLots: 4_000_000 })).toBeUndefined();
  expect(codeOf(desk, { account: ALTS, sizeLots: 166_667 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { account: ALTS, sizeLots: 166_666 })).toBeUndefined();
  // The other side has its own measure.
  expect(codeOf(desk, { account: ALTS, side: 1, priceTicks: 610_000, sizeLots: 4_000_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('what an order replaces does not count twice, and a fill moves an order’s share into the position', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({ sizeLots: 4_000_000 }));
  desk.run({
    kind: 'AmendOrder',
    account: BASIS,
    orderId,
    priceTicks: 599_000,
    sizeLots: 4_100_000,
    triggerTicks: 0,
  });
  expect(desk.code).toBeUndefined();
  desk.place({ account: MAKER, side: 1, priceTicks: 599_000, sizeLots: 4_100_000 });
  expect(desk.code).toBeUndefined();
  expect(codeOf(desk, { priceTicks: 599_000, sizeLots: 66_667 })).toBe('cap.ownerShare');
  checkInvariants(desk.engine.state);
});

test('an order that only reduces passes when its owner is past the cap', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 4_000_000 });
  desk.place({ sizeLots: 4_000_000 });
  desk.place({ account: MAKER, sizeLots: 1_000_000, priceTicks: 660_000 });
  // A tenth up: the same coins are 26.4 m USD.
  for (let usd = 60_600; usd <= 66_000; usd += 600) desk.wait(15_000).prices({ 0: usd });
  desk.place({ account: MAKER, priceTicks: 660_000, sizeLots: 1_000_000 });
  expect(codeOf(desk, { sizeLots: 1, priceTicks: 660_000 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { side: 1, sizeLots: 500_000, priceTicks: 660_000 })).toBeUndefined();
  expect(
    codeOf(desk, { side: 1, sizeLots: 400_000, priceTicks: 661_000, flags: OrderFlag.reduceOnly }),
  ).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('a grown market gives an owner a fifth of its open interest; an option counts as its coins, spot not at all', () => {
  const desk = openDesk();
  const call = list(desk, option(60_000, OptionType.call));
  const bitcoin = list(desk, spot());
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  desk.place({ account: MAKER, side: 1, sizeLots: 10_000_000 });
  desk.place({ account: MAKER, side: 1, sizeLots: 10_000_000 });
  desk.place({ account: OTHER, sizeLots: 10_000_000 });
  expect(codeOf(desk, { account: OTHER, sizeLots: 10_000_000 })).toBeUndefined();
  // 2 000 BTC are open, 120 m USD: a fifth is less than the floor. At 2 500 it is 500 BTC.
  expect(codeOf(desk, { sizeLots: FLOOR_LOTS + 1 })).toBe('cap.ownerShare');
  desk.accept({ kind: 'RegisterMarketMaker', firm: 2, capMultiple: 10 });
  desk.accept({ kind: 'RegisterMarketMaker', firm: 3, capMultiple: 10 });
  desk.place({ account: MAKER, side: 1, sizeLots: 5_000_000 });
  desk.place({ account: OTHER, sizeLots: 5_000_000 });
  expect(codeOf(desk, { sizeLots: 5_000_001, priceTicks: 590_000 })).toBe('cap.ownerShare');
  // One option lot is a hundredth of a coin: 500 coins are 50 000 lots, whatever the option costs.
  expect(codeOf(desk, { instrument: call, sizeLots: 50_001, priceTicks: 100 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { instrument: bitcoin, sizeLots: 500_000, priceTicks: 600_000 })).toBeUndefined();
  expect(codeOf(desk, { sizeLots: 5_000_000, priceTicks: 590_000 })).not.toBe('cap.ownerShare');
  checkInvariants(desk.engine.state);
});

test('a registered market maker may hold a multiple, until it is one no more', () => {
  const desk = openDesk();
  desk.accept({ kind: 'RegisterMarketMaker', firm: 1, capMultiple: 2 });
  expect(codeOf(desk, { sizeLots: 2 * FLOOR_LOTS + 2 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { sizeLots: FLOOR_LOTS + 1 })).toBeUndefined();
  desk.accept({ kind: 'RegisterMarketMaker', firm: 1, capMultiple: 1 });
  expect(codeOf(desk, { sizeLots: 1 })).toBe('cap.ownerShare');
  desk.run({ kind: 'RegisterMarketMaker', firm: 0, capMultiple: 2 });
  expect(desk.code).toBe('firm.unknown');
  desk.run({ kind: 'RegisterMarketMaker', firm: 1, capMultiple: 0 });
  expect(desk.code).toBe('parameters.invalid');
});

test('no multiple lets an owner hold what would take three days to unwind', () => {
  const opening = sandboxGenesis().map((command) =>
    command.kind === 'ListUnderlying' && command.name === 'ETH'
      ? { ...command, adv30Usd: 10_000_000 }
      : command,
  );
  const desk = new Desk(openEngine(opening[0] as Genesis), opening);
  desk.prices({ 0: 60_000, 1: 3_000 });
  desk.accept({ kind: 'RegisterMarketMaker', firm: 2, capMultiple: 1_000 });
  // 0.6 × 10 m × (3 − 1/48) = 17.875 m USD are 5 958.33 ETH.
  const bid = { account: MAKER, instrument: ETH, priceTicks: 300_000 };
  expect(codeOf(desk, { ...bid, sizeLots: 5_958_334 })).toBe('cap.ownerShare');
  expect(codeOf(desk, { ...bid, sizeLots: 5_958_333 })).toBeUndefined();
});

/** A desk whose ETH may have no more than 3 m USD of open interest, 1 000 coins. */
function smallMarket(): Desk {
  const opening = sandboxGenesis().map((command) =>
    command.kind === 'ListUnderlying' && command.name === 'ETH'
      ? { ...command, freeFloatCapUsd: 60_000_000 }
      : command,
  );
  const desk = new Desk(openEngine(opening[0] as Genesis), opening);
  desk.prices({ 0: 60_000, 1: 3_000 });
  return desk;
}

test('cap.marketOpenInterest: trades that open on both sides stop at 5 % of the free float; all others go on', () => {
  const desk = smallMarket();
  const ether = (account: number, side: 0 | 1, coins: number): string | undefined =>
    codeOf(desk, { account, instrument: ETH, side, priceTicks: 300_000, sizeLots: coins * 1_000 });
  // Orders may rest whatever the cap says: only a trade makes open interest.
  expect(ether(MAKER, 1, 1_500)).toBeUndefined();
  expect(ether(BASIS, 0, 1_000)).toBeUndefined();
  expect(ether(BASIS, 0, 1)).toBe('cap.marketOpenInterest');
  expect(ether(OTHER, 0, 1)).toBe('cap.marketOpenInterest');
  desk.accept({ kind: 'CancelAll', account: MAKER, instrument: ETH });
  // Who closes finds new takers of the position; open interest stays.
  expect(ether(OTHER, 0, 600)).toBeUndefined();
  expect(ether(BASIS, 1, 400)).toBeUndefined();
  // Two hundred are still bid for: who would open against them may not, who closes may.
  expect(ether(MAKER, 1, 200)).toBe('cap.marketOpenInterest');
  expect(ether(BASIS, 1, 200)).toBeUndefined();
  checkInvariants(desk.engine.state);
  expect(desk.engine.state.underlyings.columns.openMicroCoins[1]).toBe(1_000e6);
});

test('a preview says what open interest is and would be, of all that the coin may have', () => {
  const desk = smallMarket();
  const order = { ...ORDER, instrument: ETH, priceTicks: 300_000 };
  const look = (account: number, side: 0 | 1, coins: number) =>
    previewOrders(desk.engine, 0, [{ ...order, account, side, sizeLots: coins * 1_000 }]);
  codeOf(desk, { ...order, account: MAKER, side: 1, sizeLots: 1_500_000 });
  const usd = (k: number) => k * 1_000 * 1e6;
  const empty = { beforeUsd: 0, capUsd: usd(3_000) };
  expect(look(BASIS, 0, 600).openInterest).toEqual({ ...empty, afterUsd: usd(1_800) });
  expect(look(OTHER, 1, 600).openInterest).toEqual({ ...empty, afterUsd: 0 });
  codeOf(desk, { ...order, account: BASIS, side: 0, sizeLots: 600_000 });
  const held = { beforeUsd: usd(1_800), capUsd: usd(3_000) };
  expect(look(OTHER, 0, 400).openInterest).toEqual({ ...held, afterUsd: usd(3_000) });
  const refused = look(OTHER, 0, 401);
  expect(refused.refusal?.code).toBe('cap.marketOpenInterest');
  expect(refused.openInterest).toEqual({ ...held, afterUsd: usd(1_800) });
});

function capped(leverageMilli: number, underlying = ''): Desk {
  const desk = openDesk();
  desk.accept({ kind: 'SetLeverageCap', account: BASIS, underlying, leverageMilli });
  return desk;
}

test('cap.leverage: notional of the account ÷ equity, open orders included, ends at the cap', () => {
  // 5 m USDC and 25 BTC at 97 %: 6.455 m of equity, so twice that is 215.16 BTC.
  const desk = capped(2_000);
  expect(codeOf(desk, { sizeLots: 2_152_000 })).toBe('cap.leverage');
  expect(codeOf(desk, { sizeLots: 2_000_000 })).toBeUndefined();
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 400_000 })).toBe('cap.leverage');
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 200_000 })).toBeUndefined();
  // The other side of the same market is not added: one of the two can fill.
  expect(codeOf(desk, { side: 1, priceTicks: 610_000, sizeLots: 1_900_000 })).toBeUndefined();
  desk.accept({ kind: 'SetLeverageCap', account: BASIS, underlying: '', leverageMilli: 0 });
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 400_000 })).toBeUndefined();
});

test('a cap on one coin leaves the others, and a cap below what is used blocks increases only', () => {
  const desk = capped(1_000, 'ETH');
  expect(codeOf(desk, { sizeLots: 2_000_000 })).toBeUndefined();
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 2_300_000 })).toBe('cap.leverage');
  desk.place({ account: MAKER, instrument: ETH, side: 1, priceTicks: 300_000, sizeLots: 2_000_000 });
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 2_000_000 })).toBeUndefined();
  desk.accept({ kind: 'SetLeverageCap', account: BASIS, underlying: 'ETH', leverageMilli: 500 });
  expect(codeOf(desk, { instrument: ETH, priceTicks: 300_000, sizeLots: 1 })).toBe('cap.leverage');
  expect(codeOf(desk, { instrument: ETH, side: 1, priceTicks: 301_000, sizeLots: 500_000 })).toBeUndefined();
  expect(accountViewOf(desk.engine, BASIS).leverageCaps).toMatchObject([
    { underlying: 'ETH', leverageMilli: 500 },
  ]);
});

test('a coin may be listed with a leverage cap of its own: the tighter one holds', () => {
  const opening = sandboxGenesis().map((command) =>
    command.kind === 'ListUnderlying' && command.name === 'BTC'
      ? { ...command, leverageMilliMax: 2_000 }
      : command,
  );
  const desk = new Desk(openEngine(opening[0] as Genesis), opening);
  desk.prices({ 0: 60_000 });
  expect(codeOf(desk, { sizeLots: 2_152_000 })).toBe('cap.leverage');
  desk.accept({ kind: 'SetLeverageCap', account: BASIS, underlying: 'BTC', leverageMilli: 5_000 });
  expect(codeOf(desk, { sizeLots: 2_152_000 })).toBe('cap.leverage');
  desk.accept({ kind: 'SetLeverageCap', account: BASIS, underlying: 'BTC', leverageMilli: 1_000 });
  expect(codeOf(desk, { sizeLots: 1_100_000 })).toBe('cap.leverage');
  expect(codeOf(desk, { sizeLots: 1_000_000 })).toBeUndefined();
});

test('only a portfolio manager sets leverage caps; refusals each alone', () => {
  const desk = openDesk();
  const approve = (role: 'trader' | 'portfolio manager', key: string): number => {
    desk.accept({
      kind: 'ApproveAgent',
      member: addressOf(role),
      scheme: AgentScheme.ed25519,
      publicKey: key.repeat(32),
      accounts: [],
      expiresAtMs: desk.timeMs + HOUR_MS,
      nonce: START_MS,
    });
    return desk.engine.state.directory.agents.length;
  };
  const cap = { kind: 'SetLeverageCap', account: BASIS, underlying: '', leverageMilli: 3_000 } as const;
  desk.run(cap, approve('trader', 'ab'), desk.timeMs);
  expect(desk.code).toBe('actor.notPermitted');
  const manager = approve('portfolio manager', 'cd');
  expect(only(desk.run(cap, manager, desk.timeMs), 'LeverageCapSet')).toMatchObject({
    account: BASIS,
    underlying: -1,
  });
  const cases: [string, Command][] = [
    ['account.unknown', { ...cap, account: 2 }],
    ['actor.outOfScope', { ...cap, account: MAKER }],
    ['underlying.unknown', { ...cap, underlying: 'NONE' }],
    ['parameters.invalid', { ...cap, leverageMilli: -1 }],
    ['parameters.invalid', { ...cap, leverageMilli: 1_000_001 }],
  ];
  for (const [at, [code, command]] of cases.entries()) {
    desk.run(command, manager, desk.timeMs + 1 + at);
    expect([desk.code, command]).toEqual([code, command]);
  }
});

test('caps that are set and taken back leave no trace', () => {
  const desk = openDesk();
  const before = stateHash(desk.engine.state);
  for (const command of [
    { kind: 'SetLeverageCap', account: BASIS, underlying: 'ETH', leverageMilli: 3_000 },
    { kind: 'SetLeverageCap', account: BASIS, underlying: '', leverageMilli: 3_000 },
    { kind: 'RegisterMarketMaker', firm: 1, capMultiple: 3 },
  ] as const) {
    beginUndo(desk.engine.undo);
    desk.accept(command);
    expect(stateHash(desk.engine.state)).not.toBe(before);
    rollBack(desk.engine.undo);
    expect(stateHash(desk.engine.state)).toBe(before);
  }
});

test('caps stand behind what the book says of an order, and before what margin says', () => {
  const desk = openDesk();
  const large = { sizeLots: FLOOR_LOTS + 1 };
  expect(codeOf(desk, { ...large, timeInForce: 1 })).toBe('order.noLiquidity');
  // The smallest book of the three could not pay for it either.
  expect(codeOf(desk, { ...large, account: BASIS + 2, instrument: BTC })).toBe('cap.ownerShare');
});
