import type { InstrumentKindName, InstrumentStageName, IsolationRuleName, OptionTypeName } from '../enums.ts';

/**
 * What the browser and bots see of markets. Numbers are integers in the unit their name carries:
 * `…Ticks`, `…Lots`, `…UsdPerLot` (micro-USD per lot), `…Usd` (micro-USD), `…Ms`, `…Ppm`, `…Ppb`.
 */

export interface MarketView {
  instrument: number;
  name: string;
  kind: InstrumentKindName;
  /** When a future or option is settled; 0 for what never expires. */
  expiryMs: number;
  /** Strike of an option, USD × 1e8 per coin; 0 for all others. */
  strikeE8: number;
  /** Null for what is no option. */
  optionType: OptionTypeName | null;
  /** Asset number a spot pair moves; −1 for all others. */
  baseAsset: number;
  /** Expired and settled ones keep their number; settled ones leave the public list after thirty days. */
  stage: InstrumentStageName;
  /** What it was settled at, micro-USD per lot; 0 while it trades, and for an option that ended worthless. */
  settlementUsdPerLot: number;
  underlying: string;
  /** Index of the underlying, for correlations and sentences. */
  underlyingId: number;
  lotsPerUnit: number;
  ticksPerUsd: number;
  /** Micro-USD per tick and lot. */
  usdPerTickLot: number;
  sizeLotsMax: number;
  priceTicksMax: number;
  notionalMinUsd: number;
  bandPpm: number;
  makerPpm: number;
  takerPpm: number;
}

export interface AssetView {
  asset: number;
  name: string;
  decimals: number;
  /** Share that counts now: of an asset whose pool is full, less than it was listed with. */
  weightPpm: number;
  /** Whose index prices it; −1 for the settlement currency. */
  underlyingId: number;
  /** Units of its underlying that one unit is redeemed for, ppm; 0 for what is not wrapped. */
  redemptionPpm: number;
  /** Sources that report what the settlement currency is worth itself; 0 for all others. */
  sources: number;
  /** Index price of one whole unit in micro-USD, by its ratio if it is wrapped; 1 000 000 for USDC. */
  indexUsd: number;
}

/** [priceTicks, lots, orders] */
export type LevelView = [number, number, number];

export interface TradeView {
  tradeId: number;
  timeMs: number;
  seq: number;
  takerSide: 0 | 1;
  priceTicks: number;
  lots: number;
}

/** Mark and index with the numbers that tell how much they can be trusted. */
export interface MarkView {
  instrument: number;
  markUsdPerLot: number;
  /** What it is marked around: the index, or the forward of a future or option. */
  indexUsdPerLot: number;
  /** Engine time of the last price report that moved or confirmed it. */
  timeMs: number;
  seq: number;
  sources: number;
  confidencePpm: number;
  /** Set while the underlying stands alone: only orders that reduce pass, and gains in it lend nothing. */
  isolation: IsolationView | null;
}

/** Why an underlying stands alone, and until when at least. */
export interface IsolationView {
  rule: IsolationRuleName;
  endsMsMin: number;
}

/** The market strip and picker. */
export interface MarketStatsView {
  instrument: number;
  lastTicks: number;
  open24hTicks: number;
  high24hTicks: number;
  low24hTicks: number;
  volume24hUsd: number;
  /** What traded in a minute, in micro-USD: of the running one and the one before it, the busier. */
  volumeMinuteUsd: number;
  trades24h: number;
  /** Best prices; 0 where nobody quotes. They are as old as the figures beside them. */
  bidTicks: number;
  askTicks: number;
  openInterestLots: number;
  /** Estimate for the running hour, 1e-9. */
  fundingRatePpb: number;
  /** 0 for what pays none. */
  nextFundingMs: number;
}

/** Candle: open time, OHLC in ticks, volume in lots. */
export interface CandleView {
  openMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  lots: number;
}

/** A whole market at one sequence. Bids best first, asks best first. */
export interface MarketSnapshotView {
  instrument: number;
  seq: number;
  bids: LevelView[];
  asks: LevelView[];
  trades: TradeView[];
  mark: MarkView | null;
  stats: MarketStatsView;
}
