import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { effectRows } from '../../../../lib/effectRows.ts';
import { formatAverage, formatSize, formatUsd } from '../../../../lib/format.ts';
import type { LimitReading } from './Ticket.limits.ts';

/** What of the account a person hears; the rest stands in the table. */
const measuresSaid: readonly string[] = ['initial', 'free', 'distance'];

/** A preview and its limits in sentences, for whoever does not see them. A refusal is said by the ticket's message. */
export function previewWords(
  preview: PreviewView,
  market: MarketView,
  limits: readonly LimitReading[],
): string {
  if (preview.refusal !== undefined) return '';
  const { filledLots, filledNotionalUsd, restingLots, cancelledLots, feeUsd } = preview;
  const size = (lots: number) => `${formatSize(lots, market)} ${market.underlying}`;
  const fills = [
    filledLots > 0 &&
      `${size(filledLots)} fills now at ${formatAverage(filledNotionalUsd, filledLots, market)}, fee ${formatUsd(feeUsd, 2)}`,
    restingLots > 0 && `${size(restingLots)} rests`,
    cancelledLots > 0 && `${size(cancelledLots)} is cancelled`,
  ].filter(Boolean);
  const effects = effectRows(preview)
    .filter(({ name }) => measuresSaid.includes(name))
    .map(({ name, before, after }) => `${name} ${before.text} to ${after.text}`);
  const passing = limits.filter(({ state }) => state !== 'fail').length;
  const [nearest] = limits;
  return [
    `Preview: ${fills.length > 0 ? fills.join(', ') : 'nothing fills now'}`,
    `Account: ${effects.join(', ')}`,
    nearest && `${passing} of ${limits.length} limits pass, nearest ${nearest.name}: ${nearest.text}`,
  ]
    .filter(Boolean)
    .map((sentence) => `${sentence}.`)
    .join(' ');
}
