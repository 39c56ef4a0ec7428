import { mulDivFloor } from '../../units/round.ts';
import type { State } from '../state.ts';
import { PPB_SCALE, rateOfEightHours } from './fundingRate.ts';
import { SAMPLES_PER_HOUR } from './sampleFunding.ts';

/**
 * What a position receives for the samples it was held through, at a seven hundred and twentieth of the hour each.
 *
 * @param held lots × samples, positive for a long
 * @param rate of eight hours, 1e-9; positive: longs pay
 * @returns micro-USD, negative when it pays; rounded down, that is against it
 */
export function fundingPayment(state: State, instrument: number, held: number, rate: number): number {
  const { index } = state.instruments.columns;
  const notionalHours = mulDivFloor(Math.abs(held), index[instrument]!, SAMPLES_PER_HOUR);
  const owes = held > 0 === rate > 0;
  return mulDivFloor(owes ? -notionalHours : notionalHours, Math.abs(rate), 8 * PPB_SCALE) + 0;
}

/**
 * What a position would receive if the hour ended now: samples held so far, at the rate of the hour so far. Nothing
 * changes by it.
 *
 * @param row of the position
 * @returns micro-USD, negative when it pays
 */
export function accruedFunding(state: State, row: number): number {
  const { instrument, lots, lotSamples, sampledAt } = state.positions.columns;
  const { samples, premiumSum, hourSamples } = state.instruments.columns;
  const of = instrument[row]!;
  const held = lotSamples[row]! + lots[row]! * (samples[of]! - sampledAt[row]!);
  return fundingPayment(state, of, held, rateOfEightHours(premiumSum[of]!, hourSamples[of]!));
}
