import type { Engine } from '../engine.ts';
import { stressPortfolio } from '../margin/stress.ts';
import { VOLATILITY_STEP_PERCENT } from '../margin/stresses.ts';

/** Returns of the market underlying, in the order of columns. */
export const MAP_MOVES = [-0.3, -0.2, -0.13, -0.09, -0.045, -0.02, 0, 0.02, 0.045, 0.09, 0.13, 0.2, 0.3];
/** Shares of the steps of a risk vector up and down, in the order of rows. */
const STEPS = [1, 0.5, 0, -0.5, -1];

/** What the steps are of a month's implied volatility. */
export const MAP_VOLATILITIES = STEPS.map(
  (step) => (step * (step < 0 ? VOLATILITY_STEP_PERCENT.down : VOLATILITY_STEP_PERCENT.up)) / 100,
);

/** An account in every cell of the map, row by row. */
export interface StressedCells {
  /** Micro-USD, as `stressPortfolio` has it. */
  pnlUsd: Float64Array;
  /** 1 where maintenance margin would be more than equity. */
  isOver: Uint8Array;
}

const PPM = 1_000_000;

/** What every cell of the map would do to an account, at the state's sequence. */
export function stressedCellsOf({ risk }: Engine, account: number): StressedCells {
  const parameters = risk.parameters();
  const portfolio = risk.portfolioOf(account);
  const count = STEPS.length * MAP_MOVES.length;
  const cells = { pnlUsd: new Float64Array(count), isOver: new Uint8Array(count) };
  let cell = 0;
  for (const volatility of STEPS) {
    for (const market of MAP_MOVES) {
      const { pnlUsd, ratioPpm } = stressPortfolio(parameters, portfolio, {
        id: '',
        name: '',
        market,
        volatility,
      });
      cells.pnlUsd[cell] = pnlUsd;
      cells.isOver[cell] = ratioPpm < 0 || ratioPpm >= PPM ? 1 : 0;
      cell++;
    }
  }
  return cells;
}
