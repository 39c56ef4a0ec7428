import { liquidationDistance } from '../../core/margin/distance.ts';
import { createRiskParameters, type RiskParameters } from '../../core/margin/parameters.ts';
import { addOrders, addPosition, createPortfolio, type Portfolio } from '../../core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd } from '../../core/margin/requirement.ts';
import { computeScan } from '../../core/margin/scan.ts';
import { createScanScratch } from '../../core/margin/scratch.ts';
import { sandboxRisk } from '../fixtures/risk.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { randomRisk } from '../twins/randomBook.ts';
import { addRandomOptions, randomVectors } from '../twins/randomOptions.ts';
import { measureRecheck, type RecheckCosts } from './recheck.ts';

/** What margin costs, on one core of this machine. */
export interface MarginCosts {
  /** Initial margin of a book after one more order, by number of instruments, ns. */
  preTrade: { instruments: number; medianNs: number; p99Ns: number }[];
  /** One scan of 20 underlyings, µs. */
  scan20MedianUs: number;
  /** Joint liquidation distance of 10 underlyings, ms. */
  distance10MedianMs: number;
  /** One scan of 20 underlyings, two of them with options, µs. */
  optionScan20MedianUs: number;
  /** Joint liquidation distance of 3 underlyings, two of them with options, ms. */
  optionDistanceMedianMs: number;
  recheck: RecheckCosts;
}

const INSTRUMENTS_MAX = 8;
const BOOKS = 64;
const WARM_UP_MS = 300;
const SAMPLES = 4_000;
/** Checks in one sample: reading the clock costs a tenth of a check. */
const CHECKS_PER_SAMPLE = 8;

/** Times checks of drawn books: hedged both ways, half of the legs with open orders. */
export function measureMargin(seed = 1): MarginCosts {
  const random = randomFrom(seed);
  const parameters = createRiskParameters(sandboxRisk());
  const preTrade = Array.from({ length: INSTRUMENTS_MAX }, (_, at) => {
    const books = drawBooks(random, at + 1);
    return { instruments: at + 1, ...measurePreTrade(parameters, books) };
  });
  return {
    preTrade,
    scan20MedianUs: measureScan20(random),
    distance10MedianMs: measureDistance(parameters, random),
    optionScan20MedianUs: measureOptionScan20(random),
    optionDistanceMedianMs: measureOptionDistance(parameters, random),
    recheck: measureRecheck(),
  };
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

function measurePreTrade(
  parameters: RiskParameters,
  books: readonly Portfolio[],
): { medianNs: number; p99Ns: number } {
  const orderUsd = 1e10;
  let next = 0;
  const check = (): number => {
    const book = books[next++ % BOOKS]!;
    const { bids } = book;
    const before = bids[0]!;
    bids[0] = before + orderUsd;
    const margin = initialMarginUsd(parameters, book);
    bids[0] = before;
    return margin;
  };
  const sorted = sample(check, SAMPLES, CHECKS_PER_SAMPLE);
  return { medianNs: Math.round(at(sorted, 0.5) * 1e6), p99Ns: Math.round(at(sorted, 0.99) * 1e6) };
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

/** Milliseconds of one call, ascending, after a warm-up. */
function sample(call: () => number, samples: number, callsPerSample: number): number[] {
  let kept = 0;
  const warmUntil = performance.now() + WARM_UP_MS;
  while (performance.now() < warmUntil) kept += call();
  const times: number[] = [];
  for (let taken = 0; taken < samples; taken++) {
    const start = performance.now();
    for (let turn = 0; turn < callsPerSample; turn++) kept += call();
    times.push((performance.now() - start) / callsPerSample);
  }
  if (!Number.isFinite(kept)) throw new Error('a margin check gave no number');
  return times.sort((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

function round3(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}
