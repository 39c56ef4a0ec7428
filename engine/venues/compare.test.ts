// Goal: one book, every venue, and never a number where there is none. How: books by hand against figures worked from
// the published rules, and properties over drawn books.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LinearLeg, OptionLeg, VenueBook } from './book.ts';
import { moved, netByUnderlying, unrealizedOf } from './book.ts';
import { compareVenues, type VenueComparison, venues } from './compare.ts';
import { liquidationPrice as hyperliquidPrice } from './hyperliquid/liquidationPrice.ts';
import { liquidationFactor } from './rootSearch.ts';

const MICRO = 1_000_000;

function perpetual(underlying: string, size: number, mark: number, entry = mark): LinearLeg {
  return { instrument: `${underlying}-PERP`, kind: 'perpetual', underlying, size, mark, entry };
}

const shortCall: OptionLeg = {
  instrument: 'BTC-CALL',
  underlying: 'BTC',
  size: -1,
  isCall: true,
  strike: 66_000,
  secondsToExpiry: 30 * 86_400,
  index: 60_000,
  forward: 60_000,
  volatility: 0.6,
  mark: 1_800,
  entry: 1_700,
};

const empty: VenueBook = { usdc: 100_000, coins: [], linear: [], options: [] };
const pair: VenueBook = {
  ...empty,
  linear: [perpetual('BTC', 2, 60_000, 58_000), perpetual('ETH', -30, 3_000)],
};

function on(venue: string, book: VenueBook): VenueComparison {
  return compareVenues(book).find((row) => row.venue === venue)!;
}

