import type { FillView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { PriceLevel } from '../../../../lib/stores/levelStore.ts';
import type { IntervalLabel } from './Chart.state.ts';
import type { ChartHands } from './chartHands.ts';
import type { DraftPrice } from './draftLines.ts';
import type { ShownMarks } from './marks.ts';
import type { CandlesState } from './useCandles.ts';

export interface ChartViewProps {
  market: MarketView | undefined;
  marketName: string;
  interval: IntervalLabel;
  onInterval: (interval: IntervalLabel) => void;
  candles: CandlesState;
  fills: readonly FillView[];
  /** Of this market. */
  orders: readonly OrderView[];
  positions: readonly PositionView[] | undefined;
  distance: DistanceView | undefined;
  levels: readonly PriceLevel[];
  /** Of the ticket, while it is open on this market. */
  draftPrices: readonly DraftPrice[];
  /** Of the market's feed; without it the picture is one that does not move. */
  freshness?: Freshness;
  /** In ticks, seldom whole; what triggers are compared with. */
  markTicks: number | undefined;
  hands: ChartHands | undefined;
  /** Whether orders may be changed and placed from here. */
  mayTrade: boolean;
}

export interface ChartPictureProps extends ChartViewProps {
  market: MarketView;
  candles: Extract<CandlesState, { state: 'ready' }>;
  shown: ShownMarks;
  onHover: (openMs: number | undefined) => void;
}
