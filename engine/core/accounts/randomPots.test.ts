// Goal: a pot’s loss never touches its account, whatever happens. How: random orders, moves, prices and ticks on a desk
// where one book only feeds its pots and trades nothing itself; after each command its balance is what it began with
// less what it moved out. Moves that passed are summed apart, and every asset sums to zero. The run’s seed reproduces a failure.
import { expect, test } from 'vitest';
import { BASIS, BTC, type Desk, ETH, MAKER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { Command, PlaceOrder } from '../../protocol/commands/types.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { accountViewOf } from '../views/account.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 3_000);
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const MARKETS = [
  { instrument: BTC, underlying: 'BTC', usd: 60_000, ticksPerUsd: 10, lots: 200_000 },
  { instrument: ETH, underlying: 'ETH', usd: 3_000, ticksPerUsd: 100, lots: 400_000 },
] as const;

test.each([0, 1, 2])('pots lose what is theirs and no more (run %i)', (run) => {
  const random = randomFrom(SEED + run);
  const desk = openDesk();
  const { state } = desk.engine;
  const pots = MARKETS.map(
    ({ underlying }) =>
      only(desk.accept({ kind: 'OpenPot', account: BASIS, underlying, label: underlying }), 'PotOpened')
        .account,
  );
  const coins = [1, 2].map((asset) => balanceOf(state, BASIS, asset));
  let expected = balanceOf(state, BASIS, USDC);
  let lowestUsd = 0;
  let moves = 0;
  const factors = MARKETS.map(() => 1);
  for (let count = 0; count < COMMANDS; count++) {
    for (const event of desk.run(anyCommand(random, desk, pots, factors))) {
      if (event.kind !== 'LedgerPosted' || event.reason !== LedgerReason.collateralMove) continue;
      expected += event.creditAccount === BASIS ? event.amount : -event.amount;
      moves += 1;
    }
    expect(balanceOf(state, BASIS, USDC)).toBe(expected);
    expect([1, 2].map((asset) => balanceOf(state, BASIS, asset))).toEqual(coins);
    if (count % 50 !== 0) continue;
    checkInvariants(state);
    for (const pot of pots) lowestUsd = Math.min(lowestUsd, accountViewOf(desk.engine, pot).margin.equityUsd);
  }
  expect(moves).toBeGreaterThan(COMMANDS / 100);
  // Some pot was ruined on the way; nobody paid for it but those it owes.
  expect(lowestUsd).toBeLessThan(0);
});

function anyCommand(random: Random, desk: Desk, pots: readonly number[], factors: number[]): Command {
  const dice = random.below(20);
  if (dice < 2) return anyMove(random, desk, pots);
  if (dice < 14) return anyOrder(random, pots, factors);
  desk.wait(500 + random.below(2_000));
  if (dice < 16) return { kind: 'Tick' };
  return anyPrices(random, desk, factors);
}

function anyMove(random: Random, desk: Desk, pots: readonly number[]): Command {
  const pot = pots[random.below(pots.length)]!;
  const [from, to] = random.below(2) === 0 ? [BASIS, pot] : [pot, BASIS];
  const has = Math.max(0, balanceOf(desk.engine.state, from, USDC));
  const amount = 1 + Math.floor((has / 10) * (random.below(1_000) / 1_000));
  return { kind: 'MoveCollateral', from, to, asset: 'USDC', amount };
}

function anyOrder(random: Random, pots: readonly number[], factors: readonly number[]): PlaceOrder {
  const place = random.below(MARKETS.length);
  const { instrument, usd, ticksPerUsd, lots } = MARKETS[place]!;
  const near = usd * factors[place]! * (1 + (random.below(201) - 100) / 10_000);
  // Now and then the other market’s pot, which is refused.
  const account = [pots[place]!, pots[random.below(2)]!, MAKER, OTHER][random.below(4)]!;
  // Pots like to be long and the makers sell to them: so that a fall ruins somebody.
  const isBuyer = random.chance(pots.includes(account) ? 0.8 : 0.3);
  return {
    kind: 'PlaceOrder',
    account,
    instrument,
    side: isBuyer ? 0 : 1,
    type: 0,
    timeInForce: random.below(3) === 0 ? 1 : 0,
    selfTrade: 1,
    flags: 0,
    priceTicks: Math.max(1, Math.round(near * ticksPerUsd)),
    sizeLots: 1 + random.below(lots),
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}

/** Small steps, and now and then a gap that ruins a pot that is all in. */
function anyPrices(random: Random, desk: Desk, factors: number[]): Command {
  const gap = random.chance(0.02) ? 0.75 : 1.002;
  if (gap < 1) desk.wait(60_000);
  const reports = MARKETS.flatMap(({ usd }, underlying) => {
    const factor = factors[underlying]! * gap * (1 + (random.below(201) - 100) / 10_000);
    factors[underlying] = Math.min(2, Math.max(0.3, factor));
    const priceE8 = Math.round(usd * factors[underlying]! * 1e8);
    return Array.from({ length: 7 }, (_, source) => ({
      underlying,
      source,
      priceE8,
      sourceTimeMs: desk.timeMs,
    }));
  });
  return { kind: 'ReportPrices', reports };
}
