import type {
  ListAsset,
  ListUnderlying,
  SetCorrelations,
  SetFeeTiers,
} from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import { LEVERAGE_MILLI_MAX } from '../caps/leverage.ts';
import type { Engine } from '../engine.ts';
import { horizonCapUsd, marketTermsOf } from '../margin/marketTerms.ts';
import { hasRoom, highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { REDEMPTION_PPM_MAX } from '../oracle/setRedemptionRatio.ts';
import { SOURCES_PER_UNDERLYING } from '../oracle/sourceTable.ts';
import { TAG } from '../out.ts';
import { isIntegerIn, isNameValid } from './names.ts';

const PPM = 1_000_000;
/** Whole units; at the finest scale the cap still is a safe integer. */
const POOL_CAP_UNITS_MAX = 90_000_000;

/** Refusals: label.invalid, asset.exists, parameters.invalid, underlying.unknown, engine.full. */
export function listAsset({ state, out }: Engine, c: ListAsset): number {
  const { directory, limits } = state;
  if (!isNameValid(c.name)) return refusal['label.invalid'];
  if (directory.assets.some((asset) => asset.name === c.name)) return refusal['asset.exists'];
  if (!isIntegerIn(c.decimals, 0, 8) || !isIntegerIn(c.weightPpm, 0, PPM))
    return refusal['parameters.invalid'];
  const isFirst = directory.assets.length === 0;
  if (!areAssetTermsValid(c, isFirst)) return refusal['parameters.invalid'];
  const underlying = directory.underlyings.findIndex((u) => u.name === c.underlying);
  // The settlement currency is its own measure; everything else needs a price.
  if (isFirst !== (c.underlying === '')) return refusal['parameters.invalid'];
  if (!isFirst && underlying < 0) return refusal['underlying.unknown'];
  if (directory.assets.length >= limits.assets) return refusal['engine.full'];
  const { name, decimals, weightPpm, sources, poolCapUnits, redemptionPpm } = c;
  const redemptionBasePpm = redemptionPpm;
  directory.assets.push({
    name,
    decimals,
    weightPpm,
    underlying,
    sources,
    poolCapUnits,
    redemptionPpm,
    redemptionBasePpm,
    redemptionBaseMs: 0,
  });
  directory.version++;
  announce(out, TAG.AssetListed, directory.assets.length - 1);
  return OK;
}

/** The settlement currency is watched by sources of its own; a cap and a ratio are for what has an underlying. */
function areAssetTermsValid(c: ListAsset, isFirst: boolean): boolean {
  if (isFirst)
    return isIntegerIn(c.sources, 0, SOURCES_PER_UNDERLYING) && c.poolCapUnits === 0 && c.redemptionPpm === 0;
  return (
    c.sources === 0 &&
    isIntegerIn(c.poolCapUnits, 0, POOL_CAP_UNITS_MAX) &&
    isIntegerIn(c.redemptionPpm, 0, REDEMPTION_PPM_MAX)
  );
}

/** Refusals: label.invalid, underlying.exists, parameters.invalid, engine.full. */
export function listUnderlying({ state, undo, out }: Engine, c: ListUnderlying): number {
  const { directory } = state;
  if (!isNameValid(c.name)) return refusal['label.invalid'];
  if (directory.underlyings.some((u) => u.name === c.name)) return refusal['underlying.exists'];
  const isValid =
    isIntegerIn(c.class, 0, 5) &&
    isIntegerIn(c.sigmaPpm, 1, PPM) &&
    isIntegerIn(c.hMinMinutes, 1, 1_440) &&
    isIntegerIn(c.adv30Usd, 1, 1_000_000_000_000) &&
    isIntegerIn(c.freeFloatCapUsd, 1, 100_000_000_000_000) &&
    isIntegerIn(c.leverageMilliMax, 0, LEVERAGE_MILLI_MAX) &&
    isIntegerIn(c.upFactorPpm, PPM, 2 * PPM) &&
    isIntegerIn(c.sources, 1, SOURCES_PER_UNDERLYING);
  if (!isValid) return refusal['parameters.invalid'];
  if (!hasRoom(state.underlyings, 1)) return refusal['engine.full'];
  const row = takeRow(undo, state.underlyings);
  const u = state.underlyings.columns;
  putI(undo, u.class, row, c.class);
  putI(undo, u.sigmaPpm, row, c.sigmaPpm);
  putI(undo, u.hMinMinutes, row, c.hMinMinutes);
  putI(undo, u.upFactorPpm, row, c.upFactorPpm);
  putI(undo, u.isMajor, row, c.isMajor ? 1 : 0);
  putI(undo, u.sources, row, c.sources);
  putI(undo, u.perpetual, row, NONE);
  // The journal holds whole USD, the table micro-USD; 1e12 USD would pass 2^53 and is far above any market.
  putF(undo, u.adv30, row, Math.min(c.adv30Usd * 1_000_000, Number.MAX_SAFE_INTEGER));
  const adv30 = u.adv30[row]!;
  const { launchFloorUsd, openInterestRampUsd } = marketTermsOf(c.class, adv30, c.freeFloatCapUsd);
  putF(undo, u.freeFloatCap, row, c.freeFloatCapUsd);
  putF(undo, u.ownerFloor, row, launchFloorUsd);
  putF(undo, u.horizonCap, row, horizonCapUsd(adv30, c.hMinMinutes));
  putF(undo, u.openInterestCap, row, openInterestRampUsd.to);
  putI(undo, u.leverageMilliMax, row, c.leverageMilliMax);
  directory.underlyings.push({ name: c.name });
  directory.version++;
  announce(out, TAG.UnderlyingListed, row);
  return OK;
}

/** Refusal: parameters.invalid. Tiers ascend in volume and start at 0. */
export function setFeeTiers({ state, out }: Engine, c: SetFeeTiers): number {
  const { tiers } = c;
  const isValid =
    Array.isArray(tiers) &&
    isIntegerIn(tiers.length, 1, 16) &&
    tiers[0]!.volumeUsd === 0 &&
    tiers.every(
      (tier, k) =>
        isIntegerIn(tier.volumeUsd, k === 0 ? 0 : tiers[k - 1]!.volumeUsd + 1, 1_000_000_000_000) &&
        isIntegerIn(tier.takerPpm, 0, 10_000) &&
        // A rebate above the taker's fee would pay for trading with oneself.
        isIntegerIn(tier.makerPpm, -Math.min(...tiers.map((t) => t.takerPpm)), 10_000),
    );
  if (!isValid) return refusal['parameters.invalid'];
  state.directory.feeTiers = tiers;
  state.directory.version++;
  announce(out, TAG.FeeTiersSet, tiers.length);
  return OK;
}

/** Refusal: parameters.invalid. Both matrices are square over the listed underlyings, symmetric, 1 on the diagonal. */
export function setCorrelations({ state, undo, out }: Engine, c: SetCorrelations): number {
  const count = highWater(state.underlyings);
  if (!isCorrelation(c.calmPpm, count) || !isCorrelation(c.stressPpm, count))
    return refusal['parameters.invalid'];
  const { calmPpm, stressPpm } = state.correlations.columns;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const row = a * state.limits.underlyings + b;
      putI(undo, calmPpm, row, c.calmPpm[a * count + b]!);
      putI(undo, stressPpm, row, c.stressPpm[a * count + b]!);
    }
  }
  state.directory.version++;
  announce(out, TAG.CorrelationsSet, count);
  return OK;
}

function isCorrelation(cells: unknown, count: number): cells is number[] {
  if (!Array.isArray(cells) || cells.length !== count * count) return false;
  return cells.every((cell, at) => {
    const row = Math.floor(at / count);
    const column = at - row * count;
    const isDiagonalRight = row !== column || cell === PPM;
    return isIntegerIn(cell, -PPM, PPM) && isDiagonalRight && cell === cells[column * count + row];
  });
}
