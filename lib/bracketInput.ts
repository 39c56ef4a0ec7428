import type { SideName } from '../engine/protocol/enums.ts';
import type { BracketLegWire } from '../engine/protocol/wire/commands.ts';
import { formatPercent, formatPrice } from './format.ts';
import { priceText, readPercentPpm, ticksOf } from './numberInput.ts';
import { type PriceContext, readPrice } from './priceInput.ts';

export type LegName = 'takeProfit' | 'stopLoss';

export interface EntryTerms {
  side: SideName;
  /** The price the leg is measured from; undefined while it is not known. */
  entryTicks: number | undefined;
}

export type TypedLeg =
  | { is: 'empty' | 'unreadable' | 'waiting' }
  /** `shown` is the other of the two ways to say it: the price of a percentage, the percentage of a price. */
  | { is: 'leg'; leg: BracketLegWire; shown: string };

/**
 * Reads a take-profit or stop as a distance from the entry (`2%`) or as a price. A second price behind a slash is the
 * worst one it may then take: `62,471/62,300`.
 */
export function readLeg(typed: string, name: LegName, entry: EntryTerms, context: PriceContext): TypedLeg {
  const [first = '', second] = typed.split('/');
  if (first.trim() === '' && second === undefined) return { is: 'empty' };
  const trigger = readTrigger(first, name, entry, context);
  if (trigger.is !== 'trigger') return trigger;
  if (second === undefined) return { is: 'leg', leg: { triggerPrice: trigger.text }, shown: trigger.shown };
  const limit = readPrice(second, context);
  if (limit.is !== 'decimal') return limit.is === 'waiting' ? { is: 'waiting' } : { is: 'unreadable' };
  return { is: 'leg', leg: { triggerPrice: trigger.text, price: limit.text }, shown: trigger.shown };
}

type TypedTrigger = { is: 'unreadable' | 'waiting' } | { is: 'trigger'; text: string; shown: string };

function readTrigger(
  typed: string,
  name: LegName,
  { side, entryTicks }: EntryTerms,
  context: PriceContext,
): TypedTrigger {
  const { market } = context;
  const ppm = readPercentPpm(typed);
  if (ppm !== undefined) {
    if (entryTicks === undefined) return { is: 'waiting' };
    const isAbove = (name === 'takeProfit') === (side === 'buy');
    const ticks = Math.round((entryTicks * (1_000_000 + (isAbove ? ppm : -ppm))) / 1_000_000);
    if (ticks < 1) return { is: 'unreadable' };
    return { is: 'trigger', text: priceText(ticks, market), shown: formatPrice(ticks, market) };
  }
  const price = readPrice(typed, context);
  if (price.is !== 'decimal') return price.is === 'waiting' ? { is: 'waiting' } : { is: 'unreadable' };
  const ticks = ticksOf(price.text, market);
  const isMeasured = ticks !== undefined && entryTicks !== undefined && entryTicks > 0;
  const awayPpm = isMeasured
    ? Math.round((Math.abs(ticks - entryTicks) / entryTicks) * 1_000_000)
    : undefined;
  return { is: 'trigger', text: price.text, shown: awayPpm === undefined ? '' : formatPercent(awayPpm, 2) };
}
