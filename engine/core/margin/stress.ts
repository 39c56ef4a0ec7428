import { RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import type { StressLegView, StressOutcomeView } from '../../protocol/views/stress.ts';
import { roundHalfAway } from '../../units/round.ts';
import { countedUsd, equityUsd } from './equity.ts';
import { ratioPpmOf } from './health.ts';
import { moveOptions, valueChangeAt } from './moveOptions.ts';
import { createOptionBook, NO_OPTIONS, type OptionBook } from './optionBook.ts';
import type { RiskParameters } from './parameters.ts';
import { copyPortfolio, createPortfolio, NO_WINDOW, type Portfolio } from './portfolio.ts';
import { maintenanceEquityUsd, maintenanceMarginUsd } from './requirement.ts';
import { type Stress, stressMoves } from './stresses.ts';

const after = createPortfolio();
const shaken = createOptionBook();
/** The nodes next to no move. */
const STEP = 0.02;

/**
 * What a stress would do to an account in one instant, before anybody could act: profit or loss of every leg,
 * and equity and maintenance margin of the book as it would stand then.
 *
 * Linear legs and coins follow their price; options follow their risk vectors, between the nodes as margin does
 * and beyond the last along its segment. Haircuts, multipliers and correlations stay what they are.
 *
 * @returns whole micro-USD; legs sum to `pnlUsd` exactly, and equity now + `pnlUsd` is `equityUsd`
 * @example long 1 BTC at 60 000 USD with 10 000 USDC, S1 (BTC −13 %) → −7 800, equity 2 200 USD
 */
export function stressPortfolio(
  parameters: RiskParameters,
  portfolio: Portfolio,
  stress: Stress,
): StressOutcomeView {
  const legs = movePortfolio(portfolio, stressMoves(parameters, stress), stress.volatility, after);
  const equity = equityUsd(after);
  const maintenanceUsd = maintenanceMarginUsd(parameters, after);
  return {
    id: stress.id,
    pnlUsd: equity - equityUsd(portfolio),
    equityUsd: equity,
    maintenanceUsd,
    ratioPpm: ratioPpmOf({ maintenanceUsd, equityUsd: maintenanceEquityUsd(parameters, after) }),
    deficitUsd: Math.max(0, -equity),
    legs: legs.map(({ row, ...leg }) => ({
      underlying: parameters.symbols[portfolio.underlying[row]!]!,
      ...leg,
    })),
  };
}

/** What one row of a portfolio gained. */
type MovedLeg = Omit<StressLegView, 'underlying'> & { row: number };

/**
 * Writes a portfolio as it would be at other prices. What only new risk reads (open orders, open interest, the
 * hour's average) stays as it was.
 *
 * @param moves return of each underlying by id, ≥ −1
 * @param volatility as in `Stress`
 * @returns a leg for every row that has a size, in the order of the portfolio
 */
export function movePortfolio(
  from: Portfolio,
  moves: Float64Array,
  volatility: number,
  to: Portfolio,
): MovedLeg[] {
  copyPortfolio(from, to);
  const legs: MovedLeg[] = [];
  for (let row = 0; row < from.count; row++) {
    const move = moves[from.underlying[row]!]!;
    const leg = moveRow(from, row, move, volatility, to);
    if (from.notional[row] !== 0 || from.optionBlock[row] !== NO_OPTIONS) legs.push(leg);
  }
  const { expiries } = to;
  for (let leg = 0; leg < expiries.count; leg++) {
    const move = moves[expiries.underlying[leg]!]!;
    expiries.notional[leg] = expiries.notional[leg]! + roundHalfAway(expiries.notional[leg]! * move);
  }
  return legs;
}

function moveRow(from: Portfolio, row: number, move: number, volatility: number, to: Portfolio): MovedLeg {
  const coins = moveCollateral(from, from.underlying[row]!, move, to);
  const linearUsd = roundHalfAway((from.notional[row]! - coins.beforeUsd) * move);
  const optionsUsd = moveRowOptions(from, row, move, volatility, to);
  to.notional[row] = from.notional[row]! + linearUsd + coins.afterUsd - coins.beforeUsd;
  to.unrealized[row] = from.unrealized[row]! + linearUsd + optionsUsd;
  to.unrealizedPnl += linearUsd + optionsUsd;
  to.provision[row] = Math.ceil(from.provision[row]! * (1 + move));
  const gain = from.windowGain[row]!;
  if (gain !== NO_WINDOW) to.windowGain[row] = gain + linearUsd + optionsUsd + coins.countedUsd;
  return { row, move, linearUsd, optionsUsd, collateralUsd: coins.countedUsd };
}

/** Coins of one underlying: what they are worth before and after, and by how much what counts of them changes. */
function moveCollateral(from: Portfolio, underlying: number, move: number, to: Portfolio) {
  const coins = { beforeUsd: 0, afterUsd: 0, countedUsd: 0 };
  for (let at = 0; at < from.collateralCount; at++) {
    if (from.collateralUnderlying[at] !== underlying) continue;
    const value = from.collateralValue[at]!;
    const moved = value + roundHalfAway(value * move);
    const weightPpm = from.collateralWeightPpm[at]!;
    to.collateralValue[at] = moved;
    coins.beforeUsd += value;
    coins.afterUsd += moved;
    coins.countedUsd += countedUsd(moved, weightPpm) - countedUsd(value, weightPpm);
  }
  return coins;
}

/** @returns what the options of the row gain, micro-USD; 0 without options */
function moveRowOptions(
  from: Portfolio,
  row: number,
  move: number,
  volatility: number,
  to: Portfolio,
): number {
  const block = from.optionBlock[row]!;
  if (block === NO_OPTIONS) return 0;
  shakeVolatility(from.options, block, volatility, shaken);
  moveOptions(shaken, 0, move, to.options, block);
  return roundHalfAway(valueChangeAt(shaken, 0, move, 0));
}

/**
 * One block as it would be at another volatility, in the first block of another book: every cell moves with the
 * state it goes to, so that the steps up and down from there stay as wide as they are.
 */
function shakeVolatility(from: OptionBook, block: number, volatility: number, to: OptionBook): void {
  const state = volatility < 0 ? 2 : 1;
  const share = Math.abs(volatility);
  const first = block * RISK_CELLS;
  for (let cell = 0; cell < RISK_CELLS; cell += VOL_STATES) {
    const same = from.cells[first + cell]!;
    const step = (from.cells[first + cell + state]! - same) * share;
    for (let each = 0; each < VOL_STATES; each++)
      to.cells[cell + each] = from.cells[first + cell + each]! + step;
  }
  to.shortUsd[0] = from.shortUsd[block]!;
  to.delta[0] = from.delta[block]! + slopeAt(to, 0) - slopeAt(from, block);
}

/** Slope between the nodes next to no move: its change tells how far a volatility turns the delta. */
function slopeAt(book: OptionBook, block: number): number {
  return (valueChangeAt(book, block, STEP, 0) - valueChangeAt(book, block, -STEP, 0)) / (2 * STEP);
}
