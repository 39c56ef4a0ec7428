import { black76 } from '../pricing/black76.ts';

/** A perpetual or a dated future; both answer one for one to their mark. */
export interface LinearLeg {
  readonly instrument: string;
  readonly kind: 'perpetual' | 'future';
  readonly underlying: string;
  /** Coins, negative when short. */
  readonly size: number;
  /** USD per coin. */
  readonly mark: number;
  readonly entry: number;
}

export interface OptionLeg {
  readonly instrument: string;
  readonly underlying: string;
  /** Contracts of one coin, negative when short. */
  readonly size: number;
  readonly isCall: boolean;
  readonly strike: number;
  readonly secondsToExpiry: number;
  /** USD per coin: price of the underlying now and of the expiry's forward. */
  readonly index: number;
  readonly forward: number;
  readonly volatility: number;
  readonly mark: number;
  readonly entry: number;
}

/** Coins that lie in the account. */
export interface CoinHolding {
  readonly asset: string;
  readonly amount: number;
  /** USD per coin. */
  readonly price: number;
}

/** A plain book, as any venue could be asked to hold it. */
export interface VenueBook {
  /** May be negative: USDC that is owed. */
  readonly usdc: number;
  readonly coins: readonly CoinHolding[];
  readonly linear: readonly LinearLeg[];
  readonly options: readonly OptionLeg[];
}

const SECONDS_PER_YEAR = 365 * 86_400;

/** Profit of all legs at mark, USD. */
export function unrealizedOf({ linear, options }: VenueBook): number {
  return [...linear, ...options].reduce((sum, leg) => sum + leg.size * (leg.mark - leg.entry), 0);
}

/** Signed coins of all linear legs of each underlying, with the notional they have at their marks. */
export function netByUnderlying({ linear }: VenueBook): Map<string, { size: number; notional: number }> {
  const net = new Map<string, { size: number; notional: number }>();
  for (const { underlying, size, mark } of linear) {
    const held = net.get(underlying) ?? { size: 0, notional: 0 };
    net.set(underlying, { size: held.size + size, notional: held.notional + size * mark });
  }
  return net;
}

/** Underlyings the book has a leg in, in the order of the book. */
export function underlyingsOf({ linear, options }: VenueBook): string[] {
  return [...new Set([...linear, ...options].map(({ underlying }) => underlying))];
}

/**
 * The book after one underlying has moved: its marks, forwards and the coin itself are multiplied, its options are
 * priced anew at the same volatility, and everything else stands still.
 *
 * @param factor 0.9 is −10 %
 */
export function moved(book: VenueBook, underlying: string, factor: number): VenueBook {
  return {
    usdc: book.usdc,
    coins: book.coins.map((coin) =>
      coin.asset === underlying ? { ...coin, price: coin.price * factor } : coin,
    ),
    linear: book.linear.map((leg) =>
      leg.underlying === underlying ? { ...leg, mark: leg.mark * factor } : leg,
    ),
    options: book.options.map((leg) => (leg.underlying === underlying ? movedOption(leg, factor) : leg)),
  };
}

function movedOption(leg: OptionLeg, factor: number): OptionLeg {
  const forward = leg.forward * factor;
  const years = leg.secondsToExpiry / SECONDS_PER_YEAR;
  const mark = black76(forward, leg.strike, leg.volatility, years, leg.isCall);
  return { ...leg, index: leg.index * factor, forward, mark };
}
