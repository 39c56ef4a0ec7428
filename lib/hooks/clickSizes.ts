import { useEffect, useState } from 'react';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { sizeText } from '../numberInput.ts';
import { changeSettings, settings, useSettings } from '../settings/settingsStore.ts';

/** What one click sends, as decimal text in the market's unit; empty sends nothing. */
export interface ClickSizes {
  first: string;
  second: string;
}

/** What the left and the right button are worth before anybody chose. */
const PROPOSED_USD = 10_000;
const SECOND_OF_FIRST = 5;

/** A round number of coins near ten thousand dollars, and five times it. */
export function proposedSizes(priceTicks: number, market: MarketView): ClickSizes {
  const units = (PROPOSED_USD * market.ticksPerUsd) / priceTicks;
  const lots = Math.max(1, Math.round(10 ** Math.round(Math.log10(units)) * market.lotsPerUnit));
  return { first: sizeText(lots, market), second: sizeText(lots * SECOND_OF_FIRST, market) };
}

/** The sizes of a market: as chosen, else as proposed by its first price here, which stay when the price moves. */
export function useClickSizes(
  market: MarketView | undefined,
  priceTicks: number | undefined,
): ClickSizes | undefined {
  const chosen = useSettings().clickSizes[market?.name ?? ''];
  const [proposed, setProposed] = useState<ClickSizes>();
  useEffect(() => {
    if (market === undefined || priceTicks === undefined) return;
    setProposed((now) => now ?? proposedSizes(priceTicks, market));
  }, [market, priceTicks]);
  return chosen ?? proposed;
}

export function keepClickSizes(market: MarketView, sizes: ClickSizes): void {
  changeSettings({ clickSizes: { ...settings().clickSizes, [market.name]: sizes } });
}
