import { describe, expect, test } from 'vitest';
import { CHAIN_EXPIRIES_MS, CHAIN_START_MS } from '../../lab/fixtures/chainFixture.ts';
import { DAY_MS, HOUR_MS, type TimeMs } from '../../units/time.ts';
import { deskExpiryMs, playedExpiries } from './chainCalendar.ts';
import type { OptionQuote } from './optionChain.ts';

/** A call with a mark, recorded at the start. */
function quote(expiryMs: number, strike: number, over: Partial<OptionQuote> = {}): OptionQuote {
  return {
    line: 1,
    name: '',
    underlying: 'ETH',
    expiryMs: expiryMs as TimeMs,
    strike,
    isCall: true,
    atMs: CHAIN_START_MS as TimeMs,
    forward: 2_000,
    index: 2_000,
    mark: 100,
    bid: 99,
    ask: 101,
    bidCoins: undefined,
    askCoins: undefined,
    ...over,
  };
}

const strikes = (expiryMs: number, count: number) =>
  Array.from({ length: count }, (_, k) => quote(expiryMs, 1_000 + 100 * k));

describe('what is played of a chain', () => {
  test('is the nine strikes nearest to the forward', () => {
    const [expiry] = playedExpiries(strikes(CHAIN_EXPIRIES_MS[2]!, 30));
    expect(expiry!.strikes).toEqual([1_600, 1_700, 1_800, 1_900, 2_000, 2_100, 2_200, 2_300, 2_400]);
  });

  test('is five expiries, each four times as far as the one before, from most of a day on', () => {
    const hours = [10, 20, 60, 79, 81, 400, 1_500, 6_000, 30_000];
    const quotes = hours.flatMap((ahead) => strikes(CHAIN_START_MS + ahead * HOUR_MS, 7));
    const left = playedExpiries(quotes).map(({ leftMs }) => leftMs / HOUR_MS);
    expect(left).toEqual([20, 81, 400, 6_000, 30_000]);
  });

  test('leaves out an expiry with marks on four strikes', () => {
    const unmarked = quote(CHAIN_EXPIRIES_MS[1]!, 2_500, { mark: undefined });
    expect(playedExpiries([...strikes(CHAIN_EXPIRIES_MS[1]!, 4), unmarked])).toEqual([]);
    expect(playedExpiries(strikes(CHAIN_EXPIRIES_MS[1]!, 5))).toHaveLength(1);
  });
});

describe('an expiry on the desk', () => {
  const played = playedExpiries(CHAIN_EXPIRIES_MS.flatMap((expiryMs) => strikes(expiryMs, 7)));

  test('is at eight o’clock, and as far away as it was, to half a day or a tenth of the time', () => {
    expect(played).toHaveLength(3);
    for (let hour = 0; hour < 24 * 400; hour += 7) {
      const nowMs = CHAIN_START_MS + hour * HOUR_MS + 12_345;
      for (const expiry of played) {
        const expiryMs = deskExpiryMs(expiry, CHAIN_START_MS, nowMs);
        expect(expiryMs % DAY_MS).toBe(8 * HOUR_MS);
        const off = Math.abs(expiryMs - nowMs - expiry.leftMs);
        expect(off).toBeLessThanOrEqual(Math.max(DAY_MS / 2, expiry.leftMs / 10));
      }
    }
  });

  test('stays the same for days when it is far away', () => {
    const days = Array.from({ length: 100 }, (_, day) => CHAIN_START_MS + day * DAY_MS);
    const different = played.map(
      (expiry) => new Set(days.map((ms) => deskExpiryMs(expiry, CHAIN_START_MS, ms))),
    );
    expect(different.map(({ size }) => size)).toEqual([100, 100, 26]);
  });
});
