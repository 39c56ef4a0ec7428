// Goal: an expiry neither makes nor loses a unit of cash, and pays everybody what arithmetic says. How: random books of
// futures and options traded on the desk; each account's cash after the settlement is summed again in BigInt from what
// it traded, and all accounts, the outside world included, sum to zero. The desk's number and seed reproduce a failure.
import { expect, test } from 'vitest';
import { EXPIRY_MS, future, list, option, surface } from '../../lab/fixtures/contracts.ts';
import { all, BASIS, type Desk, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import { InstrumentStage, OptionType, Side } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, FEES, USDC } from '../ledger/systemAccounts.ts';

const BOOKS = Number(process.env.BALLAST_LONG_COUNT ?? 500);
const BOOKS_PER_DESK = 100;
const TRADES_PER_BOOK = 4;
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);

/** Of different firms, so that any two may trade. */
const ACCOUNTS = [BASIS, MAKER, MAKER + 1, MAKER + 2, MAKER + 3, MAKER + 4];

test(`${BOOKS} random books are settled to the unit`, { timeout: timeoutMs(600_000) }, () => {
  for (let desk = 0; desk * BOOKS_PER_DESK < BOOKS; desk++) {
    const paid = settleOneDesk(randomFrom(SEED + desk));
    expect({ desk, ...paid }).toEqual({ desk, ...paid, actual: paid.expected, clearing: 0 });
  }
});

interface Paid {
  expected: bigint[];
  actual: bigint[];
  clearing: number;
}

function settleOneDesk(random: Random): Paid {
  const desk = openDesk();
  desk.timeMs = EXPIRY_MS - 3_600_000;
  const instruments = listRandomBooks(desk, random);
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  const { state } = desk.engine;
  const start = ACCOUNTS.map((account) => BigInt(balanceOf(state, account, USDC)));
  const bought = new Map<number, bigint>();
  const fees = balanceOf(state, FEES, USDC);
  for (const instrument of instruments) tradeAtRandom(desk, random, instrument, bought);
  desk.timeMs = EXPIRY_MS - 10_000;
  for (; desk.timeMs <= EXPIRY_MS; desk.wait(5_000)) {
    desk.prices({ 0: 55_000 + random.below(10_000) + random.below(100) / 100 });
    desk.accept({ kind: 'Tick' });
  }
  while (instruments.some((row) => state.instruments.columns.stage[row] !== InstrumentStage.settled)) {
    desk.accept({ kind: 'Tick' });
    checkInvariants(state);
  }
  const settlement = (row: number) => BigInt(state.instruments.columns.settlement[row]!);
  const expected = ACCOUNTS.map((account, place) => {
    let cash = start[place]! + (bought.get(account) ?? 0n);
    for (const row of instruments) cash += (bought.get(account * 10_000 + row) ?? 0n) * settlement(row);
    return cash;
  });
  const actual = ACCOUNTS.map((account) => BigInt(balanceOf(state, account, USDC)));
  expect(balanceOf(state, FEES, USDC)).toBeGreaterThan(fees);
  return { expected, actual, clearing: balanceOf(state, CLEARING, USDC) };
}

function listRandomBooks(desk: Desk, random: Random): number[] {
  const strikes = new Set<number>();
  const instruments = [list(desk, future())];
  while (instruments.length < BOOKS_PER_DESK) {
    const strike = 40_000 + random.below(40_000);
    if (strikes.has(strike)) continue;
    strikes.add(strike);
    instruments.push(list(desk, option(strike, random.below(2) === 0 ? OptionType.call : OptionType.put)));
  }
  return instruments;
}

/**
 * Trades at random prices in the band, some in part, some reversed later. Sums what each account spent and
 * was charged under its own number, and its lots under account × 10 000 + instrument.
 */
function tradeAtRandom(desk: Desk, random: Random, instrument: number, bought: Map<number, bigint>): void {
  const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
  const perTick = usdPerTickLot[instrument]!;
  const add = (key: number, amount: bigint) => bought.set(key, (bought.get(key) ?? 0n) + amount);
  for (let trade = 0; trade < TRADES_PER_BOOK; trade++) {
    const maker = random.below(ACCOUNTS.length);
    const taker = (maker + 1 + random.below(ACCOUNTS.length - 1)) % ACCOUNTS.length;
    const side = random.below(2) as Side;
    const fair = mark[instrument]! / perTick;
    const priceTicks = Math.max(1, Math.round(fair + random.below(20_001) - 10_000));
    const terms = { instrument, priceTicks, sizeLots: 1 + random.below(200) };
    const events = [
      ...desk.place({ ...terms, account: ACCOUNTS[maker]!, side: side === Side.buy ? Side.sell : Side.buy }),
      ...desk.place({ ...terms, account: ACCOUNTS[taker]!, side, sizeLots: 1 + random.below(200) }),
    ];
    for (const fill of all(events, 'OrderFilled')) {
      const lots = BigInt(fill.side === Side.buy ? fill.lots : -fill.lots);
      add(fill.account, -lots * BigInt(fill.priceTicks * perTick) - BigInt(fill.fee));
      add(fill.account * 10_000 + instrument, lots);
    }
  }
}
