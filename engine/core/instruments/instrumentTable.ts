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
  /** What the coins that can be sold are worth, whole USD. */
  freeFloatCap: 'f64',
  /**
   * Caps that follow from class and volumes, micro-USD: what any owner may hold, what none may because it could
   * not be unwound in three days, and how large the market may become.
   */
  ownerFloor: 'f64',
  horizonCap: 'f64',
  openInterestCap: 'f64',
  /** The same at the last index, 1e-6 coins; 0 before the first. */
  floorMicroCoins: 'f64',
  horizonMicroCoins: 'f64',
  capMicroCoins: 'f64',
  /** Notional ÷ equity that no account may pass in it, × 1000; 0 for none. */
  leverageMilliMax: 'i32',
  /** Open interest of all its instruments, 1e-6 coins. */
  openMicroCoins: 'f64',
  /** Index price, USD × 1e8 per coin; 0 before the first report. */
  indexE8: 'f64',
  /** Engine time at which enough sources last agreed on it. */
  indexTimeMs: 'f64',
  liveSources: 'i32',
  confidencePpm: 'i32',
  /** The first perpetual listed on it, NONE before. */
  perpetual: 'i32',
} as const;

/** Row = underlying × underlyings + other. */
export const CORRELATION_LAYOUT = { calmPpm: 'i32', stressPpm: 'i32' } as const;

/** Row number = instrument number. */
export const INSTRUMENT_LAYOUT = {
  /** InstrumentKind. */
  kind: 'i32',
  /** InstrumentStage. */
  stage: 'i32',
  underlying: 'i32',
  lotsPerUnit: 'i32',
  /** What a lot counts as where sizes are added up over an underlying, 1e-6 coins; 0 for spot. */
  microCoinsPerLot: 'i32',
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
  /** The same of an underlying's first perpetual, of samples that are not clipped to the band. */
  freeBasis: 'f64',
  /** Mark at which the underlying's isolation window started, micro-USD per lot. */
  windowMark: 'f64',
  /** Sum of long lots. */
  openInterest: 'f64',
  /** Funding samples since genesis, in this hour, and the sum of their premiums in 1e-9. */
  samples: 'f64',
  hourSamples: 'i32',
  premiumSum: 'f64',
  lastSampleMs: 'f64',
  /** What a long lot would pay in eight hours at the rate of the hour so far, micro-USD; negative is received. */
  fundingUsdPerLot: 'f64',
  /** Hour (timeMs ÷ 1 h) that is being sampled. */
  fundingHour: 'f64',
  /** Row of `maturities`, NONE for what never expires. */
  maturity: 'i32',
  /** OptionType; 0 for what is no option. */
  optionType: 'i32',
  /** USD × 1e8 per coin; 0 for what is no option. */
  strikeE8: 'f64',
  /** Of a spot pair: the asset it moves (else NONE), and how much of its smallest unit a lot is. */
  baseAsset: 'i32',
  baseUnitsPerLot: 'i32',
  /** Settlement price, micro-USD per lot, once it has expired. */
  settlement: 'f64',
  /** Net lots that are settled already: longs first leaves the shorts' sum here until all are. */
  settledLots: 'f64',
} as const;

/**
 * A day on which futures and options of an underlying expire, and what they share: one forward, one
 * surface slice, one settlement price. Row number = order of the first listing.
 */
export const MATURITY_LAYOUT = {
  underlying: 'i32',
  /** InstrumentStage of its instruments. */
  stage: 'i32',
  expiryMs: 'f64',
  /** Forward ÷ index when it was last set: the forward moves with the index in between. */
  forwardRatio: 'f64',
  /** The surface slice, raw SVI × 1e8, and when it was set; 0 before the first. */
  aE8: 'f64',
  bE8: 'f64',
  rhoE8: 'f64',
  mE8: 'f64',
  sigmaE8: 'f64',
  surfaceMs: 'f64',
  /** Samples of the index in the last half hour, their sum (USD × 1e8), and when the last was taken. */
  twapSamples: 'i32',
  twapSum: 'f64',
  twapSampleMs: 'f64',
  /** The average they settled at, USD × 1e8; 0 before. */
  settlementE8: 'f64',
} as const;
