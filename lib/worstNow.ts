import type { SideName } from '../engine/protocol/enums.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { settings } from './settings/settingsStore.ts';
import { books, marks } from './stores/marketStore.ts';
import { defaultWorst, readWorst } from './worstPrice.ts';

/**
 * The worst price of an order at market that may open and that nobody wrote in the ticket: the person's tolerance, from
 * the mark as it stands now or from a trigger; undefined for none, and while the mark is not known.
 *
 * @param fromUsdPerLot of what waits: its trigger
 */
export function worstPriceNow(
  market: MarketView,
  side: SideName,
  fromUsdPerLot = marks.get(market.instrument)?.markUsdPerLot,
): string | undefined {
  const typed = defaultWorst(false, market, settings().slippage.tolerancePercent);
  const context = { market, book: books.get(market.instrument), mark: marks.get(market.instrument) };
  const worst = readWorst(typed, { side, fromUsdPerLot }, context);
  return worst.is === 'worst' ? worst.text : undefined;
}
