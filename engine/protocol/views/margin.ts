/** One driver of the requirement: a leg of the winning scenario, a residual, a clamp, an add-on. Positive costs. */
export interface MarginRowView {
  name: string;
  kind: 'leg' | 'residual' | 'fade' | 'clamp' | 'addOn';
  usd: number;
}

/** A charge on top of the scan: by name, for new risk and for risk already held. */
export interface AddOnView {
  name: string;
  kind: 'basis' | 'shortOptions' | 'concentration' | 'openInterest' | 'provision' | 'confidence' | 'depeg';
  /** Never less than `maintenanceUsd`. */
  initialUsd: number;
  maintenanceUsd: number;
}

/** The worst scenario as data: who moves how far. */
export interface ScenarioView {
  /** `none` for a book without risk. */
  kind: 'epicentre' | 'altGap' | 'none';
  /** Where the shock starts; empty unless `kind` is epicentre. */
  epicentre: string;
  /** Share of its range the epicentre moves, signed: −1, −0.75 … 1. */
  fraction: number;
  /** How strongly the others follow: low guards hedges, high guards books on one side. */
  set: 'low' | 'high';
  /** What implied volatilities do; `same` for a book without options. */
  volatility: 'same' | 'up' | 'down';
  /** Moves as fractions of the price, the epicentre first, then by what they cost. */
  moves: { underlying: string; move: number }[];
  /** A bound that replaced the scenario's loss: 40 % or 100 % of the standalone margins. */
  bound: 'none' | 'floor' | 'cap';
}

export interface ScanView {
  scanUsd: number;
  /** Σ of standalone requirements: what the same book would need isolated. */
  standaloneUsd: number;
  /** standalone − scan: what holding it as one book saves. */
  savedUsd: number;
  /** The same as a share of standalone, ppm, rounded down; 0 without risk. */
  savedPpm: number;
  standalone: { underlying: string; usd: number }[];
  scenario: ScenarioView;
  /** The winning scenario in words: "ETH −17.0 %, dragging BTC −11.2 %". */
  sentence: string;
  /** What each leg, the residual, the fade and the bound bring; they sum to `scanUsd` exactly. */
  rows: MarginRowView[];
  /** Charges on top of the scan, each by name. */
  addOns: MarginRowView[];
}

export interface MarginView {
  equityUsd: number;
  collateralUsd: number;
  unrealizedPnlUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  /** What new risk and withdrawals may not count on: gains above the hour's average price, too large to close, or of what is isolated. */
  creditCutUsd: number;
  /** What maintenance may not count on of the equity: gains of isolated underlyings beyond their own requirement. */
  heldBackUsd: number;
  /** Equity − credit cut − initial margin. Negative: no new risk. */
  freeUsd: number;
  /** Maintenance ÷ (equity − held back) in ppm; −1 when that is ≤ 0 with something to maintain (infinite). */
  ratioPpm: number;
  /** Time to liquidation at today's funding, interest and time value. */
  time: TimeView;
  initial: ScanView;
  maintenance: ScanView;
  /** Both requirements' charges on top of their scans, side by side. */
  addOns: AddOnView[];
}

/** One measure of the way to liquidation. */
export interface DistanceRowView {
  kind: 'own' | 'market' | 'joint';
  /** Underlying of an `own` row. */
  underlying: string;
  /** Move of the underlying (or of BTC for `market`), fraction: −0.075 is −7.5 %. */
  move: number;
  /** Price of the underlying there, micro-USD per coin; 0 for `joint`. */
  priceUsd: number;
  /** Length in the joint metric, σ-days. */
  sigmas: number;
}

/** How long the account lasts while no price moves. */
export interface TimeView {
  state: 'never' | 'liquidatable' | 'measured';
  days: number;
  /** What a day brings; negative costs. */
  netUsdPerDay: number;
  /** What it is made of, the dearest first. */
  reasons: { name: string; usdPerDay: number }[];
}

export interface DistanceView {
  state: 'noRisk' | 'liquidatable' | 'measured' | 'beyond';
  rows: DistanceRowView[];
  /** The smallest length: what the gauge shows; 0 when liquidatable. */
  sigmas: number;
  /** Measured frequency of touching it within a day, ppm. */
  touchPpm: number;
  /** Moves of the most likely way, largest first. */
  path: { underlying: string; move: number }[];
  sentence: string;
}
