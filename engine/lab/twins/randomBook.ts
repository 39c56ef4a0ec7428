import type { RiskSource, UnderlyingRisk } from '../../core/margin/parameters.ts';
import {
  addCollateral,
  addOrders,
  addOtherSubaccount,
  addPosition,
  clearPortfolio,
  NO_UNDERLYING,
  type Portfolio,
} from '../../core/margin/portfolio.ts';
import { usd } from '../../units/money.ts';
import { type Bps, PPM_SCALE, type Ppm } from '../../units/rate.ts';
import type { Random } from '../sim/random.ts';

/** Largest notional drawn, micro-USD: just under where an order would be refused as too large. */
const NOTIONAL_MAX = 2 ** 50;

/** Parameters nobody would choose, but the model must survive: any volatility, any symmetric matrix. */
export function randomRisk(random: Random, count: number): RiskSource {
  const ppm = (from: number, to: number): Ppm => (from + random.below(to - from)) as Ppm;
  const isFlat = random.chance(0.3);
  return {
    underlyings: Array.from({ length: count }, (_, at) => {
      const muMaintenancePpm = isFlat ? (PPM_SCALE as Ppm) : ppm(PPM_SCALE, 4 * PPM_SCALE);
      return {
        symbol: `U${at}`,
        sigmaPpm: ppm(1_000, 150_000),
        horizonMinutesMin: 1 + random.below(720),
        adv30Usd: usd(Math.round(logUniform(random, 1e11, 4e15))),
        muInitialPpm: isFlat ? muMaintenancePpm : ((muMaintenancePpm + random.below(PPM_SCALE)) as Ppm),
        muMaintenancePpm,
        rangeFloorPpm: ppm(0, 60_000),
        upFactorPpm: (random.chance(0.4) ? 1_200_000 : PPM_SCALE) as Ppm,
        isMajor: random.chance(0.3),
        ...randomMarketTerms(random),
      };
    }),
    calmPpm: randomMatrix(random, count),
    stressPpm: randomMatrix(random, count),
    zPpm: 6_000_000 as Ppm,
    rangeCapPpm: 600_000 as Ppm,
    maintenanceShareBps: 6_000 as Bps,
    marketUnderlying: 0,
  };
}

function randomMarketTerms(random: Random): Pick<UnderlyingRisk, 'launchFloorUsd' | 'openInterestRampUsd'> {
  if (random.chance(0.3)) return {};
  const from = Math.round(logUniform(random, 1e11, 1e15));
  return {
    launchFloorUsd: usd(Math.round(logUniform(random, 1e10, 1e14))),
    openInterestRampUsd: { from: usd(from), to: usd(2 * from) },
  };
}

/** Symmetric, 1 on the diagonal, mostly positive as markets are. */
function randomMatrix(random: Random, count: number): number[] {
  const level = random.unit();
  const cells = new Array<number>(count * count).fill(PPM_SCALE);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const cell = random.chance(0.05) ? -random.unit() : level + (1 - level) * random.unit();
      cells[a * count + b] = Math.round(cell * PPM_SCALE);
      cells[b * count + a] = cells[a * count + b]!;
    }
  }
  return cells;
}

/** Fills the portfolio with a book of any shape: hedged, one-sided, dust, order-heavy, owned by a large firm. */
export function fillRandomBook(
  random: Random,
  portfolio: Portfolio,
  underlyings: number,
  notionalMax = NOTIONAL_MAX,
): void {
  clearPortfolio(portfolio);
  portfolio.usdc = signed(random, 1e13);
  portfolio.unrealizedPnl = signed(random, 1e12);
  const legs = random.below(Math.min(underlyings, 8) + 1);
  const isOneSided = random.chance(0.2);
  const hasOrders = random.chance(0.5);
  const hasOthers = random.chance(0.3);
  // Sizes of one book are alike, but for some dust and some giants.
  const scale = logUniform(random, 1e6, notionalMax / 32);
  for (let leg = 0; leg < legs; leg++) {
    const underlying = random.below(underlyings);
    const size = Math.round(scale * (random.chance(0.2) ? logUniform(random, 1e-6, 16) : random.unit()));
    if (!random.chance(0.1))
      addPosition(portfolio, underlying, isOneSided || random.chance(0.5) ? size : -size);
    if (hasOrders) addOrders(portfolio, underlying, order(random, scale), order(random, scale));
    if (hasOthers) addOtherSubaccount(portfolio, underlying, signed(random, scale));
    if (random.chance(0.15)) {
      addCollateral(portfolio, {
        underlying: random.chance(0.8) ? underlying : NO_UNDERLYING,
        value: signed(random, scale),
        weightPpm: random.below(PPM_SCALE + 1),
      });
    }
  }
}

/** Profits, an hour's average beside the mark, and now and then an underlying that stands alone. */
export function addRandomCredit(random: Random, portfolio: Portfolio): void {
  portfolio.hasWindow = random.chance(0.5);
  for (let row = 0; row < portfolio.count; row++) {
    const size = Math.abs(portfolio.notional[row]!);
    if (random.chance(0.6)) portfolio.averageGap[row] = (random.below(200_001) - 100_000) / PPM_SCALE;
    if (random.chance(0.6)) portfolio.unrealized[row] = signed(random, size / 5);
    if (portfolio.hasWindow && random.chance(0.5)) portfolio.windowGain[row] = signed(random, size);
  }
}

function order(random: Random, scale: number): number {
  return random.chance(0.6) ? Math.round(scale * random.unit()) : 0;
}

function signed(random: Random, scale: number): number {
  return Math.round((random.unit() * 2 - 1) * scale);
}

/** From a to b, every order of magnitude as likely as the next. */
function logUniform(random: Random, from: number, to: number): number {
  return from * (to / from) ** random.unit();
}
