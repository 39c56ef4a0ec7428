import type { MarketView } from '../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../engine/protocol/views/preview.ts';
import { formatAverage, formatDistance, formatRatio, formatSignedSize, formatUsd } from '../format.ts';
import type { Reason } from './reason.ts';

const PER_BP = 10_000;

/** How every number of a preview is made; each line names its formula, and what came of it. */
export function previewReason(preview: PreviewView, market: MarketView): Reason {
  const { after, filledLots, filledNotionalUsd, feeUsd } = preview;
  const notionalUsd = Math.abs(filledNotionalUsd);
  const fills =
    filledLots === 0
      ? []
      : [
          ['notional of the fills', formatUsd(notionalUsd, 2)] as const,
          ['average = it ÷ their size', formatAverage(filledNotionalUsd, filledLots, market)] as const,
          ['fee ÷ it', `${((feeUsd / notionalUsd) * PER_BP).toFixed(2)} bp`] as const,
        ];
  return {
    formula:
      'this order as the next command on a copy of the engine, taken back at once: matched with the book, charged, the margin of the whole account counted anew; slippage = |average − mid| × size',
    inputs: [
      ...fills,
      ['equity after', formatUsd(after.equityUsd, 2)],
      ['initial, worst fill of all orders', formatUsd(after.initialUsd, 2)],
      ['free = equity − gains not credited − initial', formatUsd(after.freeUsd, 2)],
      ['maintenance', formatUsd(after.maintenanceUsd, 2)],
      ['maintenance ÷ equity', formatRatio(after.ratioPpm, 2)],
      ['position after', `${formatSignedSize(after.positionLots, market)} ${market.underlying}`],
      [
        'joint distance',
        after.distanceSigmas < 0 ? 'no risk' : `${formatDistance(after.distanceSigmas)} σ-days`,
      ],
    ],
  };
}
