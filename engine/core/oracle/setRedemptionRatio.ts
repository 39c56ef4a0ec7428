import type { SetRedemptionRatio } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { DAY_MS } from '../../units/time.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';

/** A wrapper of more than a hundred coins each is a mistake in the scale. */
export const REDEMPTION_PPM_MAX = 100 * PPM_SCALE;

/** Within a day of its first change a ratio stays within this share of where it stood: rewards are a hundredth of it. */
const STEP_PPM_MAX = 10_000;

/**
 * Sets what one unit of a wrapped asset is redeemed for. Whoever reports it may be wrong or stolen from, so a
 * day moves it by 1 % and no more.
 *
 * Refusals: asset.unknown, parameters.invalid (not wrapped, or out of range), redemption.stepTooLarge.
 */
export function setRedemptionRatio({ state, out }: Engine, c: SetRedemptionRatio): number {
  const { directory, globals } = state;
  const number = directory.assets.findIndex(({ name }) => name === c.asset);
  const asset = directory.assets[number];
  if (asset === undefined) return refusal['asset.unknown'];
  const isWrapped = asset.redemptionPpm > 0;
  if (!isWrapped || !isIntegerIn(c.redemptionPpm, 1, REDEMPTION_PPM_MAX))
    return refusal['parameters.invalid'];
  const now = globals.columns.timeMs[0]!;
  const isNewDay = now - asset.redemptionBaseMs >= DAY_MS;
  const basePpm = isNewDay ? asset.redemptionPpm : asset.redemptionBasePpm;
  if (Math.abs(c.redemptionPpm - basePpm) * PPM_SCALE > basePpm * STEP_PPM_MAX)
    return refusal['redemption.stepTooLarge'];
  if (isNewDay) {
    asset.redemptionBasePpm = asset.redemptionPpm;
    asset.redemptionBaseMs = now;
  }
  asset.redemptionPpm = c.redemptionPpm;
  directory.version++;
  announce(out, TAG.RedemptionRatioSet, number, c.redemptionPpm);
  return OK;
}