describe('a long BTC and a short ETH', () => {
  test('needs what each venue’s rule says', () => {
    const needed = compareVenues(pair).map(({ venue, margin }) => [
      venue,
      margin && [margin.initialUsd / MICRO, margin.maintenanceUsd / MICRO],
    ]);
    expect(Object.fromEntries(needed)).toEqual({
      hyperliquid: [120_000 / 40 + 90_000 / 25, 120_000 / 80 + 90_000 / 50],
      dydx: [210_000 * 0.02, 210_000 * 0.012],
      deriveStandard: [expect.closeTo(210_000 * 0.065, 5), expect.closeTo(210_000 * 0.05, 5)],
      derivePortfolio: null,
      drift: [expect.closeTo(210_000 * 0.05, 5), expect.closeTo(210_000 * 0.03, 5)],
      deribit: [
        expect.closeTo(120_000 * 0.0201 + 90_000 * 0.02012, 5),
        expect.closeTo(120_000 * 0.0101 + 90_000 * 0.01012, 5),
      ],
      paradex: [33_600, 16_800],
      okx: [expect.closeTo(210_000 * 0.12 * 1.3, 5), expect.closeTo(210_000 * 0.12, 5)],
      binance: [
        expect.closeTo((120_000 * 0.005 - 50 + 90_000 * 0.0065 - 15) * 1.2, 5),
        expect.closeTo((120_000 * 0.005 - 50 + 90_000 * 0.0065 - 15) * 1.05, 5),
      ],
      synthetix: [
        expect.closeTo(
          120_000 * (0.02 + (2 * 1.07) / 35_000) + 90_000 * (0.02 + (30 * 0.744) / 350_000) + 100,
          4,
        ),
        expect.closeTo(
          (120_000 * (0.02 + (2 * 1.07) / 35_000) + 90_000 * (0.02 + (30 * 0.744) / 350_000)) * 0.333 + 100,
          4,
        ),
      ],
    });
  });

  test('has the same equity everywhere, and free what is above initial margin', () => {
    for (const { margin } of compareVenues(pair)) {
      if (margin === null) continue;
      expect(margin.equityUsd / MICRO).toBeCloseTo(104_000, 5);
      expect(margin.freeUsd).toBe(margin.equityUsd - margin.initialUsd);
    }
  });

  test('is not held where one account holds one market, and the row says so', () => {
    expect(on('derivePortfolio', pair)).toMatchObject({
      state: 'cannotHold',
      margin: null,
      legs: [],
      remarks: ['One account there holds one market: BTC and ETH would need accounts that do not net.'],
    });
  });

  test('names the rule, where it was published and when we read it', () => {
    for (const { name, rule, source, asOf } of compareVenues(pair)) {
      expect([name, rule, source].every((text) => text.length > 3)).toBe(true);
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });
});

describe('liquidation prices', () => {
  test('agree with the venue’s own closed form for one leg', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.boolean(),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        (size, isLong, share) => {
          const side = isLong ? 1 : -1;
          const marginUsd = size * 1_000 * share;
          const book = { ...empty, usdc: marginUsd, linear: [perpetual('LINK', side * size, 1_000)] };
          const form = hyperliquidPrice({ side, size, price: 1_000, marginUsd, maxLeverage: 10 });
          const [leg] = on('hyperliquid', book).legs;
          expect(leg!.liquidationPriceUsd! / MICRO).toBeCloseTo(form, 3);
        },
      ),
    );
  });

  test('are where equity meets maintenance, on every venue', () => {
    for (const { venue, legs } of compareVenues(pair)) {
      const model = venues.find(({ id }) => id === venue)!;
      for (const { underlying, move } of legs) {
        const { equityUsd, maintenanceUsd } = model.account(moved(pair, underlying, 1 + move!));
        expect(equityUsd - maintenanceUsd).toBeCloseTo(0, 3);
      }
    }
  });

  test('lie below the mark of a long and above the mark of a short', () => {
    for (const { legs } of compareVenues(pair)) {
      for (const { underlying, move } of legs) expect(Math.sign(move!)).toBe(underlying === 'BTC' ? -1 : 1);
    }
  });

  test('are none for a book that no price can hurt', () => {
    const safe = { ...empty, usdc: 1_000_000, linear: [perpetual('BTC', 1, 60_000)] };
    expect(on('hyperliquid', safe).legs).toEqual([
      { instrument: 'BTC-PERP', underlying: 'BTC', liquidationPriceUsd: null, move: null },
    ]);
  });

  test('are the mark itself for a book that is under maintenance already', () => {
    const failing = { ...empty, usdc: 1_000, linear: [perpetual('BTC', 2, 60_000)] };
    expect(on('hyperliquid', failing)).toMatchObject({
      state: 'liquidatable',
      legs: [{ liquidationPriceUsd: 60_000 * MICRO, move: 0 }],
    });
    expect(on('paradex', failing).remarks).toContain('It would liquidate 100 % of every position first.');
  });

  test('count the coin that falls with the book', () => {
    const hedged = { ...empty, usdc: 0, coins: [{ asset: 'BTC', amount: 1, price: 60_000 }] };
    const naked = { ...empty, usdc: 60_000 };
    const linear = [perpetual('BTC', -1, 60_000)];
    const factors = [hedged, naked].map((book) =>
      liquidationFactor(venues.find(({ id }) => id === 'drift')!, { ...book, linear }, 'BTC'),
    );
    expect(factors[0]).toBeGreaterThan(factors[1]!);
  });
});

