import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { lotsOf, sizeText } from '../../../../lib/numberInput.ts';
import type { Most } from '../../../../lib/stores/draftStore.ts';

export interface SizeChoice {
  label: string;
  /** As the quantity field takes it; empty when the choice means nothing now. */
  text: string;
  /** Said by screen readers where the label changes with the market. */
  name: string;
}

/**
 * Sizes one press away: a person's own, half of the position, and the most that passes.
 *
 * @param presets decimal texts in the unit of the market
 * @param mostLots undefined while it is being asked
 */
export function sizeChoices(
  market: MarketView,
  presets: readonly string[],
  positionLots: number,
  mostLots: number | undefined,
): readonly SizeChoice[] {
  const own = presets
    .filter((text) => text !== '')
    .map((text) => ({ label: text, name: text, text: (lotsOf(text, market) ?? 0) > 0 ? text : '' }));
  const half = Math.floor(Math.abs(positionLots) / 2);
  const most = mostLots === undefined || mostLots < 1 ? '' : sizeText(mostLots, market);
  return [
    ...own,
    { label: '½ pos', name: '½ pos', text: half > 0 ? sizeText(half, market) : '' },
    { label: `max ${most}`.trim(), name: 'max', text: most },
  ];
}

/** Why `max` is the most, as the engine or the person's own limits say it of one lot more. */
export function whyMost(most: Most | undefined): string {
  if (most === undefined) return 'The most that passes; it is being asked.';
  const { lots, beyond = 'A reduce-only order closes the position and no more.' } = most;
  return lots === 0 ? `No size passes. ${beyond}` : `The most that passes. One lot more: ${beyond}`;
}
