// Goal: the promises that a risk officer relies on hold for every book. How: books are drawn over the
// sandbox's twelve underlyings, hedged, one-sided, with orders and dust, and compared with a changed copy.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { createRiskParameters } from './parameters.ts';
import { addOrders, addPosition, createPortfolio, type Portfolio } from './portfolio.ts';
import { maintenanceMarginUsd } from './requirement.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const BTC = 0;
const ETH = 1;
const SOL = 2;
const DOGE = 4;
const USD = 1_000_000;

const RUNS = { numRuns: 2_000 };

const parameters = createRiskParameters(sandboxRisk());
const scratch = createScanScratch();

interface Leg {
  underlying: number;
  notional: number;
  bids: number;
  asks: number;
}

function bookOf(legs: readonly Partial<Leg>[]): Portfolio {
  const portfolio = createPortfolio();
  for (const { underlying = BTC, notional = 0, bids = 0, asks = 0 } of legs) {
    addPosition(portfolio, underlying, notional);
    addOrders(portfolio, underlying, bids, asks);
  }
  return portfolio;
}

const initialScan = (legs: readonly Partial<Leg>[]): number =>
  computeScan(parameters, bookOf(legs), 'initial', scratch);
const maintenanceScan = (legs: readonly Partial<Leg>[]): number =>
  computeScan(parameters, bookOf(legs), 'maintenance', scratch);
const aloneOf = (leg: Partial<Leg>): number => initialScan([leg]);

/** From a dollar to a billion, every order of magnitude alike. */
const size = fc
  .integer({ min: 0, max: 9 * 9 })
  .map((step) => Math.floor(USD * (1 + (step % 9)) * powerOfTen(step / 9)));
const underlying = fc.integer({ min: 0, max: parameters.count - 1 });
const sides = fc.constantFrom(-1, 1);
const leg = fc.record({ underlying, size, side: sides, bids: size, asks: size, hasOrders: fc.boolean() }).map(
  ({ underlying, size, side, bids, asks, hasOrders }): Leg => ({
    underlying,
    notional: side * size,
    bids: hasOrders ? bids : 0,
    asks: hasOrders ? asks : 0,
  }),
);
const book = fc.uniqueArray(leg, { minLength: 1, maxLength: 8, selector: (leg) => leg.underlying });

function powerOfTen(power: number): number {
  let result = 1;
  for (let step = 1; step <= power; step++) result *= 10;
  return result;
}

describe('the scan of one underlying', () => {
  test('is exactly its own range', () => {
    expect(initialScan([{ underlying: BTC, notional: 1_000 * USD }])).toBe(30_311_698);
  });

  test('charges a short of a coin whose rises are fatter 1.2 times', () => {
    const long = initialScan([{ underlying: DOGE, notional: 1_000 * USD }]);
    const short = initialScan([{ underlying: DOGE, notional: -1_000 * USD }]);
    expect(short / long).toBeCloseTo(1.2, 6);
  });

  test('of a flat book is zero', () => {
    expect(initialScan([])).toBe(0);
    expect(initialScan([{ underlying: BTC, notional: 0 }])).toBe(0);
  });
});

