import type { Brand } from './brand.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. In the engine it is the journalled time, never the wall clock. */
export type TimeMs = Brand<number, 'TimeMs'>;

/** Place of a command in the journal; the first command is 1. */
export type Seq = Brand<number, 'Seq'>;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
