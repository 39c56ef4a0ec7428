import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import type { OptionQuote } from './optionChain.ts';

/** What is played of a chain: this many expiries, each at least so many times as far away as the one before. */
const EXPIRIES_MAX = 5;
const EXPIRY_RATIO = 4;
/** An expiry nearer than this could come while its quotes still play. */
const LEFT_MS_MIN = 18 * HOUR_MS;
/** Strikes nearest to the forward that are listed of an expiry. */
const STRIKES_MAX = 9;
/** A smile cannot be fitted to fewer. */
export const STRIKES_MIN = 5;

/** How far an expiry may be from as far away as it was, as a share of that; half a day in any case. */
const SHIFT_SHARE = 0.2;

/** An expiry of the recording that is played. */
export interface PlayedExpiry {
  /** In the recording. */
  readonly expiryMs: number;
  /** How far away it was when the recording began. */
  readonly leftMs: number;
  /** USD per coin, ascending. */
  readonly strikes: readonly number[];
}

/**
 * Which expiries and strikes of a coin are played: some from the next day to the farthest, and of each the
 * strikes around its forward.
 *
 * @param quotes the last of every contract in the opening of the recording
 */
export function playedExpiries(quotes: readonly OptionQuote[]): PlayedExpiry[] {
  const startMs = Math.min(...quotes.map(({ atMs }) => atMs));
  const expiries = [...new Set(quotes.map(({ expiryMs }) => expiryMs))].sort((a, b) => a - b);
  const played: PlayedExpiry[] = [];
  for (const expiryMs of expiries) {
    const leftMs = expiryMs - startMs;
    const own = quotes.filter((quote) => quote.expiryMs === expiryMs && quote.mark !== undefined);
    const strikes = strikesAround(own);
    const isFarEnough = leftMs >= Math.max(LEFT_MS_MIN, EXPIRY_RATIO * (played.at(-1)?.leftMs ?? 0));
    if (isFarEnough && strikes.length >= STRIKES_MIN) played.push({ expiryMs, leftMs, strikes });
    if (played.length === EXPIRIES_MAX) break;
  }
  return played;
}

function strikesAround(quotes: readonly OptionQuote[]): number[] {
  const forward = quotes[0]?.forward ?? 0;
  const strikes = [...new Set(quotes.map(({ strike }) => strike))];
  strikes.sort((a, b) => Math.abs(a - forward) - Math.abs(b - forward) || a - b);
  return strikes.slice(0, STRIKES_MAX).sort((a, b) => a - b);
}

/**
 * When a recorded expiry comes on the desk: whole days later, so that 08:00 UTC stays 08:00 UTC, and as
 * many of them as make it as far away as it was, to half a day or a tenth of the time. A far one is moved
 * in larger steps, so that its contracts trade for weeks and not for a day.
 *
 * @param recordedMs time in the recording now
 * @example recorded on 8 January 11:19, an expiry on the 9th; on 21 November at 12:00 it comes on the 22nd
 */
export function deskExpiryMs({ expiryMs, leftMs }: PlayedExpiry, recordedMs: number, nowMs: number): number {
  const stepDays = Math.max(1, Math.floor((leftMs / DAY_MS) * SHIFT_SHARE));
  const steps = Math.round((nowMs - recordedMs) / DAY_MS / stepDays);
  return expiryMs + steps * stepDays * DAY_MS;
}
