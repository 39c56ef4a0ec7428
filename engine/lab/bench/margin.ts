import { liquidationDistance } from '../../core/margin/distance.ts';
import { createRiskParameters, type RiskParameters } from '../../core/margin/parameters.ts';
import {
  addOrders,
  addPosition,
  copyPortfolio,
  createPortfolio,
  type Portfolio,
} from '../../core/margin/portfolio.ts';
import {
  coversInitialMargin,
  freeCollateralUsd,
  maintenanceMarginUsd,
} from '../../core/margin/requirement.ts';
import { computeScan } from '../../core/margin/scan.ts';
import { createScanScratch } from '../../core/margin/scratch.ts';
import { sandboxRisk } from '../fixtures/risk.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { randomRisk } from '../twins/randomBook.ts';
import { addRandomOptions, randomVectors } from '../twins/randomOptions.ts';
import { type FillCosts, measureFill } from './fill.ts';
import { measureRecheck, type RecheckCosts } from './recheck.ts';
import { at, sample } from './sample.ts';

/** What margin costs, on one core of this machine. */
export interface MarginCosts {
  /** Whether equity covers one more order, by number of instruments, in accounts that have room for it. */
  preTrade: CheckCosts[];
  /** The same in accounts at their limit, where the whole scan decides. */
  preTradeAtLimit: CheckCosts[];
  /** One scan of 20 underlyings, µs. */
  scan20MedianUs: number;
  /** Joint liquidation distance of 10 underlyings, ms. */
  distance10MedianMs: number;
  /** One scan of 20 underlyings, two of them with options, µs. */
  optionScan20MedianUs: number;
  /** Joint liquidation distance of 3 underlyings, two of them with options, ms. */
  optionDistanceMedianMs: number;
  /** What one fill costs the account it fills, ns. */
  fill: FillCosts;
  recheck: RecheckCosts;
}

/** What one check of a book of so many instruments takes, ns. */
interface CheckCosts {
  instruments: number;
  medianNs: number;
  p99Ns: number;
}

const INSTRUMENTS_MAX = 8;
const ORDER_USD = 1e10;
const BOOKS = 64;
const WARM_UP_PASSES = 200;
/** Of these passes, every so many look at options as well: most accounts have none. */
const OPTION_PASS_EVERY = 10;
const SAMPLES = 4_000;
/** Checks in one sample: reading the clock costs a tenth of a check. */
const CHECKS_PER_SAMPLE = 8;

/**
 * Times checks of drawn books: hedged both ways, half of the legs with open orders.
 *
 * A desk sees accounts with room, at their limit and with options from one minute to the next, so the code that is
 * timed has seen them all: compiled for one kind alone, each row would depend on which was measured before it.
 */
export function measureMargin(seed = 1): MarginCosts {
  const random = randomFrom(seed);
  const parameters = createRiskParameters(sandboxRisk());
  const roomy = Array.from({ length: INSTRUMENTS_MAX }, (_, at) => drawBooks(random, at + 1));
  const tight = roomy.map((books) => books.map((book) => atLimit(parameters, book)));
  warmUp(parameters, [...roomy, ...tight], drawOptionBooks(randomFrom(seed + 1), INSTRUMENTS_MAX));
  return {
    preTrade: roomy.map((books) => measurePreTrade(parameters, books)),
    preTradeAtLimit: tight.map((books) => measurePreTrade(parameters, books)),
    scan20MedianUs: measureScan20(random),
    distance10MedianMs: measureDistance(parameters, random),
    optionScan20MedianUs: measureOptionScan20(random),
    optionDistanceMedianMs: measureOptionDistance(parameters, random),
    fill: measureFill(),
    recheck: measureRecheck(),
  };
}

