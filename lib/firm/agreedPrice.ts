import type { HeldPositionView } from '../../engine/protocol/views/firmRisk.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { readNumber, ticksOf } from '../numberInput.ts';

/** A price that two accounts agree on, as it was typed. */
export type TypedPrice = { is: 'mark' } | { is: 'agreed'; ticks: number } | { is: 'wrong' };

/** Nothing typed is the mark of the moment it is done; 0 is no price that anybody agrees on. */
export function readAgreedPrice(typed: string, market: MarketView | undefined): TypedPrice {
  const number = readNumber(typed);
  if (number.is === 'empty') return { is: 'mark' };
  const ticks = number.is === 'decimal' && market !== undefined ? ticksOf(number.text, market) : undefined;
  return ticks === undefined || ticks === 0 ? { is: 'wrong' } : { is: 'agreed', ticks };
}

/** How far a price is from the mark, and what that moves between the two accounts. */
export interface AgreedAway {
  /** Of the mark; positive is above it. */
  awayPpm: number;
  /** What the account that gives gains by it and the other pays, micro-USD; negative: it loses. */
  givenUsd: number;
}

const USD = 1_000_000;
const PPM = 1_000_000;

/**
 * @param lots that go over, without a sign: the position says whether they are long
 */
export function agreedAway(
  ticks: number,
  lots: number,
  position: Pick<HeldPositionView, 'lots' | 'markUsdPerLot'>,
  market: MarketView,
): AgreedAway {
  const usdPerLot = (ticks * USD) / market.ticksPerUsd / market.lotsPerUnit;
  const away = usdPerLot - position.markUsdPerLot;
  const moved = Math.sign(position.lots) * lots;
  return {
    awayPpm: position.markUsdPerLot === 0 ? 0 : Math.round((away / position.markUsdPerLot) * PPM),
    givenUsd: Math.round(away * moved) + 0,
  };
}
