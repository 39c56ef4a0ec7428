import type { UnderlyingClass } from '../../protocol/enums.ts';
import type { Usd } from '../../units/money.ts';
import type { Bps, Ppm } from '../../units/rate.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import {
  MAINTENANCE_SHARE_BPS,
  RANGE_CAP_PPM,
  RANGE_FLOOR_PPM,
  RANGE_Z_PPM,
} from '../margin/defaultParameters.ts';
import { marketTermsOf } from '../margin/marketTerms.ts';
import { initialMultiplierPpm, MU_ONE_PPM } from '../margin/multiplier.ts';
import { createRiskParameters, type RiskParameters, type RiskSource } from '../margin/parameters.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';

/**
 * What the state says of the margin model's parameters.
 *
 * @param heldPpm multipliers of risk already held, by underlying: those of now, or those announced
 */
export function readRiskParameters(state: State, heldPpm: Int32Array): RiskParameters {
  return createRiskParameters(readRiskSource(state, heldPpm));
}

/** The same as integers, before anything is divided: what a page makes its own parameters from. */
export function readRiskSource(state: State, heldPpm: Int32Array): RiskSource {
  const count = highWater(state.underlyings);
  const u = state.underlyings.columns;
  const { targetPpm } = state.multipliers.columns;
  // Before its first index an underlying has no multiplier, and no order passes on it.
  const target = (row: number): Ppm => Math.max(MU_ONE_PPM, targetPpm[row]!) as Ppm;
  const held = (row: number): Ppm => Math.max(MU_ONE_PPM, heldPpm[row]!) as Ppm;
  const { calmPpm, stressPpm } = state.correlations.columns;
  const cells = (column: Int32Array): number[] =>
    Array.from({ length: count * count }, (_, at) => {
      const row = Math.floor(at / count);
      const cell = column[row * state.limits.underlyings + (at - row * count)]!;
      return row === at - row * count ? PPM_SCALE : cell;
    });
  return {
    underlyings: state.directory.underlyings.map(({ name }, row) => ({
      symbol: name,
      sigmaPpm: u.sigmaPpm[row]! as Ppm,
      horizonMinutesMin: u.hMinMinutes[row]!,
      adv30Usd: u.adv30[row]! as Usd,
      muInitialPpm: initialMultiplierPpm(target(row), held(row)),
      muMaintenancePpm: held(row),
      rangeFloorPpm: RANGE_FLOOR_PPM,
      upFactorPpm: u.upFactorPpm[row]! as Ppm,
      isMajor: u.isMajor[row] === 1,
      ...marketTermsOf(u.class[row]! as UnderlyingClass, u.adv30[row]!, u.freeFloatCap[row]!),
    })),
    calmPpm: cells(calmPpm),
    stressPpm: cells(stressPpm),
    zPpm: RANGE_Z_PPM,
    rangeCapPpm: RANGE_CAP_PPM,
    maintenanceShareBps: MAINTENANCE_SHARE_BPS as Bps,
    marketUnderlying: 0,
  };
}
