import type { Pace } from '../market.ts';

/** What a pace means, clock by clock. */
export interface PaceTerms {
  readonly stepMs: number;
  /** A path that stands still, and nobody who takes. */
  readonly isStill: boolean;
  /** Seconds outside that one second of the order flow's clock lasts. */
  readonly flowStretch: number;
  /** Mean time between two looks of a maker at one of its ladders. */
  readonly majorQuoteMs: number;
  readonly altQuoteMs: number;
  readonly deepQuoteMs: number;
}

const full: PaceTerms = {
  stepMs: 50,
  isStill: false,
  flowStretch: 1,
  majorQuoteMs: 100,
  altQuoteMs: 200,
  deepQuoteMs: 500,
};

export const paces: Readonly<Record<Pace, PaceTerms>> = {
  // One tenth of the flow and of the quoting: some 150 operations a second in all.
  default: {
    ...full,
    stepMs: 100,
    flowStretch: 10,
    majorQuoteMs: 500,
    altQuoteMs: 1_500,
    deepQuoteMs: 4_000,
  },
  full,
  paused: { ...full, stepMs: 100, isStill: true, deepQuoteMs: 100 },
};
