/**
 * A position of an account in an instrument, and what its open orders could make of it. The row lives
 * while there is either.
 */
export const POSITION_LAYOUT = {
  account: 'i32',
  instrument: 'i32',
  /** Row of its firm's stake in its underlying. */
  stake: 'i32',
  /** Next position of the account, in ascending instrument. */
  next: 'i32',
  /** Positive is long. */
  lots: 'f64',
  /** Σ lots × entry price in micro-USD, signed like `lots`. */
  entryValue: 'f64',
  /** Open lots of buy and sell orders that are not reduce-only: what initial margin counts. */
  bidLots: 'f64',
  askLots: 'f64',
  /** Lots × funding samples held through this hour, up to sample number `sampledAt`. */
  lotSamples: 'f64',
  sampledAt: 'f64',
} as const;

/** Long and short lots of a firm in an instrument over its subaccounts. Row = firm × instruments + instrument. */
export const EXPOSURE_LAYOUT = { longLots: 'f64', shortLots: 'f64' } as const;
