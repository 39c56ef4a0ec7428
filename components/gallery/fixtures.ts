import type { FillView, OrderView, PositionView } from '../../engine/protocol/views/account.ts';
import type { DistanceView, MarginView, ScanView } from '../../engine/protocol/views/margin.ts';
import type {
  CandleView,
  LevelView,
  MarketStatsView,
  MarketView,
  MarkView,
  TradeView,
} from '../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../engine/protocol/views/preview.ts';
import { HOUR_MS, MINUTE_MS } from '../../engine/units/time.ts';
import type { Freshness } from '../../lib/freshness.ts';
import type { ConnectionView } from '../../lib/hooks/connection.ts';
import type { StatusLineViewProps } from '../panes/trader/statusLine/StatusLineView.tsx';

/** One still moment of an account, the same on every load: what the gallery draws in all its states. */
export const NOW_MS = Date.UTC(2026, 10, 20, 12, 4, 31, 208);

const usd = (amount: number) => Math.round(amount * 1e6);

function market(
  instrument: number,
  underlying: string,
  ticksPerUsd: number,
  lotsPerUnit: number,
): MarketView {
  return {
    instrument,
    name: `${underlying}-PERP`,
    kind: 'perpetual',
    expiryMs: 0,
    strikeE8: 0,
    optionType: null,
    baseAsset: -1,
    stage: 'trading',
    settlementUsdPerLot: 0,
    underlying,
    underlyingId: instrument,
    lotsPerUnit,
    ticksPerUsd,
    usdPerTickLot: 1_000_000 / (ticksPerUsd * lotsPerUnit),
    sizeLotsMax: 100_000_000,
    priceTicksMax: 100_000_000,
    notionalMinUsd: usd(1),
    bandPpm: 50_000,
    makerPpm: -10,
    takerPpm: 350,
  };
}

export const btc = market(0, 'BTC', 10, 10_000);
export const markets = [
  btc,
  market(1, 'ETH', 100, 1_000),
  market(2, 'SOL', 1_000, 100),
  market(3, 'DOGE', 100_000, 1),
];

export const LAST_TICKS = 631_010;

