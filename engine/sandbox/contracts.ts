import type { ListInstrument } from '../protocol/commands/types.ts';
import { InstrumentKind, OptionType } from '../protocol/enums.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import { DAY_MS, HOUR_MS } from '../units/time.ts';

/** A coin that has dated contracts, and how they are cut. */
interface ContractTerms {
  underlying: string;
  /** An asset that is redeemed for the coin, and traded like it. */
  wrapped: string;
  spot: Cut;
  future: Cut;
  option: Cut;
  markBandPpm: number;
}

interface Cut {
  lotsPerUnit: number;
  ticksPerUsd: number;
  sizeLotsMax: number;
  priceUsdMax: number;
}

const contractTerms: readonly ContractTerms[] = [
  {
    underlying: 'BTC',
    wrapped: 'WBTC',
    spot: { lotsPerUnit: 10_000, ticksPerUsd: 10, sizeLotsMax: 10_000_000, priceUsdMax: 2_000_000 },
    future: { lotsPerUnit: 1_000, ticksPerUsd: 10, sizeLotsMax: 1_000_000, priceUsdMax: 2_000_000 },
    option: { lotsPerUnit: 100, ticksPerUsd: 1, sizeLotsMax: 100_000, priceUsdMax: 2_000_000 },
    markBandPpm: 7_577,
  },
  {
    underlying: 'ETH',
    wrapped: 'WSTETH',
    spot: { lotsPerUnit: 1_000, ticksPerUsd: 100, sizeLotsMax: 10_000_000, priceUsdMax: 200_000 },
    future: { lotsPerUnit: 100, ticksPerUsd: 100, sizeLotsMax: 1_000_000, priceUsdMax: 200_000 },
    option: { lotsPerUnit: 10, ticksPerUsd: 10, sizeLotsMax: 100_000, priceUsdMax: 200_000 },
    markBandPpm: 9_742,
  },
];

const BAND_PPM = 50_000;
const SMALLEST_ORDER_USD = 1;
/** Strikes on each side of the one nearest to the index. */
const STRIKES_EACH_SIDE = 4;
/** An expiry with fewer strikes than this above or below the index gets more. */
const STRIKES_BEYOND = 2;
/** Distance of two strikes as a share of the index: of the nearest expiry, the middle and the farthest one. */
const STRIKE_STEPS = [0.03, 0.05, 0.08];
/** A contract is listed no later than this before it expires. */
const LIFE_MS_MIN = 2 * HOUR_MS;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const FRIDAY = 5;

/**
 * The contracts that should be listed now and are not: spot pairs, and for three expiries (this week's, then
 * the next last Friday of a month and of a quarter) a future and options on nine strikes around the index.
 * When the index nears the end of an expiry's strikes, nine around where it is now are added.
 *
 * @param indexE8 index by underlying, USD × 1e8; a coin without one waits
 * @param recorded coins whose futures and options a recording lists
 */
export function contractsDue(
  { markets, underlyings }: DirectoryView,
  indexE8: ReadonlyMap<number, number>,
  nowMs: number,
  recorded: ReadonlySet<string> = new Set(),
): ListInstrument[] {
  const names = new Set(markets.map(({ name }) => name));
  return contractTerms.flatMap((terms) => {
    const underlying = underlyings.find(({ name }) => name === terms.underlying);
    const indexUsd = (indexE8.get(underlying?.id ?? -1) ?? 0) / 1e8;
    if (indexUsd === 0) return [];
    const due = [spotPair(terms, terms.underlying), spotPair(terms, terms.wrapped)];
    const expiries = recorded.has(terms.underlying) ? [] : expiriesAhead(nowMs);
    for (const [place, expiryMs] of expiries.entries()) {
      due.push(dated(terms, terms.future, expiryMs));
      const strikes = markets
        .filter((market) => market.underlying === terms.underlying && market.expiryMs === expiryMs)
        .flatMap(({ kind, strikeE8 }) => (kind === 'option' ? [strikeE8 / 1e8] : []));
      if (!hasRoomToMove(strikes, indexUsd))
        due.push(...optionsAround(terms, expiryMs, indexUsd, STRIKE_STEPS[place]!));
    }
    return due.filter(({ name }) => !names.has(name));
  });
}

/** Whether some strikes lie beyond the index on both sides. */
function hasRoomToMove(strikes: readonly number[], indexUsd: number): boolean {
  const above = new Set(strikes.filter((strike) => strike > indexUsd)).size;
  const below = new Set(strikes.filter((strike) => strike < indexUsd)).size;
  return above >= STRIKES_BEYOND && below >= STRIKES_BEYOND;
}