/** What a desk does all day, in turn: checks of every kind of account and, now and then, of one with options. */
function warmUp(
  parameters: RiskParameters,
  linear: readonly (readonly Portfolio[])[],
  options: readonly Portfolio[],
): void {
  for (let pass = 0; pass < WARM_UP_PASSES; pass++) {
    for (const books of linear) for (const book of books) coversOneMore(parameters, book);
    if (pass % OPTION_PASS_EVERY > 0) continue;
    for (const book of options) {
      coversOneMore(parameters, book);
      maintenanceMarginUsd(parameters, book);
    }
  }
}

function drawBooks(random: Random, legs: number): Portfolio[] {
  return Array.from({ length: BOOKS }, () => {
    const portfolio = createPortfolio();
    for (let underlying = 0; underlying < legs; underlying++) {
      addPosition(portfolio, underlying, Math.round((random.unit() - 0.5) * 2e12));
      if (random.chance(0.5)) addOrders(portfolio, underlying, random.below(3e11), random.below(3e11));
    }
    portfolio.usdc = legs * 2e11;
    return portfolio;
  });
}

/** The same account with just the equity that its next order needs. */
function atLimit(parameters: RiskParameters, from: Portfolio): Portfolio {
  const book = createPortfolio();
  copyPortfolio(from, book);
  book.bids[0] = book.bids[0]! + ORDER_USD;
  book.usdc -= freeCollateralUsd(parameters, book);
  book.bids[0] = book.bids[0]! - ORDER_USD;
  return book;
}

function coversOneMore(parameters: RiskParameters, book: Portfolio): boolean {
  const { bids } = book;
  const before = bids[0]!;
  bids[0] = before + ORDER_USD;
  const isCovered = coversInitialMargin(parameters, book, 0);
  bids[0] = before;
  return isCovered;
}

function measurePreTrade(parameters: RiskParameters, books: readonly Portfolio[]): CheckCosts {
  let next = 0;
  const check = (): number => {
    if (!coversOneMore(parameters, books[next++ % BOOKS]!)) {
      throw new Error('an order that an account covers was refused');
    }
    return 1;
  };
  const sorted = sample(check, SAMPLES, CHECKS_PER_SAMPLE);
  const ns = (share: number): number => Math.round(at(sorted, share) * 1e6);
  return { instruments: books[0]!.count, medianNs: ns(0.5), p99Ns: ns(0.99) };
}

function measureScan20(random: Random): number {
  const parameters = createRiskParameters(randomRisk(random, 20));
  const books = drawBooks(random, 20);
  const scratch = createScanScratch();
  let next = 0;
  const scan = (): number => computeScan(parameters, books[next++ % BOOKS]!, 'initial', scratch);
  return round3(at(sample(scan, 1_000, 4), 0.5) * 1e3);
}

function measureDistance(parameters: RiskParameters, random: Random): number {
  const books = drawBooks(random, 10);
  let next = 0;
  const measure = (): number => liquidationDistance(parameters, books[next++ % BOOKS]!).sigmas;
  return round3(at(sample(measure, 200, 1), 0.5));
}

/** The two majors are where options are listed. */
const OPTION_UNDERLYINGS = 2;

function drawOptionBooks(random: Random, legs: number): Portfolio[] {
  const vectors = randomVectors(random);
  const books = drawBooks(random, legs);
  for (const book of books) addRandomOptions(random, book, OPTION_UNDERLYINGS, vectors);
  return books;
}

function measureOptionScan20(random: Random): number {
  const parameters = createRiskParameters(randomRisk(random, 20));
  const books = drawOptionBooks(random, 20);
  const scratch = createScanScratch();
  let next = 0;
  const scan = (): number => computeScan(parameters, books[next++ % BOOKS]!, 'initial', scratch);
  return round3(at(sample(scan, 400, 1), 0.5) * 1e3);
}

function measureOptionDistance(parameters: RiskParameters, random: Random): number {
  const books = drawOptionBooks(random, 3);
  for (const book of books) book.usdc = 2 * maintenanceMarginUsd(parameters, book);
  let next = 0;
  const measure = (): number => liquidationDistance(parameters, books[next++ % BOOKS]!).sigmas;
  return round3(at(sample(measure, 200, 1), 0.5));
}

function round3(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}