/** A small generator with a seed: shapes that look alive and never change. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function side(from: number, step: number): LevelView[] {
  const random = seeded(from);
  return Array.from({ length: 120 }, (_, level) => {
    const lots = Math.round((3 + random() * random() * 46) * 10) * 1_000;
    return [from + level * step * 10 + (level === 0 ? 0 : Math.round(random() * 4) * step), lots, 3];
  });
}

export const book = { instrument: 0, seq: 88_064, bids: side(631_000, -1), asks: side(631_010, 1) };

export const stats: MarketStatsView = {
  instrument: 0,
  lastTicks: LAST_TICKS,
  open24hTicks: 619_600,
  high24hTicks: 632_140,
  low24hTicks: 618_000,
  volume24hUsd: usd(1.31e9),
  openInterestLots: 241_180_000,
  fundingRatePpb: 10_125,
  volumeMinuteUsd: 13_300_000_000_000,
  trades24h: 412_806,
  bidTicks: 631_000,
  askTicks: 631_010,
  nextFundingMs: NOW_MS + 55 * MINUTE_MS + 28_000,
};

export const mark: MarkView = {
  instrument: 0,
  markUsdPerLot: 6_310_060,
  indexUsdPerLot: 6_309_420,
  timeMs: NOW_MS - 400,
  seq: 88_120,
  sources: 7,
  confidencePpm: 990_000,
  isolation: null,
};

export const trades: TradeView[] = (() => {
  const random = seeded(5);
  let timeMs = NOW_MS;
  let priceTicks = LAST_TICKS;
  return Array.from({ length: 120 }, (_, index) => {
    timeMs -= Math.round(random() * 900);
    if (random() > 0.55) priceTicks += random() > 0.5 ? 10 : -10;
    const lots = Math.max(1, Math.round(random() ** 4 * 320)) * 1_000;
    return {
      tradeId: 900 - index,
      timeMs,
      seq: 88_120 - index,
      takerSide: random() > 0.5 ? 0 : 1,
      priceTicks,
      lots,
    };
  });
})();

export const candles: CandleView[] = (() => {
  const random = seeded(42);
  let price = 598_500;
  return Array.from({ length: 160 }, (_, index) => {
    const open = price;
    price += Math.round((random() + random() - 0.91) * 3_000);
    const close = index === 159 ? LAST_TICKS : price;
    return {
      openMs: Math.floor(NOW_MS / (4 * HOUR_MS)) * 4 * HOUR_MS - (159 - index) * 4 * HOUR_MS,
      open,
      high: Math.max(open, close) + Math.round(random() * random() * 4_000),
      low: Math.min(open, close) - Math.round(random() * random() * 4_000),
      close,
      lots: Math.round((20 + random() * 60) * 10_000),
    };
  });
})();

const order: OrderView = {
  orderId: 1,
  clientId: '',
  account: 1,
  instrument: 0,
  side: 'buy',
  type: 'limit',
  timeInForce: 'gtc',
  isPostOnly: true,
  isReduceOnly: false,
  priceTicks: 630_960,
  sizeLots: 100_000,
  openLots: 100_000,
  triggerTicks: 0,
  expiresAtMs: 0,
  acceptedSeq: 87_655,
  acceptedMs: NOW_MS - 33_000,
  lotsAhead: 126_000,
  state: 'open',
};

export const orders: OrderView[] = [
  order,
  { ...order, orderId: 2, side: 'sell', priceTicks: 631_070, openLots: 80_000, lotsAhead: 91_000 },
  { ...order, orderId: 3, priceTicks: 610_000, openLots: 250_000, lotsAhead: 30_000 },
  {
    ...order,
    orderId: 4,
    side: 'sell',
    priceTicks: 642_000,
    openLots: 1_200_000,
    lotsAhead: 0,
    isReduceOnly: true,
  },
];

export const positions: PositionView[] = [
  {
    instrument: 0,
    lots: 16_120_000,
    entryValueUsd: 16_120_000 * 618_424 * 10,
    markUsdPerLot: 6_310_060,
    notionalUsd: 16_120_000 * 6_310_060,
    unrealizedPnlUsd: usd(2_028_218.4),
    deltaUsd: 16_120_000 * 6_310_060,
    carryUsdPerDay: usd(-24_717),
    scanUsd: usd(2_795_499),
  },
  {
    instrument: 2,
    lots: 18_600_000,
    entryValueUsd: usd(25_902_360),
    markUsdPerLot: 1_418_200,
    notionalUsd: usd(26_378_520),
    unrealizedPnlUsd: usd(476_160),
    deltaUsd: usd(26_378_520),
    carryUsdPerDay: usd(-7_439),
    scanUsd: usd(3_631_647),
  },
];

export const fills: FillView[] = [12, 31, 47, 60, 88, 104, 131, 152].map((bar, index) => ({
  tradeId: index === 0 ? 891 : index,
  orderId: index,
  account: 1,
  instrument: 0,
  side: index % 3 === 1 ? 'sell' : 'buy',
  priceTicks: candles[bar]?.close ?? LAST_TICKS,
  lots: 50_000 * (1 + index),
  isMaker: true,
  feeUsd: 0,
  realizedPnlUsd: 0,
  seq: index,
  timeMs: (candles[bar]?.openMs ?? NOW_MS) + HOUR_MS,
}));

export const distance: DistanceView = {
  state: 'measured',
  rows: [
    { kind: 'joint', underlying: 'SOL', move: -0.114, priceUsd: 0, sigmas: 2.68 },
    { kind: 'market', underlying: 'BTC', move: -0.0804, priceUsd: usd(58_029), sigmas: 2.77 },
    { kind: 'own', underlying: 'BTC', move: -0.0858, priceUsd: usd(57_687), sigmas: 5.66 },
    { kind: 'own', underlying: 'SOL', move: -0.3032, priceUsd: usd(98.81), sigmas: 7.12 },
  ],
  sigmas: 2.68,
  touchPpm: 7_300,
  path: [
    { underlying: 'SOL', move: -0.114 },
    { underlying: 'ETH', move: -0.081 },
    { underlying: 'BTC', move: -0.0754 },
  ],
  sentence: 'SOL −11.4 %, ETH −8.1 %, BTC −7.5 %',
};

/** The same account nearer to or further from the wall. */
export function distanceAt(sigmas: number): DistanceView {
  const scale = sigmas / distance.sigmas;
  return {
    ...distance,
    state: sigmas >= 100 ? 'beyond' : 'measured',
    sigmas,
    touchPpm: sigmas < 1 ? 412_000 : sigmas < 2 ? 121_000 : 4_100,
    rows: distance.rows.map((row) => ({ ...row, sigmas: row.sigmas * scale, move: row.move * scale })),
  };
}

