// Goal: a pot’s loss never touches its account, whatever happens. How: random orders, moves, prices and ticks on a desk
// where one book only feeds its pots and trades nothing itself; after each command its balance is what it began with
// less what it moved out, summed apart. In each episode prices fall by three tenths at once. The seed reproduces a failure.
import { expect, test } from 'vitest';
import { BASIS, BTC, type Desk, ETH, MAKER, ORDER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { Command, PlaceOrder } from '../../protocol/commands/types.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { accountViewOf } from '../views/account.ts';

const EPISODES = Number(process.env.BALLAST_LONG_COUNT ?? 12);
const COMMANDS = 600;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const MARKETS = [
  { instrument: BTC, underlying: 'BTC', usd: 60_000, ticksPerUsd: 10, lots: 200_000 },
  { instrument: ETH, underlying: 'ETH', usd: 3_000, ticksPerUsd: 100, lots: 400_000 },
] as const;

test(`${EPISODES} random episodes, each with a crash: pots lose what is theirs and no more`, {
  timeout: timeoutMs(600_000),
}, () => {
  const ruined = Array.from({ length: EPISODES }, (_, episode) => playOne(randomFrom(SEED + episode)));
  // Many a pot is ruined on the way, and the desk stands behind it alone.
  expect(ruined.filter(Boolean).length).toBeGreaterThan(EPISODES / 4);
});

/** @returns whether some pot ended below zero */
function playOne(random: Random): boolean {
  const desk = openDesk();
  const { state } = desk.engine;
  const pots = MARKETS.map(
    ({ underlying }) =>
      only(desk.accept({ kind: 'OpenPot', account: BASIS, underlying, label: underlying }), 'PotOpened')
        .account,
  );
  const coins = [1, 2].map((asset) => balanceOf(state, BASIS, asset));
  const factors = MARKETS.map(() => 1);
  let expected = balanceOf(state, BASIS, USDC);
  const play = (command: Command): void => {
    for (const event of desk.run(command)) {
      if (event.kind !== 'LedgerPosted' || event.reason !== LedgerReason.collateralMove) continue;
      expected += event.creditAccount === BASIS ? event.amount : -event.amount;
    }
    expect(balanceOf(state, BASIS, USDC)).toBe(expected);
    expect([1, 2].map((asset) => balanceOf(state, BASIS, asset))).toEqual(coins);
  };
  for (let count = 0; count < COMMANDS; count++) {
    const isCrash = count === (COMMANDS * 2) / 3;
    if (isCrash) desk.wait(60_000);
    play(isCrash ? pricesAt(desk, factors, 0.7) : anyCommand(random, desk, pots, factors));
    if (count % 100 === 0) checkInvariants(state);
  }
  checkInvariants(state);
  return pots.some((pot) => accountViewOf(desk.engine, pot).margin.equityUsd < 0);
}

function anyCommand(random: Random, desk: Desk, pots: readonly number[], factors: number[]): Command {
  const dice = random.below(20);
  if (dice < 2) return anyMove(random, desk, pots);
  if (dice < 14) return anyOrder(random, pots, factors);
  desk.wait(500 + random.below(2_000));
  if (dice < 16) return { kind: 'Tick' };
  return pricesAt(desk, factors, 1 + (random.below(21) - 10) / 10_000);
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
    ...ORDER,
    account,
    instrument,
    side: isBuyer ? 0 : 1,
    timeInForce: random.below(3) === 0 ? 1 : 0,
    priceTicks: Math.max(1, Math.round(near * ticksPerUsd)),
    sizeLots: 1 + random.below(lots),
  };
}

/** All sources at the old prices times a factor. */
function pricesAt(desk: Desk, factors: number[], factor: number): Command {
  const reports = MARKETS.flatMap(({ usd }, underlying) => {
    factors[underlying] = factors[underlying]! * factor;
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
