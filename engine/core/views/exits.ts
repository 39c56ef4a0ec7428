import type { ExitView } from '../../protocol/views/firm.ts';
import { positionLots } from '../accounts/positions.ts';
import { NONE } from '../memory/table.ts';
import { priceCap } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';

/** What accounts hold, each position with the worst it may be closed at; of what is left nothing is known yet. */
export function exitsOf(state: State, accounts: readonly number[], distancePpm: number): ExitView[] {
  const { instrument, lots, next } = state.positions.columns;
  const exits: ExitView[] = [];
  for (const account of accounts) {
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!)
      if (lots[row] !== 0) exits.push(exitOf(state, account, instrument[row]!, lots[row]!, distancePpm));
  }
  return exits;
}

function exitOf(
  state: State,
  account: number,
  instrument: number,
  lots: number,
  distancePpm: number,
): ExitView {
  const { mark, usdPerTickLot } = state.instruments.columns;
  const markUsdPerLot = mark[instrument]!;
  const worstTicks = priceCap(state, instrument, lots > 0 ? 1 : 0, distancePpm);
  const away = Math.abs(worstTicks * usdPerTickLot[instrument]! - markUsdPerLot);
  const worstCostUsd = worstTicks === 0 ? 0 : Math.ceil(Math.abs(lots) * away);
  return { account, instrument, lots, markUsdPerLot, worstTicks, worstCostUsd, leftLots: lots };
}

/** The same once it was done: what is still held is what was left. */
export function withLeft(state: State, exits: readonly ExitView[]): ExitView[] {
  return exits.map((exit) => ({ ...exit, leftLots: positionLots(state, exit.account, exit.instrument) }));
}
