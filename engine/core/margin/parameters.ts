import type { RiskSource, UnderlyingRisk } from '../../protocol/views/marginBook.ts';
import { assert } from '../../units/assert.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { deriveCorrelations } from './correlation.ts';

export type { RiskSource, UnderlyingRisk };

/** Which correlation set moved the others in a scenario. */
export const CorrelationSet = { low: 0, high: 1 } as const;
export type CorrelationSet = (typeof CorrelationSet)[keyof typeof CorrelationSet];

/** One correlation set, both matrices `underlyings × underlyings` with 0 on the diagonal: nothing drags itself. */
export interface Correlations {
  readonly set: CorrelationSet;
  readonly count: number;
  readonly rho: Float64Array;
  /** 1 − ρ² of each cell, 0 where ρ is 0: the part of a hedge that its correlation does not explain. */
  readonly unexplained: Float64Array;
  /** By underlying: the largest ρ with any other. */
  readonly rhoMax: Float64Array;
}

/**
 * The same facts as doubles in a structure of arrays over underlying ids, ready for the scan.
 *
 * Derived from a `RiskSource` by division alone, so it is a cache and never state: build it again
 * whenever the source changes.
 */
export interface RiskParameters {
  readonly count: number;
  readonly symbols: readonly string[];
  /** Reference volatility of one day, as a fraction. */
  readonly sigmaDaily: Float64Array;
  readonly horizonDaysMin: Float64Array;
  /** Three times what a day can absorb at 20 % of volume: an even unwind over T has variance σ²T ÷ 3. */
  readonly unwindUsdPerDay: Float64Array;
  /** z × σ × μ: the range at a horizon of one day. */
  readonly dayRangeInitial: Float64Array;
  readonly dayRangeMaintenance: Float64Array;
  /** Some underlying has a wider range for new risk than for old. */
  readonly isInitialWider: boolean;
  /** σ × μ of new risk: the volatility in which distances are measured. */
  readonly sigmaNow: Float64Array;
  readonly rangeFloor: Float64Array;
  readonly rangeCap: number;
  readonly upFactor: Float64Array;
  /** 1 for BTC and ETH, else 0. */
  readonly isMajor: Int32Array;
  readonly launchFloor: Float64Array;
  /** Infinity where there is no ramp. */
  readonly rampFrom: Float64Array;
  readonly rampTo: Float64Array;
  /** Guards hedges: the correlation that may be counted on. */
  readonly low: Correlations;
  /** Guards books on one side: the correlation that must be feared. */
  readonly high: Correlations;
  readonly maintenanceShareBps: number;
  readonly marketUnderlying: number;
  /** LEG_TERMS by underlying, what `prepareLegs` needs side by side: h_min, unwind, floor, up factor, both day ranges. */
  readonly legTerms: Float64Array;
}

/** Columns of `legTerms`: a cache line of doubles. */
export const LEG_TERMS = 8;

/** Most underlyings one desk lists; portfolios and scratch space are sized by it. */
export const UNDERLYINGS_MAX = 64;

export const MINUTES_PER_DAY = 1_440;
/** Share of a day's volume that an unwind may take, times the 3 of the variance of an even unwind. */
export const UNWIND_SHARE_OF_ADV = 0.6;

/**
 * Turns journalled integers into what the scan reads.
 *
 * @fails AssertionError when a shape or a bound is broken; the command that sets parameters refuses these first
 * @example createRiskParameters(defaultRiskSource(['BTC', 'ETH']))
 */
