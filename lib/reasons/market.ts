import type { MarketStatsView, MarketView, MarkView } from '../../engine/protocol/views/market.ts';
import {
  formatCountdown,
  formatMark,
  formatPercent,
  formatPrice,
  formatSignedPercent,
  formatSize,
  formatUsd,
} from '../format.ts';
import type { Reason } from './reason.ts';

const markFormulas: Record<MarketView['kind'], string> = {
  perpetual:
    'median of index + 150 s average of the book’s distance from it, of median (bid, ask, last), and of the index; kept within a band around the index',
  future:
    'median of forward + 150 s average of the book’s distance from it, of median (bid, ask, last), and of the forward; kept within a band around it',
  option: 'Black-76 on the forward of its day and the volatility its surface has at its strike',
  spot: 'index of its underlying, of a wrapped coin times what one is redeemed for',
};

/** What positions are valued at. */
export function markReason(market: MarketView, mark: MarkView): Reason {
  return {
    formula: markFormulas[market.kind],
    inputs: [
      [market.expiryMs > 0 ? 'forward' : 'index', formatMark(mark.indexUsdPerLot, market)],
      ['mark', formatMark(mark.markUsdPerLot, market)],
    ],
  };
}

/** What a mark is taken around: the index, or the forward of its day. */
export function indexReason(market: MarketView, mark: MarkView): Reason {
  const index = 'lower median of the live sources that stand within three median deviations of their median';
  return {
    formula: market.expiryMs > 0 ? `forward of its day, which moves with the index: ${index}` : index,
    inputs: [
      ['live sources', String(mark.sources)],
      ['share of those listed', formatPercent(mark.confidencePpm)],
      [market.expiryMs > 0 ? 'forward' : 'index', formatMark(mark.indexUsdPerLot, market)],
    ],
  };
}

/** @param ratePpm of eight hours, with its fraction; positive: longs pay */
export function fundingReason(ratePpm: number, leftMs: number | undefined): Reason {
  return {
    formula:
      'mean premium P of this hour so far + 0.01 % pulled toward it: P + clamp(0.01 % − P, ±0.05 %); an eighth is paid each hour, by longs where it is positive',
    inputs: [
      ['of eight hours', formatSignedPercent(ratePpm, 4)],
      ['of the hour', formatSignedPercent(ratePpm / 8, 4)],
      ...(leftMs === undefined ? [] : [['paid in', formatCountdown(leftMs)] as const]),
    ],
  };
}

export function volumeReason(market: MarketView, stats: MarketStatsView): Reason {
  const price = (ticks: number) => (ticks > 0 ? formatPrice(ticks, market) : 'nothing traded');
  return {
    formula: 'price × size of every trade of the last 24 h, each counted once',
    inputs: [
      ['volume', formatUsd(stats.volume24hUsd, 2)],
      ['first price', price(stats.open24hTicks)],
      ['highest', price(stats.high24hTicks)],
      ['lowest', price(stats.low24hTicks)],
    ],
  };
}

/** @param ownSharePpm undefined for who holds none of it */
export function openInterestReason(
  market: MarketView,
  stats: MarketStatsView,
  ownSharePpm: number | undefined,
): Reason {
  return {
    formula: 'sum of all long positions, which equals that of all short ones',
    inputs: [
      ['open interest', `${formatSize(stats.openInterestLots, market)} ${market.underlying}`],
      ...(ownSharePpm === undefined ? [] : [['|own position| ÷ it', formatPercent(ownSharePpm, 2)] as const]),
    ],
  };
}
