/** Row number = underlying number. */
export const UNDERLYING_LAYOUT = {
  class: 'i32',
  sigmaPpm: 'i32',
  hMinMinutes: 'i32',
  upFactorPpm: 'i32',
  isMajor: 'i32',
  sources: 'i32',
  /** Micro-USD. */
  adv30: 'f64',
  /** Index price, USD × 1e8 per coin; 0 before the first report. */
  indexE8: 'f64',
  /** Engine time at which enough sources last agreed on it. */
  indexTimeMs: 'f64',
  liveSources: 'i32',
  confidencePpm: 'i32',
} as const;

/** Row = underlying × underlyings + other. */
export const CORRELATION_LAYOUT = { calmPpm: 'i32', stressPpm: 'i32' } as const;

/** Row number = instrument number. */
export const INSTRUMENT_LAYOUT = {
  underlying: 'i32',
  lotsPerUnit: 'i32',
  ticksPerUsd: 'i32',
  /** Micro-USD per tick and lot. */
  usdPerTickLot: 'i32',
  sizeLotsMax: 'i32',
  priceTicksMax: 'i32',
  bandPpm: 'i32',
  markBandPpm: 'i32',
  lastTicks: 'i32',
  /** Micro-USD. */
  notionalMin: 'f64',
  /** Micro-USD per lot; 0 before the first report. */
  mark: 'f64',
  index: 'f64',
  markTimeMs: 'f64',
  /** 150 s average of (impact mid − index), micro-USD per lot. */
  basis: 'f64',
  /** Sum of long lots. */
  openInterest: 'f64',
  /** Funding samples since genesis, in this hour, and the sum of their premiums in 1e-9. */
  samples: 'f64',
  hourSamples: 'i32',
  premiumSum: 'f64',
  lastSampleMs: 'f64',
  /** Hour (timeMs ÷ 1 h) that is being sampled. */
  fundingHour: 'f64',
} as const;
