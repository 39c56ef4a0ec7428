/** A subaccount or a pot: one margin pool. Row number = account number. */
export const ACCOUNT_LAYOUT = {
  firm: 'i32',
  /** Its place in the firm's tree; a pot stands where its account does. NONE for the house's own. */
  node: 'i32',
  /** The strictest NodeState from there up to the root. */
  standing: 'i32',
  /** Row of the nearest limits from there up to the root, NONE for none: of most accounts an order asks nothing more. */
  limited: 'i32',
  /** Of a pot: the account it belongs to, and the only underlying it trades. NONE for a subaccount. */
  potOf: 'i32',
  potUnderlying: 'i32',
  /** Head of the list of positions, in ascending instrument. */
  firstPosition: 'i32',
  /** Head of the list of open and parked orders, newest first. */
  firstOrder: 'i32',
  orderCount: 'i32',
  /** Notional ÷ equity of the whole account that no order may pass, × 1000; 0 for none. */
  leverageMilli: 'i32',
  /** Underlyings for which the account has a leverage cap of its own. */
  leverageCapCount: 'i32',
  /** 1: nothing moves between it and another account, see `SetSegregation`. */
  isSegregated: 'i32',
  /** What it would be worth without this day's gain or loss: its worth as the day began and what has come in since. */
  dayBaseUsd: 'f64',
  /** What it was worth when it was looked at last, micro-USD without haircut. */
  dayValueUsd: 'f64',
} as const;

/** Leverage cap of an account in an underlying, × 1000; 0 for none. Row = account × underlyings + underlying. */
export const LEVERAGE_CAP_LAYOUT = { leverageMilli: 'i32' } as const;

/** Row = account × assets + asset. */
export const BALANCE_LAYOUT = {
  amount: 'f64',
  /** All that was ever authorised to leave through the vault, paid or not: it only grows. */
  authorised: 'f64',
} as const;

/** Row number = firm number; 0 is the house. */
export const FIRM_LAYOUT = {
  /** Top of its tree; NONE for the house. */
  root: 'i32',
  /** Fee tier, by the volume of the thirty days before today. */
  tier: 'i32',
  /** How many times the cap of an owner it may hold: 1 unless it is a registered market maker. */
  capMultiple: 'i32',
  /** Micro-USD that its people moved without anybody's agreement, on the day since 1970 that stands beside it. */
  movedUsd: 'f64',
  movedDay: 'f64',
  /** Micro-USD of withdrawals authorised on the day since 1970 that stands beside it. */
  withdrawnUsd: 'f64',
  withdrawnDay: 'f64',
} as const;

/** Days of volume kept for fee tiers. */
export const VOLUME_DAYS = 30;

/** Row = firm × VOLUME_DAYS + day mod VOLUME_DAYS; micro-USD of both sides. */
export const FIRM_VOLUME_LAYOUT = { usd: 'f64', day: 'f64' } as const;
