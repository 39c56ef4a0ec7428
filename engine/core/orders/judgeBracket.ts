import type { Bracket, PlaceOrder } from '../../protocol/commands/types.ts';
import { InstrumentKind, OrderFlag, type Side } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { State } from '../state.ts';

/** Prices of an entry that its bracket is measured against. */
export interface EntryPrices {
  instrument: number;
  side: Side;
  /** Its limit; 0 for none. */
  priceTicks: number;
  /** Mark at which it wakes; 0 when it works at once. */
  triggerTicks: number;
}

/** Whether a bracket's prices are ticks of the instrument. */
export function areBracketPricesValid(bracket: Bracket, ticksMax: number): boolean {
  const isInRange = (ticks: number): boolean => ticks >= 0 && ticks <= ticksMax;
  return (
    isInRange(bracket.takeProfitTicks) &&
    isInRange(bracket.takeProfitLimitTicks) &&
    isInRange(bracket.stopLossTicks) &&
    isInRange(bracket.stopLossLimitTicks)
  );
}

/**
 * What no market could make right.
 *
 * @returns OK or: order.termsConflict (neither order, or a limit without its trigger), bracket.reduceOnly,
 *   bracket.spot
 */
export function judgeBracketTerms(state: State, c: PlaceOrder, bracket: Bracket): number {
  const { takeProfitTicks, takeProfitLimitTicks, stopLossTicks, stopLossLimitTicks } = bracket;
  const isEmpty = takeProfitTicks === 0 && stopLossTicks === 0;
  const hasLoneLimit =
    (takeProfitTicks === 0 && takeProfitLimitTicks !== 0) ||
    (stopLossTicks === 0 && stopLossLimitTicks !== 0);
  if (isEmpty || hasLoneLimit) return refusal['order.termsConflict'];
  if ((c.flags & OrderFlag.reduceOnly) !== 0) return refusal['bracket.reduceOnly'];
  const isSpot = state.instruments.columns.kind[c.instrument] === InstrumentKind.spot;
  return isSpot ? refusal['bracket.spot'] : OK;
}

/**
 * Judges on which side of the entry price the two triggers stand. The entry price is the mark at which the entry
 * works (of a stop or take its trigger), or its limit where that is better for it.
 *
 * @returns OK or: bracket.takeProfitInvalid, bracket.stopLossInvalid
 */
export function judgeBracketSides(
  state: State,
  entry: EntryPrices,
  takeProfitTicks: number,
  stopLossTicks: number,
): number {
  const { mark, usdPerTickLot } = state.instruments.columns;
  const perTick = usdPerTickLot[entry.instrument]!;
  const working = entry.triggerTicks === 0 ? mark[entry.instrument]! : entry.triggerTicks * perTick;
  const limit = entry.priceTicks === 0 ? working : entry.priceTicks * perTick;
  const isBuy = entry.side === 0;
  const price = isBuy ? Math.min(limit, working) : Math.max(limit, working);
  const isProfit = isBuy ? takeProfitTicks * perTick > price : takeProfitTicks * perTick < price;
  if (takeProfitTicks !== 0 && !isProfit) return refusal['bracket.takeProfitInvalid'];
  const isLoss = isBuy ? stopLossTicks * perTick < price : stopLossTicks * perTick > price;
  return stopLossTicks !== 0 && !isLoss ? refusal['bracket.stopLossInvalid'] : OK;
}
