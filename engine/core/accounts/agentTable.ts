/** A key that may order for a member. Row + 1 = agent number: 0 is the system. */
export const AGENT_LAYOUT = {
  scheme: 'i32',
  isRevoked: 'i32',
  expiresAtMs: 'f64',
  /** Whether it is held to markets or to a notional: 0 spares its orders both questions. */
  isScoped: 'i32',
  /** Micro-USD that it may open in an hour of the clock; 0 for no end. */
  notionalPerHourUsd: 'f64',
  /** What it opened in the hour (timeMs ÷ 1 h) of its last order. */
  openedUsd: 'f64',
  openedHour: 'f64',
  /** The agent's nonces are a ring of NONCES_PER_AGENT rows, ascending from `nonceStart`. */
  nonceStart: 'i32',
  nonceCount: 'i32',
} as const;

/** Row = agent row × NONCES_PER_AGENT + place in the ring. */
export const NONCE_LAYOUT = { nonce: 'f64' } as const;
