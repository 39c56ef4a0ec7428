// Goal: the managers are sane between the published portfolios: more risk never needs less, hedges never more than
// their parts, charges only charge. How: properties over drawn options, and the corners by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auctionShare, bidderPays, insolventPayout, largestShare } from './auction.ts';
import {
  basisLoss,
  type DeriveExpiry,
  expiryValue,
  forwardPortions,
  nakedShorts,
  volatilityFactors,
} from './expiry.ts';
import { hourlyFunding } from './funding.ts';
import { isolatedOptionMargin, largestLoss } from './optionMargin.ts';
import { PORTFOLIO_2, STANDARD } from './parameters.ts';
import type { Portfolio2 } from './portfolio2.ts';
import { type Parameters1, type Portfolio1, portfolioMargin1, SCENARIOS_1 } from './portfolioMargin1.ts';
import { portfolioMargin2 } from './portfolioMargin2.ts';
import { skewFactor } from './skewShock.ts';
import { type StandardMarket, type StandardPortfolio, standardMargin } from './standardMargin.ts';

const DAY_S = 86_400;
const option = fc.record({
  strike: fc.double({ min: 500, max: 6_000, noNaN: true }),
  isCall: fc.boolean(),
  size: fc.double({ min: -20, max: 20, noNaN: true }),
  volatility: fc.double({ min: 0.1, max: 2, noNaN: true }),
});
const options = fc.array(option, { minLength: 1, maxLength: 6 });

function expiryOf(held: DeriveExpiry['options'], confidence = 1): DeriveExpiry {
  return {
    secondsToExpiry: 20 * DAY_S,
    forwardVariable: 2_010,
    forwardFixed: 0,
    rate: 0.05,
    confidence,
    options: held,
  };
}

const parameters1: Parameters1 = {
  basis: { spotUp: 1.05, spotDown: 0.95, addFactor: 0.25, multiplyFactor: 0.01 },
  shock: {
    rangeUp: 0.45,
    rangeDown: 0.3,
    shortTermPower: 0.3,
    longTermPower: 0.13,
    floorSeconds: DAY_S,
  },
  initialFactor: 1.3,
  staticDiscount: 0.95,
  rateMultiply: 4,
  rateAdd: 0.05,
  pegThreshold: 0.98,
  pegLossFactor: 2,
  confidenceThreshold: 0.6,
  confidenceMargin: 0.5,
  basePercent: 0.02,
  perpetualPercent: 0.02,
  optionPercent: 0.01,
};

const empty1: Portfolio1 = {
  cash: 0,
  stablePrice: 1,
  spotPrice: 2_000,
  spotConfidence: 1,
  base: 0,
  perpetualSize: 0,
  perpetualPrice: 2_000,
  perpetualConfidence: 1,
  perpetualValue: 0,
  expiries: [],
};

const empty2: Portfolio2 = { ...empty1, collaterals: [] };

