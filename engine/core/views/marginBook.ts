import type { MarginBookView } from '../../protocol/views/marginBook.ts';
import { readRiskSource } from '../accounts/riskParameters.ts';
import type { Engine } from '../engine.ts';
import { packPortfolio } from '../margin/portfolioView.ts';
import { highWater } from '../memory/table.ts';

/** What margin read of an account at the state's sequence, with its parameters: enough to compute its gauge again. */
export function marginBookOf({ state, risk }: Engine, account: number): MarginBookView {
  const { directory, globals, underlyings, multipliers } = state;
  return {
    portfolio: packPortfolio(risk.portfolioOf(account)),
    indexUsd: Array.from(underlyings.columns.indexE8.subarray(0, highWater(underlyings)), (e8) => e8 / 100),
    version: `${directory.version}/${globals.columns.multiplierSeq[0]}`,
    source: readRiskSource(state, multipliers.columns.nowPpm),
  };
}
