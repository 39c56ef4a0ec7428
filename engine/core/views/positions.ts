import { InstrumentKind } from '../../protocol/enums.ts';
import type { PositionView } from '../../protocol/views/account.ts';
import type { ScenarioView } from '../../protocol/views/margin.ts';
import { carryUsdPerDay } from '../accounts/carry.ts';
import { valueChangeAt } from '../margin/moveOptions.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

const VOLATILITY_STATES = { same: 0, up: 1, down: 2 } as const;

/** What an account holds, with what each position alone brings to its risk. @param worst case of its maintenance scan */
export function positionsOf(state: State, account: number, worst: ScenarioView): PositionView[] {
  const p = state.positions.columns;
  const positions: PositionView[] = [];
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
    const lots = p.lots[row]!;
    if (lots !== 0) positions.push(positionOf(state, p.instrument[row]!, lots, p.entryValue[row]!, worst));
  }
  return positions;
}

function positionOf(
  state: State,
  instrument: number,
  lots: number,
  entryValueUsd: number,
  worst: ScenarioView,
): PositionView {
  const markUsdPerLot = state.instruments.columns.mark[instrument]!;
  const value = lots * markUsdPerLot;
  const deltaUsd = Math.round(lots * deltaUsdPerLot(state, instrument));
  return {
    instrument,
    lots,
    entryValueUsd,
    markUsdPerLot,
    notionalUsd: Math.abs(value),
    unrealizedPnlUsd: value - entryValueUsd,
    deltaUsd,
    carryUsdPerDay: carryUsdPerDay(state, instrument, lots),
    scanUsd: scanUsdOf(state, instrument, lots, deltaUsd, worst),
  };
}

/** Change of value per lot and unit of return of the underlying, micro-USD. */
export function deltaUsdPerLot(state: State, instrument: number): number {
  const { kind, mark } = state.instruments.columns;
  const isOption = kind[instrument] === InstrumentKind.option;
  return isOption ? state.options.columns.deltaUsdPerLot[instrument]! : mark[instrument]!;
}

/**
 * Loss of one position at the move of its underlying in the worst case. What hedges leave, tails, collateral and
 * bounds belong to no position: the scan less the sum of these is theirs.
 */
function scanUsdOf(
  state: State,
  instrument: number,
  lots: number,
  deltaUsd: number,
  worst: ScenarioView,
): number {
  const { underlying, kind } = state.instruments.columns;
  const symbol = state.directory.underlyings[underlying[instrument]!]!.name;
  const move = worst.moves.find((each) => each.underlying === symbol)?.move ?? 0;
  if (kind[instrument] !== InstrumentKind.option) return 0 - Math.round(deltaUsd * move);
  const cells = { cells: state.riskCells.columns.change };
  return 0 - Math.round(lots * valueChangeAt(cells, instrument, move, VOLATILITY_STATES[worst.volatility]));
}
