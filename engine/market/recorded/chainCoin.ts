import type { ListInstrument, SetSurface } from '../../protocol/commands/types.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { deskExpiryMs, type PlayedExpiry, playedExpiries } from './chainCalendar.ts';
import type { OptionQuote } from './optionChain.ts';

const YEAR_MS = 365 * DAY_MS;

/** A surface slice as it is set: raw SVI × 1e8. */
export type Slice = Pick<SetSurface, 'aE8' | 'bE8' | 'rhoE8' | 'mE8' | 'sigmaE8'>;

/** What a surface is fitted to: marks of one expiry, USD per coin. */
export interface ExpiryMarks {
  readonly forward: number;
  readonly years: number;
  readonly prices: readonly { strike: number; isCall: boolean; price: number }[];
}

/** What the desk gives a recorded chain, which knows neither its pricing nor the terms of its contracts. */
export interface ChainPorts {
  /** Slices that stand as a whole, one for each expiry in ascending order; the last good one where a fit does not. */
  fit(expiries: readonly ExpiryMarks[], lastGood: readonly (Slice | undefined)[]): readonly Slice[];
  /** The desk's listing; undefined for a coin it has no such contracts of. */
  futureOf(underlying: string, expiryMs: number): ListInstrument | undefined;
  optionOf(
    underlying: string,
    expiryMs: number,
    strikeUsd: number,
    isCall: boolean,
  ): ListInstrument | undefined;
}

/** A contract of the desk that a recording moves: its listing, and what is recorded; undefined for a future. */
export interface PlayedContract {
  readonly listing: ListInstrument;
  readonly key: string | undefined;
}

/** One coin of a recorded chain: what was last quoted, which contracts of the desk that moves, and their surface. */
export class ChainCoin {
  readonly underlying: string;
  readonly file: string;
  readonly #ports: ChainPorts;
  readonly #played: readonly PlayedExpiry[];
  readonly #quotes = new Map<string, OptionQuote>();
  #slices: readonly Slice[] = [];
  #recordedMs = 0;
  #isFitDue = true;

  /** @param opening what the recording begins with: which contracts are played is decided by it */
  constructor(underlying: string, file: string, opening: readonly OptionQuote[], ports: ChainPorts) {
    this.underlying = underlying;
    this.file = file;
    this.#ports = ports;
    for (const quote of opening) this.#quotes.set(keyOf(quote), quote);
    this.#played = playedExpiries([...this.#quotes.values()]);
    this.#recordedMs = Math.min(...opening.map(({ atMs }) => atMs));
  }

  get expiryCount(): number {
    return this.#played.length;
  }

  onQuote(quote: OptionQuote): void {
    this.#quotes.set(keyOf(quote), quote);
    this.#recordedMs = quote.atMs;
    this.#isFitDue = true;
  }

  quote(key: string): OptionQuote | undefined {
    return this.#quotes.get(key);
  }

  /** What the coin cost, USD: the recorded index, or the forward of the nearest expiry where there is none. */
  indexUsd(): number {
    let nearest: OptionQuote | undefined;
    for (const quote of this.#quotes.values()) {
      const isNearer = nearest === undefined || quote.expiryMs < nearest.expiryMs;
      const isLater = nearest?.expiryMs === quote.expiryMs && quote.atMs > nearest.atMs;
      if (isNearer || isLater) nearest = quote;
    }
    return nearest!.index ?? nearest!.forward;
  }

  /** The contracts that the recording moves now: a future and the recorded options of each expiry. */
  contracts(nowMs: number): PlayedContract[] {
    return this.#played.flatMap((expiry) => {
      const expiryMs = deskExpiryMs(expiry, this.#recordedMs, nowMs);
      const future = this.#ports.futureOf(this.underlying, expiryMs);
      const options = expiry.strikes.flatMap((strike) =>
        [true, false].flatMap((isCall) => {
          const key = keyOf({ ...expiry, strike, isCall });
          const listing = this.#ports.optionOf(this.underlying, expiryMs, strike, isCall);
          return listing === undefined || !this.#quotes.has(key) ? [] : [{ listing, key }];
        }),
      );
      return future === undefined ? options : [{ listing: future, key: undefined }, ...options];
    });
  }

  /**
   * Forward and slice of each of these expiries of the desk. One that is recorded has its own; one that is
   * not, because it was listed before, has the slice of the nearest in time, or a part of the first.
   *
   * @param expiries ascending
   * @param indexUsd index of the desk now
   */
  surfaces(expiries: readonly number[], indexUsd: number, nowMs: number): SetSurface[] {
    const known = this.#fitted(nowMs);
    return expiries.map((expiryMs) => {
      const near = known.reduce((best, each) =>
        Math.abs(each.expiryMs - expiryMs) < Math.abs(best.expiryMs - expiryMs) ? each : best,
      );
      const share = (expiryMs - nowMs) / Math.max(MINUTE_MS, near.expiryMs - nowMs);
      const basis = (near.forward / this.indexUsd() - 1) * (near.expiryMs === expiryMs ? 1 : share);
      const isFirst = near === known[0];
      const slice = isFirst && share < 1 ? shrunk(near.slice, share) : near.slice;
      const forwardE8 = Math.round(indexUsd * (1 + basis) * PRICE_E8_SCALE);
      return { kind: 'SetSurface', underlying: this.underlying, expiryMs, forwardE8, ...slice };
    });
  }

  /** What is played, ascending, by the desk's calendar. */
  #fitted(nowMs: number): { expiryMs: number; forward: number; slice: Slice }[] {
    const marks = this.#played.map((expiry) => this.#marksOf(expiry));
    if (this.#isFitDue) this.#slices = this.#ports.fit(marks, this.#slices);
    this.#isFitDue = false;
    return this.#played.map((expiry, at) => ({
      expiryMs: deskExpiryMs(expiry, this.#recordedMs, nowMs),
      forward: marks[at]!.forward,
      slice: this.#slices[at]!,
    }));
  }

  #marksOf({ expiryMs }: PlayedExpiry): ExpiryMarks {
    const own = [...this.#quotes.values()].filter((quote) => quote.expiryMs === expiryMs);
    const latest = own.reduce((last, quote) => (quote.atMs > last.atMs ? quote : last));
    const prices = own.flatMap(({ strike, isCall, mark }) =>
      mark === undefined ? [] : [{ strike, isCall, price: mark }],
    );
    return { forward: latest.forward, years: (expiryMs - latest.atMs) / YEAR_MS, prices };
  }
}

function keyOf({ expiryMs, strike, isCall }: { expiryMs: number; strike: number; isCall: boolean }): string {
  return `${expiryMs} ${strike} ${isCall}`;
}

/** A slice with a part of its variance: with less of it no butterfly comes, and none falls below one before it. */
function shrunk(slice: Slice, share: number): Slice {
  return { ...slice, aE8: Math.ceil(slice.aE8 * share), bE8: Math.floor(slice.bE8 * share) };
}
