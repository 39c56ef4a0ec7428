import { InstrumentKind, InstrumentStage } from '../../protocol/enums.ts';
import { type PriceE8, usdPerLotOf } from '../../units/price.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { mulDivFloor } from '../../units/round.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { settlementPerLot } from '../instruments/settlementPrice.ts';
import { highWater, NONE } from '../memory/table.ts';
import { SAMPLES_PER_AVERAGE } from '../oracle/averageTable.ts';
import type { State } from '../state.ts';

/** What everything is unwound at. Committed with every root, so that anybody can repeat the sums. */
export interface UnwindPrices {
  /** By instrument, micro-USD per lot; 0 for spot, in which nobody holds a position. */
  readonly perLot: readonly number[];
  /** By asset, USD × 1e8 for a whole one; the settlement currency is 1 USD. 0 before the first index. */
  readonly assetE8: readonly number[];
  /** By asset: the share of its price at which it covers a debt, ppm. */
  readonly weightPpm: readonly number[];
}

/** Prices are the mean of the minutes that began this long before. */
const MEAN_MINUTES = 5;
const ONE_USD_E8 = 100_000_000;

/**
 * Prices of an unwind at the time of the state.
 *
 * An underlying: mean of its minute samples of the last five minutes, else its last mark; rounded to nearest. Its
 * perpetual is that; what else trades on it stands as far from the mean as its mark stands from the perpetual's; an
 * option is its mark, and never less than exercise would bring at the mean. What has expired is its settlement price.
 */
export function unwindPrices(state: State): UnwindPrices {
  const means = Array.from({ length: highWater(state.underlyings) }, (_, of) => meanOf(state, of));
  const perLot = Array.from({ length: highWater(state.instruments) }, (_, of) => perLotOf(state, of, means));
  const { assets } = state.directory;
  return {
    perLot,
    assetE8: assets.map(({ underlying, redemptionPpm }) => {
      const mean = underlying === NONE ? undefined : means[underlying]!;
      if (mean === undefined) return ONE_USD_E8;
      return redemptionPpm === 0 ? mean.priceE8 : mulDivFloor(mean.priceE8, redemptionPpm, PPM_SCALE);
    }),
    weightPpm: assets.map(({ weightPpm }) => weightPpm),
  };
}

interface Mean {
  /** USD × 1e8 per coin. */
  readonly priceE8: number;
  /** What positions are valued at now. */
  readonly nowE8: number;
}

function meanOf(state: State, underlying: number): Mean {
  const nowE8 = valuedNowE8(state, underlying);
  const { minute, priceE8 } = state.averageSamples.columns;
  const thisMinute = Math.floor(state.globals.columns.timeMs[0]! / MINUTE_MS);
  let sum = 0;
  let count = 0;
  for (let at = thisMinute; at > thisMinute - MEAN_MINUTES; at--) {
    const row = underlying * SAMPLES_PER_AVERAGE + (at % SAMPLES_PER_AVERAGE);
    if (minute[row] !== at) continue;
    sum += priceE8[row]!;
    count++;
  }
  return { priceE8: count === 0 ? nowE8 : Math.floor(sum / count + 0.5), nowE8 };
}

/** The mark of the underlying's perpetual, or its index while there is none. */
function valuedNowE8(state: State, underlying: number): number {
  const { perpetual, indexE8 } = state.underlyings.columns;
  const instrument = perpetual[underlying]!;
  if (instrument === NONE) return indexE8[underlying]!;
  const { mark, lotsPerUnit } = state.instruments.columns;
  return mark[instrument]! * lotsPerUnit[instrument]! * 100;
}

function perLotOf(state: State, instrument: number, means: readonly Mean[]): number {
  const { kind, stage, mark, settlement, underlying, lotsPerUnit } = state.instruments.columns;
  if (kind[instrument] === InstrumentKind.spot) return 0;
  if (stage[instrument] !== InstrumentStage.trading) return settlement[instrument]!;
  const of = underlying[instrument]!;
  const { priceE8, nowE8 } = means[of]!;
  if (kind[instrument] === InstrumentKind.option)
    return Math.max(mark[instrument]!, settlementPerLot(state, instrument, priceE8 as PriceE8));
  if (state.underlyings.columns.perpetual[of] === instrument)
    return usdPerLotOf(priceE8 as PriceE8, lotsPerUnit[instrument]!);
  return nowE8 === 0 ? mark[instrument]! : mulDivFloor(mark[instrument]!, priceE8, nowE8);
}
