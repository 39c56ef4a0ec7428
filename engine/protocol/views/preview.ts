import type { ErrorView } from '../errors.ts';

/** What an order would do if it were the next command: the engine's own answer on a state it takes back. */
export interface PreviewView {
  seq: number;
  timeMs: number;
  /** Undefined when the engine would accept it. */
  refusal: ErrorView | undefined;
  filledLots: number;
  restingLots: number;
  cancelledLots: number;
  /** Σ ticks × lots × usdPerTickLot of the fills, micro-USD. Average = notional ÷ lots. */
  filledNotionalUsd: number;
  worstPriceTicks: number;
  /** > 0 is paid. */
  feeUsd: number;
  realizedPnlUsd: number;
  before: PreviewSideView;
  after: PreviewSideView;
  /** Null where no single market is asked about, or one that is not capped. */
  openInterest: OpenInterestView | null;
}

/** Open interest of all instruments on the coin, against the cap from which on only trades that close pass. */
export interface OpenInterestView {
  beforeUsd: number;
  /** The same where the order is refused. */
  afterUsd: number;
  capUsd: number;
}

export interface PreviewSideView {
  equityUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  freeUsd: number;
  ratioPpm: number;
  positionLots: number;
  /** Joint liquidation distance, σ-days; −1 where there is none. */
  distanceSigmas: number;
}