const scan: ScanView = {
  scanUsd: usd(8_042_480.21),
  standaloneUsd: usd(9_828_604.7),
  savedUsd: usd(1_786_124.49),
  savedPpm: 181_726,
  standalone: [],
  scenario: {
    kind: 'epicentre',
    epicentre: 'SOL',
    fraction: -1,
    set: 'high',
    volatility: 'same',
    moves: [],
    bound: 'none',
  },
  sentence: 'SOL −13.8 %, dragging ETH −3.5 %, BTC −2.7 %',
  rows: [],
  addOns: [{ name: 'concentration', kind: 'addOn', usd: usd(526_628.99) }],
};

export const margin: MarginView = {
  equityUsd: usd(12_480_113.2),
  collateralUsd: usd(9_380_734.8),
  unrealizedPnlUsd: usd(3_099_378.4),
  initialUsd: usd(8_569_109.2),
  maintenanceUsd: usd(5_141_806.64),
  creditCutUsd: 0,
  heldBackUsd: 0,
  freeUsd: usd(3_911_004),
  ratioPpm: 412_000,
  time: { state: 'never', days: 3_650, netUsdPerDay: 0, reasons: [] },
  initial: scan,
  maintenance: { ...scan, scanUsd: usd(7_902_298.08), addOns: [] },
  addOns: [{ name: 'concentration', kind: 'concentration', initialUsd: usd(526_628.99), maintenanceUsd: 0 }],
};

export const afterTicket = {
  equityUsd: margin.equityUsd,
  initialUsd: usd(8_746_383),
  maintenanceUsd: usd(5_238_012),
  freeUsd: usd(3_732_782),
  ratioPpm: 419_700,
  positionLots: 16_520_000,
  distanceSigmas: 2.58,
};

/** What 40 more of BTC do, all of them resting. */
export const preview: PreviewView = {
  seq: 88_120,
  timeMs: NOW_MS,
  refusal: undefined,
  filledLots: 0,
  restingLots: 400_000,
  cancelledLots: 0,
  filledNotionalUsd: 0,
  worstPriceTicks: 0,
  feeUsd: 0,
  realizedPnlUsd: 0,
  before: {
    equityUsd: margin.equityUsd,
    initialUsd: margin.initialUsd,
    maintenanceUsd: margin.maintenanceUsd,
    freeUsd: margin.freeUsd,
    ratioPpm: margin.ratioPpm,
    positionLots: 16_120_000,
    distanceSigmas: distance.sigmas,
  },
  after: afterTicket,
  openInterest: { beforeUsd: usd(1_521_900_000), afterUsd: usd(1_521_900_000), capUsd: usd(3_900_000_000) },
};

/** A day of depth with a low at 2.24σ. */
export const samples = (() => {
  const random = seeded(7);
  let wander = 0;
  return Array.from({ length: 1_440 }, (_, index) => {
    wander = wander * 0.97 + (random() - 0.5) * 0.06;
    const dip = 0.6 * Math.exp(-(((index - 860) / 150) ** 2)) - 0.5 * Math.exp(-(((index - 140) / 280) ** 2));
    return {
      minute: Math.floor(NOW_MS / MINUTE_MS) - 1_439 + index,
      sigmas: Math.max(0.3, 2.72 - dip + wander),
    };
  });
})();

export const fresh: Freshness = { face: 'fresh', ageMs: 400 };
export const stale: Freshness = { face: 'stale', ageMs: 7_400, reason: 'The feed is silent.' };
export const unknown: Freshness = { face: 'unknown' };
export const wrong: Freshness = { face: 'wrong', reason: 'Best bid is not below best ask.' };

export const live: ConnectionView = {
  state: 'live',
  seq: 88_120,
  ageMs: 400,
  attempt: 0,
  retryAtMs: undefined,
  isPaused: false,
  build: 'e07eea4c2f61',
  rttP50Ms: 0.8,
  rttP99Ms: 2.1,
  ackP50Ms: 4,
  ackP99Ms: 11,
  tickToFrameP99Ms: 18,
  messagesPerSecond: 1_240,
  recovery: undefined,
};

export const statusLine: StatusLineViewProps = {
  connection: live,
  nowMs: NOW_MS,
  hashCheck: {
    seq: 88_064,
    stateHash: '5f0c'.repeat(16),
    ageMs: 3_000,
    root: { epoch: 2_204, ageMs: 3_000 },
  },
  rulesVersion: '9f3c07ab',
  alertCount: 0,
  arming: { isArmed: false, untilMs: 0, note: undefined },
  onKill: () => undefined,
  onKeys: () => undefined,
};