describe('parts of an expiry', () => {
  test('volatility moves more for a shorter time, from the floor on no more, and never below zero', () => {
    const { shock } = parameters1;
    expect(volatilityFactors(30 * DAY_S, shock)).toEqual({ up: 1.45, down: 0.7 });
    const [day, week, year] = [1, 7, 365].map((days) => volatilityFactors(days * DAY_S, shock));
    expect(day!.up).toBeGreaterThan(week!.up);
    expect(week!.up).toBeGreaterThan(year!.up);
    expect(volatilityFactors(0, shock)).toEqual(day);
    expect(volatilityFactors(DAY_S, { ...shock, rangeDown: 9 }).down).toBe(0);
  });

  test('a short is naked as far as no long of its strike covers it, call or put', () => {
    const one = (strike: number, isCall: boolean, size: number) => ({ strike, isCall, size, volatility: 1 });
    expect(nakedShorts([one(100, true, -3), one(100, false, 2), one(200, true, 5)])).toBe(1);
    expect(nakedShorts([one(100, true, -3), one(100, false, -2)])).toBe(5);
    expect(nakedShorts([one(100, true, 3), one(100, false, 2)])).toBe(0);
  });

  test('the basis charge is never a gain', () => {
    fc.assert(
      fc.property(options, (held) => {
        expect(basisLoss(expiryOf(held), parameters1.basis)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('near settlement a shock only moves what is not averaged yet', () => {
    expect(forwardPortions(2_000, 900)).toEqual({ forwardVariable: 1_000, forwardFixed: 1_000 });
    expect(forwardPortions(2_000, 86_400)).toEqual({ forwardVariable: 2_000, forwardFixed: 0 });
    const call = [{ strike: 2_010, isCall: true, size: -1, volatility: 0.6 }];
    const expiry = { ...expiryOf(call), ...forwardPortions(2_000, 1), secondsToExpiry: 1 };
    expect(expiryValue(expiry, 1.18)).toBeCloseTo(0, 9);
    const { initial, maintenance } = portfolioMargin2({ ...empty2, expiries: [expiry] }, PORTFOLIO_2);
    expect(initial).toBeCloseTo(-2_000 * 0.005, 6);
    expect(maintenance).toBeCloseTo(-2_000 * 0.003, 6);
  });

  test('a long call and a short put are the forward', () => {
    const at = { strike: 1_900, volatility: 0.7 };
    const held = [
      { ...at, isCall: true, size: 2 },
      { ...at, isCall: false, size: -2 },
    ];
    expect(expiryValue(expiryOf(held), 1.1)).toBeCloseTo(2 * (2_010 * 1.1 - 1_900), 9);
  });
});

describe('portfolio margin 1', () => {
  test('has 21 scenarios', () => expect(SCENARIOS_1).toHaveLength(21));

  test('initial never exceeds maintenance, maintenance never the mark', () => {
    fc.assert(
      fc.property(options, fc.double({ min: -10, max: 10, noNaN: true }), (held, perpetualSize) => {
        const book = { ...empty1, perpetualSize, expiries: [expiryOf(held)] };
        const { initial, maintenance, markToMarket } = portfolioMargin1(book, parameters1);
        expect(initial).toBeLessThanOrEqual(maintenance + 1e-6);
        expect(maintenance).toBeLessThanOrEqual(markToMarket + 1e-6);
      }),
    );
  });

  test('low confidence and a failing stable coin cost initial margin only', () => {
    fc.assert(
      fc.property(options, (held) => {
        const book = { ...empty1, expiries: [expiryOf(held)] };
        const sure = portfolioMargin1(book, parameters1);
        const doubted = portfolioMargin1({ ...book, spotConfidence: 0.3 }, parameters1);
        const depegged = portfolioMargin1({ ...book, stablePrice: 0.9 }, parameters1);
        expect(doubted.initial).toBeLessThan(sure.initial);
        expect(depegged.initial).toBeLessThanOrEqual(sure.initial);
        expect([doubted.maintenance, depegged.maintenance]).toEqual([sure.maintenance, sure.maintenance]);
      }),
    );
  });

  test('cash adds one for one, and ten times the book needs ten times the margin', () => {
    fc.assert(
      fc.property(options, fc.double({ min: 1, max: 1e6, noNaN: true }), (held, cash) => {
        const book = { ...empty1, expiries: [expiryOf(held)] };
        const bare = portfolioMargin1(book, parameters1);
        expect(portfolioMargin1({ ...book, cash }, parameters1).initial).toBeCloseTo(bare.initial + cash, 5);
        const tenfold = held.map((one) => ({ ...one, size: one.size * 10 }));
        const large = portfolioMargin1({ ...book, expiries: [expiryOf(tenfold)] }, parameters1);
        expect(large.initial).toBeCloseTo(bare.initial * 10, 4);
      }),
    );
  });
});

describe('portfolio margin 2', () => {
  test('a perpetual needs the edge of the grid and its contingencies', () => {
    const { initial, maintenance } = portfolioMargin2({ ...empty2, perpetualSize: -1 }, PORTFOLIO_2);
    expect(initial).toBeCloseTo(-2_000 * (0.18 + 0.02), 9);
    expect(maintenance).toBeCloseTo(-2_000 * (0.18 * 0.8 + 0.015), 9);
  });

  test('initial never exceeds maintenance, maintenance never the mark', () => {
    fc.assert(
      fc.property(options, fc.double({ min: -10, max: 10, noNaN: true }), (held, perpetualSize) => {
        const book = { ...empty2, perpetualSize, expiries: [expiryOf(held)] };
        const { initial, maintenance, markToMarket } = portfolioMargin2(book, PORTFOLIO_2);
        expect(initial).toBeLessThanOrEqual(maintenance + 1e-6);
        expect(maintenance).toBeLessThanOrEqual(markToMarket + 1e-6);
      }),
      { numRuns: 40 },
    );
  });

  test('the coin hedges its own perpetual and another coin does not', () => {
    const coin = { amount: 1, price: 2_000, confidence: 1, initialHaircut: 0, maintenanceHaircut: 0 };
    const margins = [true, false].map((isRiskCancelling) =>
      portfolioMargin2(
        { ...empty2, perpetualSize: -1, collaterals: [{ ...coin, isRiskCancelling }] },
        PORTFOLIO_2,
      ),
    );
    expect(margins[0]!.initial).toBeCloseTo(2_000 - 40, 9);
    expect(margins[1]!.initial).toBeCloseTo(2_000 - 40 - 360, 9);
  });

  test('each doubt is charged once: the perpetual’s feed does not doubt the coin', () => {
    const coin = {
      amount: 1,
      price: 2_000,
      confidence: 1,
      initialHaircut: 0,
      maintenanceHaircut: 0,
      isRiskCancelling: false,
    };
    const book = { ...empty2, perpetualSize: 1, collaterals: [coin] };
    const sure = portfolioMargin2(book, PORTFOLIO_2).initial;
    expect(sure - portfolioMargin2({ ...book, perpetualConfidence: 0.2 }, PORTFOLIO_2).initial).toBeCloseTo(
      1_600,
      9,
    );
    expect(sure - portfolioMargin2({ ...book, spotConfidence: 0.2 }, PORTFOLIO_2).initial).toBeCloseTo(
      3_200,
      9,
    );
  });

  test('skews lift the wings to their cap and turn around the forward', () => {
    const at = (strike: number) => ({ forward: 2_000, strike, secondsToExpiry: 30 * DAY_S });
    const { skew } = PORTFOLIO_2;
    expect(skewFactor('linear', at(2_000), skew)).toBe(1);
    expect(skewFactor('linear', at(1_000), skew)).toBeCloseTo(2 - skewFactor('linear', at(4_000), skew), 12);
    expect(skewFactor('absolute', at(1_000), skew)).toBeCloseTo(skewFactor('absolute', at(4_000), skew), 12);
    expect(skewFactor('absolute', at(20_000), skew)).toBe(skewFactor('absolute', at(9_000), skew));
    expect(skewFactor('linear', at(1), { ...skew, linearCap: 9 })).toBe(0);
  });
});

describe('standard margin', () => {
  const market: StandardMarket = {
    spot: 2_000,
    spotConfidence: 1,
    base: 0,
    perpetualSize: 0,
    perpetualPrice: 2_000,
    perpetualConfidence: 1,
    unrealizedUsd: 0,
    expiries: [],
  };
  const withOptions = (held: DeriveExpiry['options'], confidence = 1): StandardPortfolio => ({
    cash: 0,
    stablePrice: 1,
    markets: [
      {
        ...market,
        expiries: [
          {
            secondsToExpiry: 20 * DAY_S,
            forward: 2_010,
            forwardConfidence: confidence,
            volatilityConfidence: 1,
            options: held,
          },
        ],
      },
    ],
  });

  test('an expiry never needs more than its largest loss when its calls are covered', () => {
    const spread = [
      { isCall: true, strike: 1_000, size: -1, volatility: 0.8 },
      { isCall: true, strike: 1_200, size: 1, volatility: 0.8 },
    ];
    expect(standardMargin(withOptions(spread), STANDARD)).toMatchObject({ initial: -200, maintenance: -200 });
  });

  test('initial never exceeds maintenance, and longs need nothing', () => {
    fc.assert(
      fc.property(options, (held) => {
        const { initial, maintenance } = standardMargin(withOptions(held), STANDARD);
        expect(initial).toBeLessThanOrEqual(maintenance + 1e-9);
        const longs = held.map((one) => ({ ...one, size: Math.abs(one.size) }));
        expect(standardMargin(withOptions(longs), STANDARD).initial).toBeCloseTo(0, 9);
      }),
    );
  });

  test('a doubted forward charges the short options of its expiry', () => {
    const short = [{ isCall: false, strike: 2_000, size: -2, volatility: 0.8 }];
    const sure = standardMargin(withOptions(short), STANDARD);
    const doubted = standardMargin(withOptions(short, 0.1), STANDARD);
    expect(sure.initial - doubted.initial).toBeCloseTo(0.9 * 0.4 * 2_000 * 2, 9);
    expect(doubted.maintenance).toBe(sure.maintenance);
  });

  test('a deep put needs a multiple of its maintenance, a far one the smallest share', () => {
    const put = (strike: number, markToMarket: number) =>
      isolatedOptionMargin({ isCall: false, strike, size: -1, markToMarket }, 2_000, STANDARD);
    expect(put(8_000, -6_000)).toEqual({
      initial: expect.closeTo(-6_450 * 1.05, 9),
      maintenance: expect.closeTo(-6_450, 9),
    });
    expect(put(1_000, -5).initial).toBe(-205);
  });

  test('uncovered calls add their share of the forward', () => {
    const call = { isCall: true, strike: 2_000, size: -3, markToMarket: -1 };
    expect(largestLoss([call], 2_010, 1.2)).toBeCloseTo(-3 * 1.2 * 2_010, 9);
    expect(largestLoss([{ ...call, isCall: false }], 2_010, 1.2)).toBe(-6_000);
  });
});

describe('auctions', () => {
  const curve = { start: 1, cutoff: 0.8, fastSeconds: 600, slowSeconds: 7_200 };

  test('the offer falls without a step and ends at nothing', () => {
    const at = [0, 300, 599.999_999, 600, 4_200, 7_800, 99_999].map((seconds) =>
      auctionShare(seconds, curve),
    );
    expect(at).toEqual([1, 0.9, expect.closeTo(0.8, 6), 0.8, 0.4, 0, 0]);
  });

  test('a bidder takes what restores the buffer, nothing of a healthy account and no more than all', () => {
    const account = { maintenance: -100, markToMarket: 300, bufferShare: 0.1 };
    const share = largestShare(account, 1);
    // What is left of the requirement, with the cash that came in, is zero at the buffer.
    const left = (1 - share) * (-100 - 0.1 * 400) + share * 300;
    expect(left).toBeCloseTo(0, 9);
    expect(bidderPays(account, 0.5, 1)).toBe(150);
    expect(largestShare({ ...account, maintenance: 200 }, 1)).toBe(0);
    expect(largestShare({ ...account, markToMarket: 1 }, 0)).toBe(1);
  });

  test('an insolvent account is paid from its deficit at mark up to its missing maintenance', () => {
    const account = { maintenance: -300, markToMarket: -100 };
    const at = (seconds: number) => insolventPayout(account, { seconds, lengthSeconds: 600 }, 1);
    expect([0, 300, 600, 900].map(at)).toEqual([100, 200, 300, 300]);
  });
});

test('funding is capped in both directions and drifts by the static rate', () => {
  const rule = { convergenceHours: 8, staticRate: 0.0001, hourlyCap: 0.001 };
  expect([0, 0.0008, 1, -1].map((premium) => hourlyFunding(premium, rule))).toEqual([
    0.0001,
    expect.closeTo(0.0002, 12),
    0.001,
    -0.001,
  ]);
});
