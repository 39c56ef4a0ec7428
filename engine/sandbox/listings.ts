import type { ListInstrument, ListUnderlying } from '../protocol/commands/types.ts';
import { InstrumentKind, OptionType, UnderlyingClass } from '../protocol/enums.ts';

/** One coin as the sandbox lists it: an underlying and its perpetual. */
interface Listing {
  name: string;
  class: UnderlyingClass;
  /** A tenth of the median daily turnover of Binance's perpetual, February and March 2026, whole USD. */
  adv30Usd: number;
  /**
   * What its coins in circulation are worth, to the order of magnitude, whole USD: supplies of early 2026, known
   * to a tenth, at Binance's perpetual on 19 March 2026. Locked and burnt coins are out, lost ones are not.
   */
  freeFloatCapUsd: number;
  /** What a short pays more, percent: coins whose rises are fatter than their falls. */
  upPercent: 100 | 120;
  ticksPerUsd: number;
  lotsPerUnit: number;
  /** A price no market will see, whole USD; with the largest order it bounds a notional to 2^51 micro-USD. */
  priceUsdMax: number;
  sizeLotsMax: number;
}

const { bitcoin, ether, solana, large, mid } = UnderlyingClass;

/** In the order of listing, which numbers underlyings and instruments. */
const listings: readonly Listing[] = [
  // Micro-USD per tick and lot are 10, and 100 where lots are coarse: always an integer.
  coin('BTC', bitcoin, 1_500_000_000, 1_400_000_000_000, 100, 10, 10_000, 2_000_000, 10_000_000),
  coin('ETH', ether, 1_200_000_000, 250_000_000_000, 100, 100, 1_000, 200_000, 10_000_000),
  coin('SOL', solana, 230_000_000, 50_000_000_000, 120, 1_000, 100, 20_000, 10_000_000),
  coin('XRP', large, 95_000_000, 85_000_000_000, 120, 10_000, 1, 200, 10_000_000),
  coin('DOGE', large, 67_000_000, 16_000_000_000, 120, 100_000, 1, 20, 100_000_000),
  coin('ADA', large, 21_000_000, 10_000_000_000, 120, 100_000, 1, 50, 40_000_000),
  coin('AVAX', large, 15_000_000, 4_000_000_000, 120, 1_000, 10, 2_000, 10_000_000),
  coin('LINK', large, 13_000_000, 6_000_000_000, 100, 1_000, 10, 2_000, 10_000_000),
  coin('LTC', large, 8_600_000, 4_000_000_000, 120, 100, 100, 10_000, 20_000_000),
  coin('SUI', mid, 22_000_000, 3_500_000_000, 120, 10_000, 1, 200, 10_000_000),
  coin('HYPE', mid, 40_000_000, 9_000_000_000, 120, 1_000, 100, 2_000, 80_000_000),
  coin('BNB', large, 43_000_000, 85_000_000_000, 120, 100, 1_000, 50_000, 40_000_000),
];

function coin(
  name: string,
  kind: UnderlyingClass,
  adv30Usd: number,
  freeFloatCapUsd: number,
  upPercent: Listing['upPercent'],
  ticksPerUsd: number,
  lotsPerUnit: number,
  priceUsdMax: number,
  sizeLotsMax: number,
): Listing {
  return {
    name,
    class: kind,
    adv30Usd,
    freeFloatCapUsd,
    upPercent,
    ticksPerUsd,
    lotsPerUnit,
    priceUsdMax,
    sizeLotsMax,
  };
}

/**
 * What the class decides; the volatilities are what the back-test left or made (decision 025). The mark's
 * band is a quarter of the smallest book's range, 6·σ·sqrt(horizon in days): the own book alone never
 * liquidates an account that was opened at initial margin.
 */
export const classTerms: Readonly<
  Record<UnderlyingClass, { sigmaPpm: number; hMinMinutes: number; markBandPpm: number }>
> = {
  [UnderlyingClass.bitcoin]: { sigmaPpm: 35_000, hMinMinutes: 30, markBandPpm: 7_577 },
  [UnderlyingClass.ether]: { sigmaPpm: 45_000, hMinMinutes: 30, markBandPpm: 9_742 },
  [UnderlyingClass.solana]: { sigmaPpm: 60_000, hMinMinutes: 30, markBandPpm: 12_990 },
  [UnderlyingClass.large]: { sigmaPpm: 70_000, hMinMinutes: 60, markBandPpm: 21_433 },
  [UnderlyingClass.mid]: { sigmaPpm: 65_000, hMinMinutes: 240, markBandPpm: 39_804 },
  [UnderlyingClass.tail]: { sigmaPpm: 120_000, hMinMinutes: 720, markBandPpm: 127_279 },
};

/** Index sources of every underlying: any two together stay under half of the weight. */
export const SOURCES = 7;

const MAJOR_BAND_PPM = 50_000;
const OTHER_BAND_PPM = 100_000;
/** Small enough for the smallest level of a recorded book: 0.001 ETH. */
const SMALLEST_ORDER_USD = 1;

/** Majors keep their correlation in a gap; alts do not. */
function isMajor(listing: Listing): boolean {
  return listing.class === bitcoin || listing.class === ether;
}

export function listUnderlyings(): ListUnderlying[] {
  return listings.map((listing) => {
    const { sigmaPpm, hMinMinutes } = classTerms[listing.class];
    return {
      kind: 'ListUnderlying',
      name: listing.name,
      class: listing.class,
      sigmaPpm,
      hMinMinutes,
      adv30Usd: listing.adv30Usd,
      freeFloatCapUsd: listing.freeFloatCapUsd,
      // None beyond what initial margin asks of the smallest book.
      leverageMilliMax: 0,
      upFactorPpm: listing.upPercent * 10_000,
      isMajor: isMajor(listing),
      sources: SOURCES,
    };
  });
}

export function listInstruments(): ListInstrument[] {
  return listings.map((listing) => ({
    kind: 'ListInstrument',
    name: `${listing.name}-PERP`,
    instrumentKind: InstrumentKind.perpetual,
    underlying: listing.name,
    expiryMs: 0,
    strikeE8: 0,
    optionType: OptionType.call,
    baseAsset: '',
    lotsPerUnit: listing.lotsPerUnit,
    ticksPerUsd: listing.ticksPerUsd,
    sizeLotsMax: listing.sizeLotsMax,
    priceTicksMax: listing.priceUsdMax * listing.ticksPerUsd,
    notionalMinUsd: SMALLEST_ORDER_USD,
    bandPpm: isMajor(listing) ? MAJOR_BAND_PPM : OTHER_BAND_PPM,
    markBandPpm: classTerms[listing.class].markBandPpm,
  }));
}
