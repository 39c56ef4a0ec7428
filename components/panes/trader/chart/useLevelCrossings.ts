import { useEffect, useRef } from 'react';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice } from '../../../../lib/format.ts';
import { ticksOf } from '../../../../lib/numberInput.ts';
import { levelsOf, markCrossed, type PriceLevel } from '../../../../lib/stores/levelStore.ts';
import { toast } from '../../../../lib/stores/toastStore.ts';

/** Tells of each level that trades cross, once, while its market is on screen. */
export function useLevelCrossings(market: MarketView | undefined, trades: readonly TradeView[]): void {
  const last = useRef<{ instrument: number; ticks: number }>(undefined);
  const lastTicks = trades[0]?.priceTicks;
  useEffect(() => {
    if (market === undefined || lastTicks === undefined) return;
    const before = last.current?.instrument === market.instrument ? last.current.ticks : undefined;
    last.current = { instrument: market.instrument, ticks: lastTicks };
    if (before === undefined || before === lastTicks) return;
    const crossed = crossedLevels(levelsOf(market.name), market, before, lastTicks);
    if (crossed.length === 0) return;
    markCrossed(
      market.name,
      crossed.map(({ id }) => id),
      Date.now(),
    );
    for (const level of crossed) tell(level, market, before, lastTicks);
  }, [market, lastTicks]);
}

/** Levels between two trades, reached or passed by the second; one that has said so already stays silent. */
export function crossedLevels(
  levels: readonly PriceLevel[],
  market: MarketView,
  before: number,
  now: number,
): PriceLevel[] {
  return levels.filter(({ price, crossedMs }) => {
    const ticks = ticksOf(price, market);
    if (ticks === undefined || crossedMs !== undefined) return false;
    return before < now ? before < ticks && ticks <= now : now <= ticks && ticks < before;
  });
}

function tell({ id, price }: PriceLevel, market: MarketView, before: number, now: number): void {
  const ticks = ticksOf(price, market) ?? now;
  toast({
    group: `level ${market.name} ${id}`,
    tone: 'info',
    text: `${market.name} ${now > before ? 'rose' : 'fell'} through ${formatPrice(ticks, market)}.`,
    detail: `last ${formatPrice(now, market)}`,
  });
}
