import type { MarketView } from '../engine/protocol/views/market.ts';
import { parseDecimal } from '../engine/units/decimal.ts';
import { divFloor } from '../engine/units/round.ts';
import { readNumber, sizeText } from './numberInput.ts';

/** What sizes are written against. */
export interface SizeContext {
  market: MarketView;
  /** What a lot costs at the order's price, or at mark. */
  usdPerLot: number | undefined;
  /** Positive is long. */
  positionLots: number;
  /** The most that the engine and the guards let pass; undefined while it is being asked. */
  mostLots: number | undefined;
  isReduceOnly: boolean;
}

export type TypedSize =
  | { is: 'empty' | 'unreadable' | 'waiting' }
  /** `isComputed`: not the digits that were typed, so they are said back. */
  | { is: 'decimal'; text: string; isComputed: boolean };

/**
 * Reads `40`, `2.5k`, money as `1.5m usd` or `$50k`, shares as `50%` (of the position when the order only reduces,
 * else of the most that passes), and `pos`, `½ pos`, `max`. What is no whole number of lots is rounded down.
 */
export function readSize(typed: string, context: SizeContext): TypedSize {
  const text = typed.trim().toLowerCase();
  const money = /^\$(.+)$/.exec(text) ?? /^(.+?)\s*(?:usd|usdc|\$)$/.exec(text);
  if (money !== null) return fromMoney(money[1] ?? '', context);
  const share = /^([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*%$/.exec(text);
  const held = Math.abs(context.positionLots);
  if (share !== null) {
    const of = context.isReduceOnly ? held : context.mostLots;
    return shareOf(of, Number(parseDecimal(share[1] ?? '', 2)), context);
  }
  if (text === 'max') return shareOf(context.mostLots, 10_000, context);
  if (text === 'pos') return shareOf(held, 10_000, context);
  if (/^(½|1\/2|half)\s*pos$/.test(text)) return shareOf(held, 5_000, context);
  const number = readNumber(typed);
  return number.is === 'decimal' ? { ...number, isComputed: false } : number;
}

function fromMoney(typed: string, { market, usdPerLot }: SizeContext): TypedSize {
  const number = readNumber(typed);
  if (number.is !== 'decimal') return { is: 'unreadable' };
  if (usdPerLot === undefined || usdPerLot <= 0) return { is: 'waiting' };
  const usd = parseDecimal(number.text, 6);
  return usd === undefined ? { is: 'unreadable' } : computed(divFloor(usd, usdPerLot), market);
}

function shareOf(lots: number | undefined, shareBps: number, { market }: SizeContext): TypedSize {
  return lots === undefined ? { is: 'waiting' } : computed(divFloor(lots * shareBps, 10_000), market);
}

/** Not even one lot is nothing that could be sent. */
function computed(lots: number, market: MarketView): TypedSize {
  return lots < 1 ? { is: 'unreadable' } : { is: 'decimal', text: sizeText(lots, market), isComputed: true };
}
