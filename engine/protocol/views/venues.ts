/** Where one leg of the book would be liquidated on a venue, all other prices standing still. */
export interface VenueLegView {
  /** As the book names it. */
  instrument: string;
  underlying: string;
  /** Mark of the leg at which the account's equity meets its maintenance, micro-USD per coin; null: no price does. */
  liquidationPriceUsd: number | null;
  /** Move of the underlying to there, fraction: −0.12 is −12 %; null with the price. */
  move: number | null;
}

/** What a book would need on one other venue, by its published rules. All money is integer micro-USD. */
export interface VenueComparisonView {
  venue: string;
  name: string;
  /** How the venue margins, in one line. */
  rule: string;
  /** Where rules and parameters were published, and the day of our copy. */
  source: string;
  asOf: string;
  /** `liquidatable`: the venue would hold it, but equity is under maintenance at once. */
  state: 'held' | 'liquidatable' | 'cannotHold';
  /** Null when the venue cannot hold the book; why is in `remarks`. */
  margin: VenueMarginView | null;
  legs: VenueLegView[];
  /** What cannot be compared or is not counted, a sentence each. */
  remarks: string[];
}

export interface VenueMarginView {
  /** Collateral at full value where the venue takes it, and unrealised profit. */
  equityUsd: number;
  /** Haircuts are part of both requirements, so that they compare across venues. */
  initialUsd: number;
  maintenanceUsd: number;
  /** Equity − initial margin. */
  freeUsd: number;
}

/** GET /api/v1/accounts/:account/venues: the same book on every venue. */
export interface VenueComparisonsView {
  account: number;
  seq: number;
  venues: VenueComparisonView[];
}
