/** Row number = underlying number. All zeros until a rule first holds. */
export const ISOLATION_LAYOUT = {
  /** IsolationRule that started the window; 0 while none runs. */
  rule: 'i32',
  startMs: 'f64',
  /** When a rule last held. */
  heldMs: 'f64',
  /** Since when the free mark stands too far from the index; 0 while it does not. */
  outsideMs: 'f64',
  /** Index when the window started, USD × 1e8 per coin: collateral has gained from there. */
  startIndexE8: 'f64',
} as const;

/** Lowest and highest index of a slot of time are kept for so many slots: a minute. */
export const MOVE_SLOTS = 12;

/** Row = underlying × MOVE_SLOTS + slot mod MOVE_SLOTS. */
export const MOVE_LAYOUT = {
  /** timeMs ÷ MOVE_SLOT_MS. */
  slot: 'f64',
  lowE8: 'f64',
  highE8: 'f64',
} as const;
