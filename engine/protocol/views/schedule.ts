/** The multiplier of one underlying: what risk pays now, what the market asks for, what has been announced. */
export interface MultiplierView {
  underlying: string;
  /** Risk already held, ppm; 1 is 1 000 000. */
  nowPpm: number;
  /** What the market asks for; new risk pays the larger of this and `nowPpm` at once. */
  targetPpm: number;
  /** Risk already held from `atMs` on. */
  nextPpm: number;
  /** The hours ahead if the target stays: the first is announced and binds. Empty when nothing will change. */
  steps: { atMs: number; muPpm: number }[];
}

/** What a part of an account's maintenance margin is now and will be then, micro-USD. */
export interface ScheduledPartView {
  /** An underlying, or empty for what belongs to none: imperfect hedges, bounds, charges. */
  underlying: string;
  nowUsd: number;
  thenUsd: number;
}

/** Maintenance margin of one account now and at the announced multipliers, everything else unchanged. */
export interface ScheduledAccountView {
  account: number;
  nowUsd: number;
  thenUsd: number;
  /** They sum to both exactly. An underlying that hedges is negative. */
  parts: ScheduledPartView[];
}

/** GET /api/v1/margin-schedule: the published schedule, and what it means for every account of the person who asks. */
export interface MarginScheduleView {
  seq: number;
  timeMs: number;
  /** The next full hour, when what is announced comes true. */
  atMs: number;
  multipliers: MultiplierView[];
  accounts: ScheduledAccountView[];
}