export function createRiskParameters(source: RiskSource): RiskParameters {
  const { underlyings } = source;
  const count = underlyings.length;
  assert(count > 0 && count <= UNDERLYINGS_MAX, `1 to ${UNDERLYINGS_MAX} underlyings, got ${count}`);
  assert(source.marketUnderlying < count, 'the market underlying must be listed');
  for (const risk of underlyings) assertUnderlying(risk);
  const sets = deriveCorrelations({
    calmPpm: source.calmPpm,
    stressPpm: source.stressPpm,
    isMajor: underlyings.map((risk) => risk.isMajor),
  });
  const column = (read: (risk: UnderlyingRisk) => number): Float64Array =>
    Float64Array.from(underlyings, read);
  const zSigma = column((risk) => (source.zPpm / PPM_SCALE) * (risk.sigmaPpm / PPM_SCALE));
  const columns = {
    count,
    symbols: underlyings.map((risk) => risk.symbol),
    sigmaDaily: column((risk) => fractionOf(risk.sigmaPpm)),
    horizonDaysMin: column((risk) => risk.horizonMinutesMin / MINUTES_PER_DAY),
    unwindUsdPerDay: column((risk) => risk.adv30Usd * UNWIND_SHARE_OF_ADV),
    dayRangeInitial: zSigma.map((range, u) => range * fractionOf(underlyings[u]!.muInitialPpm)),
    dayRangeMaintenance: zSigma.map((range, u) => range * fractionOf(underlyings[u]!.muMaintenancePpm)),
    isInitialWider: underlyings.some((risk) => risk.muInitialPpm > risk.muMaintenancePpm),
    sigmaNow: column((risk) => fractionOf(risk.sigmaPpm) * fractionOf(risk.muInitialPpm)),
    rangeFloor: column((risk) => fractionOf(risk.rangeFloorPpm)),
    rangeCap: fractionOf(source.rangeCapPpm),
    upFactor: column((risk) => fractionOf(risk.upFactorPpm)),
    isMajor: Int32Array.from(underlyings, (risk) => (risk.isMajor ? 1 : 0)),
    launchFloor: column((risk) => risk.launchFloorUsd ?? 0),
    rampFrom: column((risk) => risk.openInterestRampUsd?.from ?? Number.POSITIVE_INFINITY),
    rampTo: column((risk) => risk.openInterestRampUsd?.to ?? Number.POSITIVE_INFINITY),
    low: correlationsOf(CorrelationSet.low, sets.lowPpm, count),
    high: correlationsOf(CorrelationSet.high, sets.highPpm, count),
    maintenanceShareBps: source.maintenanceShareBps,
    marketUnderlying: source.marketUnderlying,
  };
  return { ...columns, legTerms: legTermsOf(columns) };
}

function legTermsOf(columns: Omit<RiskParameters, 'legTerms'>): Float64Array {
  const terms = new Float64Array(columns.count * LEG_TERMS);
  for (let u = 0; u < columns.count; u++) {
    const { horizonDaysMin, unwindUsdPerDay, rangeFloor, rangeCap, upFactor } = columns;
    const floor = Math.min(rangeCap, rangeFloor[u]!);
    const ranges = [columns.dayRangeInitial[u]!, columns.dayRangeMaintenance[u]!];
    terms.set([horizonDaysMin[u]!, unwindUsdPerDay[u]!, floor, upFactor[u]!, ...ranges], u * LEG_TERMS);
  }
  return terms;
}

function fractionOf(ppm: number): number {
  return ppm / PPM_SCALE;
}

function correlationsOf(set: CorrelationSet, cellsPpm: Int32Array, count: number): Correlations {
  const rho = Float64Array.from(cellsPpm, fractionOf);
  for (let u = 0; u < count; u++) rho[u * count + u] = 0;
  return createCorrelations(set, count, rho);
}

/** A set of these correlations, with what follows from them: 0 on the diagonal, `count × count`. */
export function createCorrelations(set: CorrelationSet, count: number, rho: Float64Array): Correlations {
  const rowOf = (u: number): Float64Array => rho.subarray(u * count, (u + 1) * count);
  return {
    set,
    count,
    rho,
    unexplained: rho.map((correlation) => (correlation > 0 ? 1 - correlation * correlation : 0)),
    rhoMax: Float64Array.from({ length: count }, (_, u) => Math.max(...rowOf(u))),
  };
}

function assertUnderlying(risk: UnderlyingRisk): void {
  const { symbol } = risk;
  assert(risk.sigmaPpm > 0, `${symbol}: volatility must be above zero`);
  assert(risk.horizonMinutesMin > 0, `${symbol}: the shortest horizon must be above zero`);
  assert(risk.adv30Usd > 0, `${symbol}: daily volume must be above zero`);
  assert(risk.muInitialPpm >= risk.muMaintenancePpm, `${symbol}: new risk never pays less than old`);
  assert(risk.muMaintenancePpm > 0, `${symbol}: the volatility multiplier must be above zero`);
  assert(risk.rangeFloorPpm >= 0, `${symbol}: the range floor must not be negative`);
  const ramp = risk.openInterestRampUsd;
  assert(ramp === undefined || ramp.from < ramp.to, `${symbol}: an open interest ramp must rise`);
  assert(risk.upFactorPpm >= PPM_SCALE, `${symbol}: a short never pays less than a long`);
}
