/** One driver of the requirement: a leg of the winning scenario, a residual, a clamp, an add-on. Rows sum to the scan. */
export interface MarginRowView {
  name: string;
  kind: 'leg' | 'residual' | 'fade' | 'clamp' | 'addOn';
  usd: number;
}

export interface ScanView {
  scanUsd: number;
  /** Σ of standalone requirements: what the same book would need isolated. */
  standaloneUsd: number;
  /** The winning scenario in words: "ETH −17.0 %, dragging BTC −11.2 %". */
  sentence: string;
  rows: MarginRowView[];
}

export interface MarginView {
  equityUsd: number;
  collateralUsd: number;
  unrealizedPnlUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  /** Equity − initial margin. Negative: no new risk. */
  freeUsd: number;
  /** Maintenance ÷ equity in ppm; −1 when equity ≤ 0 with something to maintain (infinite). */
  ratioPpm: number;
  initial: ScanView;
  maintenance: ScanView;
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