describe('what cannot be compared is said', () => {
  test('a book with options goes to the venues that have them', () => {
    const book = { ...empty, linear: [perpetual('BTC', 0.5, 60_000)], options: [shortCall] };
    const held = compareVenues(book).filter(({ state }) => state !== 'cannotHold');
    expect(held.map(({ venue }) => venue)).toEqual(['deriveStandard', 'derivePortfolio', 'deribit']);
    expect(on('hyperliquid', book).remarks).toEqual(['It has no options.']);
    expect(on('okx', book).remarks[0]).toMatch(/^Its option risks/);
  });

  test('a short option needs its share of the underlying once, whatever the premium', () => {
    const book = { ...empty, options: [shortCall] };
    const { margin } = on('deribit', book);
    expect(margin!.equityUsd / MICRO).toBeCloseTo(99_900, 5);
    expect(margin!.initialUsd / MICRO).toBeCloseTo(6_000, 5);
    expect(margin!.maintenanceUsd / MICRO).toBeCloseTo(4_500, 5);
  });

  test('a long option carries nothing else there', () => {
    const long = { ...shortCall, size: 2, entry: shortCall.mark };
    expect(on('deribit', { ...empty, options: [long] }).margin!.freeUsd / MICRO).toBeCloseTo(96_400, 5);
  });

  test('an unlisted coin, a dated future and a debt each have their sentence', () => {
    const exotic = { ...empty, linear: [perpetual('HYPE', 10, 40)] };
    expect(on('drift', exotic).remarks).toEqual([
      'HYPE is not listed there, or not in our copy of its parameters.',
    ]);
    const dated = { ...empty, linear: [{ ...perpetual('BTC', 1, 60_000), kind: 'future' as const }] };
    expect(on('dydx', dated).remarks).toEqual(['It has no dated futures.']);
    expect(on('okx', dated).state).toBe('held');
    const owing = { ...empty, usdc: -10, coins: [{ asset: 'BTC', amount: 1, price: 60_000 }] };
    expect(on('hyperliquid', owing).remarks).toEqual(['It lends no USDC against other collateral.']);
    expect(on('binance', owing).remarks).toContain('Interest and maintenance of the USDC loan are left out.');
  });

  test('coins that are no collateral are left out of equity and named', () => {
    const book = { ...empty, coins: [{ asset: 'SOL', amount: 7, price: 150 }] };
    expect(on('hyperliquid', book).margin!.equityUsd / MICRO).toBe(100_000);
    expect(on('hyperliquid', book).remarks).toContain(
      '7 SOL do not count as collateral there and are left out.',
    );
    expect(on('drift', book).margin).toMatchObject({
      equityUsd: 101_050 * MICRO,
      initialUsd: expect.closeTo(210 * MICRO, -1),
      maintenanceUsd: expect.closeTo(105 * MICRO, -1),
    });
  });

  test('a book past what our money can carry is refused in a sentence', () => {
    const huge = { ...empty, linear: [perpetual('BTC', 1e9, 1e9)] };
    expect(on('paradex', huge)).toMatchObject({
      state: 'cannotHold',
      remarks: ['The book is too large to be compared.'],
    });
  });
});

describe('drawn books', () => {
  const leg = fc.record({
    underlying: fc.constantFrom('BTC', 'ETH', 'SOL'),
    size: fc.double({ min: -50, max: 50, noNaN: true }),
    mark: fc.double({ min: 10, max: 100_000, noNaN: true }),
  });
  const book = fc
    .record({
      usdc: fc.double({ min: 0, max: 1e7, noNaN: true }),
      legs: fc.uniqueArray(leg, { maxLength: 3, selector: ({ underlying }) => underlying }),
    })
    .map(({ usdc, legs }) => ({
      ...empty,
      usdc,
      linear: legs.map(({ underlying, size, mark }) => perpetual(underlying, size, mark)),
    }));

  test('never give a number that is none, and initial is at least maintenance', () => {
    fc.assert(
      fc.property(book, (drawn) => {
        for (const { margin, legs } of compareVenues(drawn)) {
          if (margin !== null) {
            expect(Object.values(margin).every(Number.isSafeInteger)).toBe(true);
            expect(margin.initialUsd).toBeGreaterThanOrEqual(margin.maintenanceUsd);
          }
          for (const { liquidationPriceUsd } of legs) {
            expect(liquidationPriceUsd === null || liquidationPriceUsd >= 0).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('more of a leg never needs less', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 1, max: 5, noNaN: true }), (drawn, factor) => {
        const larger = { ...drawn, linear: drawn.linear.map((one) => ({ ...one, size: one.size * factor })) };
        for (const model of venues.filter((one) => one.obstacles(drawn).length === 0)) {
          const [small, large] = [model.account(drawn), model.account(larger)];
          expect(large.maintenanceUsd).toBeGreaterThanOrEqual(small.maintenanceUsd * (1 - 1e-9) - 1e-6);
        }
      }),
      { numRuns: 50 },
    );
  });
});

test('a book moves with its underlying and with nothing else', () => {
  const book = { ...pair, options: [shortCall], coins: [{ asset: 'BTC', amount: 1, price: 60_000 }] };
  const after = moved(book, 'BTC', 0.9);
  expect(after.linear.map(({ mark }) => mark)).toEqual([54_000, 3_000]);
  expect(after.coins[0]!.price).toBe(54_000);
  expect(after.options[0]).toMatchObject({ index: 54_000, forward: 54_000 });
  expect(after.options[0]!.mark).toBeLessThan(shortCall.mark);
  expect(unrealizedOf(moved(pair, 'SOL', 2))).toBe(unrealizedOf(pair));
  expect(netByUnderlying(pair).get('ETH')).toEqual({ size: -30, notional: -90_000 });
});
