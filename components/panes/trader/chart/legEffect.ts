import type { BracketLegView, OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { PPM_SCALE } from '../../../../engine/units/rate.ts';
import { formatPrice, formatSignedPercent, formatSignedUsd } from '../../../../lib/format.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag } from './drag.ts';
import type { EffectWords } from './dragEffect.ts';

/** What a take-profit or stop would do where it is held, while its entry has yet to fill. */
export interface LegInHand {
  entry: OrderView;
  leg: BracketLegView;
  toTicks: number;
}

export function legInHand(drag: Drag, lines: readonly ChartLine[]): LegInHand | undefined {
  if (drag.tag !== 'carried') return undefined;
  const subject = lines.find(({ key }) => key === drag.key)?.subject;
  return subject?.is === 'leg'
    ? { entry: subject.entry, leg: subject.leg, toTicks: drag.toTicks }
    : undefined;
}

/**
 * Profit and loss if the whole entry fills at its price and is closed at the held one, before fees; as a share of what
 * was paid it is the move. With a limit also the worst that it then takes.
 *
 * @param preview the engine's word on the amendment; until it is there nothing is said of margin
 */
export function legEffectWords(
  { entry, leg, toTicks }: LegInHand,
  market: MarketView,
  preview: Pick<PreviewView, 'refusal' | 'before' | 'after'> | undefined,
): EffectWords {
  const entryTicks = entry.priceTicks > 0 ? entry.priceTicks : entry.triggerTicks;
  const way = entry.side === 'buy' ? 1 : -1;
  const usdAt = (ticks: number) => way * (ticks - entryTicks) * entry.openLots * market.usdPerTickLot;
  const ppm = Math.round((way * (toTicks - entryTicks) * PPM_SCALE) / entryTicks);
  const limitTicks = leg.priceTicks === 0 ? undefined : leg.priceTicks + toTicks - leg.triggerTicks;
  const worst = limitTicks === undefined ? '' : `, ${formatSignedUsd(usdAt(limitTicks))} at its limit`;
  const away = `${formatPrice(Math.abs(toTicks - entryTicks), market)} from its entry`;
  return {
    distance: `${formatSignedUsd(usdAt(toTicks))} USD (${formatSignedPercent(ppm)}) if all of it fills${worst}, ${away}`,
    level: 'safe',
    margin: preview && marginWords(preview.before, preview.after),
    refusal: preview?.refusal?.message,
  };
}

/** As the engine counts it: what only closes holds nothing, so nothing is expected to change here. */
function marginWords(before: PreviewSideView, after: PreviewSideView): string {
  const initialUsd = after.initialUsd - before.initialUsd;
  const maintenanceUsd = after.maintenanceUsd - before.maintenanceUsd;
  if (initialUsd === 0 && maintenanceUsd === 0) return 'margin unchanged until it fills';
  return `IM ${formatSignedUsd(initialUsd)}, MM ${formatSignedUsd(maintenanceUsd)}`;
}
