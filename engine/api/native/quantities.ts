import type { ErrorCode } from '../../protocol/errors.ts';
import type { MarketView } from '../../protocol/views/market.ts';

/** Ticks and lots travel as signed 32-bit words. */
const WORD_MAX = 2_147_483_647;

/** A whole number of units, or why the text is none. */
export type Quantity = number | ErrorCode;

/** A price as ticks of its market. A zero is refused here: in an amendment 0 ticks would mean "keep it". */
export function readPrice(market: MarketView, text: string): Quantity {
  const ticks = wholeUnits(text, market.ticksPerUsd);
  if (ticks === undefined) return 'order.priceOffTick';
  return ticks === 0n || ticks > WORD_MAX ? 'order.priceInvalid' : Number(ticks);
}

/** A size as lots of its market. */
export function readSize(market: MarketView, text: string): Quantity {
  const lots = wholeUnits(text, market.lotsPerUnit);
  if (lots === undefined) return 'order.sizeOffLot';
  if (lots === 0n) return 'order.sizeZero';
  return lots > WORD_MAX ? 'order.sizeTooLarge' : Number(lots);
}

/** Text × unitsPerOne, exactly; undefined when that is not whole. BigInt, because 16 digits × lots pass 2^53. */
function wholeUnits(text: string, unitsPerOne: number): bigint | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  const scaled = BigInt(whole + fraction) * BigInt(unitsPerOne);
  const one = 10n ** BigInt(fraction.length);
  return scaled % one === 0n ? scaled / one : undefined;
}