/** 08:00 UTC of the next Friday, and of the last Fridays of a month and of a quarter after it. */
export function expiriesAhead(nowMs: number): number[] {
  const week = nextFriday(nowMs + LIFE_MS_MIN, () => true);
  const month = nextFriday(week + DAY_MS, isLastOfMonth);
  const quarter = nextFriday(
    month + DAY_MS,
    (ms) => isLastOfMonth(ms) && new Date(ms).getUTCMonth() % 3 === 2,
  );
  return [week, month, quarter];
}

function nextFriday(fromMs: number, isWanted: (ms: number) => boolean): number {
  const startOfDayMs = fromMs - (fromMs % DAY_MS);
  for (let ms = startOfDayMs + 8 * HOUR_MS; ; ms += DAY_MS) {
    if (ms >= fromMs && new Date(ms).getUTCDay() === FRIDAY && isWanted(ms)) return ms;
  }
}

function isLastOfMonth(ms: number): boolean {
  return new Date(ms + 7 * DAY_MS).getUTCMonth() !== new Date(ms).getUTCMonth();
}

/** 2 700 at 3 %: 81 → 100. One, two or five in the leading digit, so that strikes are round. */
function strikeStep(indexUsd: number, share: number): number {
  const wanted = indexUsd * share;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const leading = [1, 2, 5, 10].find((digit) => wanted <= digit * power * 1.2)!;
  return leading * power;
}

function optionsAround(
  terms: ContractTerms,
  expiryMs: number,
  indexUsd: number,
  share: number,
): ListInstrument[] {
  const step = strikeStep(indexUsd, share);
  const middle = Math.round(indexUsd / step);
  const listings: ListInstrument[] = [];
  for (let k = middle - STRIKES_EACH_SIDE; k <= middle + STRIKES_EACH_SIDE; k++) {
    if (k < 1) continue;
    for (const optionType of [OptionType.call, OptionType.put])
      listings.push(optionListing(terms, expiryMs, k * step, optionType));
  }
  return listings;
}

/** The desk's future of a coin; undefined for one it has no dated contracts of. */
export function futureOf(underlying: string, expiryMs: number): ListInstrument | undefined {
  const terms = contractTerms.find((each) => each.underlying === underlying);
  return terms && dated(terms, terms.future, expiryMs);
}

/** The desk's option on a coin; undefined for one it has none on. */
export function optionOf(
  underlying: string,
  expiryMs: number,
  strikeUsd: number,
  optionType: OptionType,
): ListInstrument | undefined {
  const terms = contractTerms.find((each) => each.underlying === underlying);
  return terms && optionListing(terms, expiryMs, strikeUsd, optionType);
}

function optionListing(
  terms: ContractTerms,
  expiryMs: number,
  strikeUsd: number,
  optionType: OptionType,
): ListInstrument {
  const base = dated(terms, terms.option, expiryMs);
  const letter = optionType === OptionType.call ? 'C' : 'P';
  return {
    ...base,
    name: `${base.name}-${strikeUsd}-${letter}`,
    instrumentKind: InstrumentKind.option,
    strikeE8: Math.round(strikeUsd * 1e8),
    optionType,
  };
}

function dated(terms: ContractTerms, cut: Cut, expiryMs: number): ListInstrument {
  const date = new Date(expiryMs);
  const day = `${date.getUTCDate()}${MONTHS[date.getUTCMonth()]}${date.getUTCFullYear() % 100}`;
  return {
    ...listing(terms, cut),
    name: `${terms.underlying}-${day}`,
    instrumentKind: InstrumentKind.future,
    expiryMs,
  };
}

function spotPair(terms: ContractTerms, asset: string): ListInstrument {
  return { ...listing(terms, terms.spot), name: `${asset}/USDC`, baseAsset: asset };
}

function listing({ underlying, markBandPpm }: ContractTerms, cut: Cut): ListInstrument {
  return {
    kind: 'ListInstrument',
    name: `${underlying}/USDC`,
    instrumentKind: InstrumentKind.spot,
    underlying,
    expiryMs: 0,
    strikeE8: 0,
    optionType: OptionType.call,
    baseAsset: '',
    lotsPerUnit: cut.lotsPerUnit,
    ticksPerUsd: cut.ticksPerUsd,
    sizeLotsMax: cut.sizeLotsMax,
    priceTicksMax: cut.priceUsdMax * cut.ticksPerUsd,
    notionalMinUsd: SMALLEST_ORDER_USD,
    bandPpm: BAND_PPM,
    markBandPpm,
  };
}