describe('the scan of several', () => {
  test('lies between 40 % of the legs alone and all of them', () => {
    void fc.assert(
      fc.property(book, (legs) => {
        const scan = initialScan(legs);
        const alone = legs.reduce((sum, leg) => sum + aloneOf(leg), 0);
        expect(scan).toBeGreaterThanOrEqual(0.4 * alone - legs.length - 1);
        expect(scan).toBeLessThanOrEqual(alone + 1);
      }),
      RUNS,
    );
  });

  test('never shrinks when the whole book is doubled', () => {
    void fc.assert(
      fc.property(book, (legs) => {
        const doubled = legs.map(({ underlying, notional, bids, asks }) => ({
          underlying,
          notional: 2 * notional,
          bids: 2 * bids,
          asks: 2 * asks,
        }));
        expect(initialScan(doubled)).toBeGreaterThanOrEqual(initialScan(legs));
      }),
      RUNS,
    );
  });

  test('is not moved by dust in a new underlying', () => {
    // Twelve times its own margin bounds what a new leg can do: a tenth of the sum is where it counts in full.
    void fc.assert(
      fc.property(book, underlying, sides, (legs, at, side) => {
        const positions = legs.map(({ underlying, notional }) => ({ underlying, notional }));
        fc.pre(positions.every((leg) => leg.underlying !== at));
        const dust = { underlying: at, notional: side * 100 };
        const moved = Math.abs(initialScan([...positions, dust]) - initialScan(positions));
        expect(moved).toBeLessThanOrEqual(12 * aloneOf(dust) + 2);
      }),
      RUNS,
    );
  });

  test('grows when the second of two equal books is on the same side', () => {
    const one = initialScan([{ underlying: BTC, notional: USD }]);
    const two = initialScan([
      { underlying: BTC, notional: USD },
      { underlying: ETH, notional: USD },
    ]);
    expect(two).toBeGreaterThan(one);
  });

  test('counts the largest epicentre in full even when no leg is a tenth of the book', () => {
    const legs = Array.from({ length: 12 }, (_, at) => ({ underlying: at, notional: -USD * 1_000 }));
    const alone = legs.reduce((sum, leg) => sum + aloneOf(leg), 0);
    expect(initialScan(legs)).toBeGreaterThan(0.75 * alone);
  });
});

describe('a hedge', () => {
  // True of a book in one underlying. With three or more, an opposite position can raise the scan: it is a
  // new epicentre, and its residual also eats into the gains of better hedges.
  test('up to its own margin never raises what one position needs', () => {
    void fc.assert(
      fc.property(underlying, underlying, size, size, sides, (at, other, held, hedging, side) => {
        fc.pre(at !== other);
        const position = { underlying: at, notional: side * held };
        const hedge = { underlying: other, notional: -side * hedging };
        fc.pre(aloneOf(hedge) <= aloneOf(position));
        expect(initialScan([position, hedge])).toBeLessThanOrEqual(initialScan([position]));
      }),
      RUNS,
    );
  });

  test('of BTC with ETH saves more than half when the risks match', () => {
    const position = { underlying: BTC, notional: 100_000 * USD };
    const hedge = { underlying: ETH, notional: -77_778 * USD };
    const saved = 1 - initialScan([position, hedge]) / (aloneOf(position) + aloneOf(hedge));
    expect(saved).toBeGreaterThan(0.5);
    expect(saved).toBeLessThanOrEqual(0.6);
  });

  test('of an alt with BTC does not survive the gap of the alts', () => {
    const position = { underlying: SOL, notional: 100_000 * USD };
    const hedge = { underlying: BTC, notional: -100_000 * USD };
    const gap = aloneOf(position) - 0.5 * aloneOf(hedge);
    expect(initialScan([position, hedge])).toBeGreaterThanOrEqual(Math.floor(gap));
  });
});

describe('open orders', () => {
  test('never lower the scan, whichever is added', () => {
    void fc.assert(
      fc.property(book, underlying, size, size, (legs, at, bids, asks) => {
        const more = [...legs, { underlying: at, bids, asks }];
        expect(initialScan(more)).toBeGreaterThanOrEqual(initialScan(legs));
      }),
      RUNS,
    );
  });

  test('do not count in maintenance margin', () => {
    void fc.assert(
      fc.property(book, (legs) => {
        const positions = legs.map(({ underlying, notional }) => ({ underlying, notional }));
        expect(maintenanceScan(legs)).toBe(maintenanceScan(positions));
      }),
      RUNS,
    );
  });

  test('that would close the position cost nothing', () => {
    const position = { underlying: BTC, notional: 1_000 * USD };
    expect(initialScan([{ ...position, asks: 1_000 * USD }])).toBe(initialScan([position]));
  });

  test('that would turn the position round cost what the turned one would', () => {
    const turned = initialScan([{ underlying: BTC, notional: -1_500 * USD }]);
    expect(initialScan([{ underlying: BTC, notional: 1_000 * USD, asks: 2_500 * USD }])).toBe(turned);
  });
});

test('initial margin is at least maintenance margin', () => {
  void fc.assert(
    fc.property(book, (legs) => {
      expect(initialScan(legs)).toBeGreaterThanOrEqual(maintenanceMarginUsd(parameters, bookOf(legs)));
    }),
    RUNS,
  );
});
