import { BPS_SCALE } from '../../units/rate.ts';
import { prepareLegs } from './legs.ts';
import { boundStandalone } from './lossBound.ts';
import { scanBeyondWorst } from './scan.ts';
import { SCAN_FLOOR } from './scanShares.ts';
import { addOnsAt, moveTo, surplusAt, type Terrain } from './terrain.ts';

/**
 * f at returns x where it is below zero; elsewhere any number that is not. Who walks along a ray asks where
 * f changes sign, and for that no scenario matters that the account survives.
 */
export function shortfallAt(terrain: Terrain, x: Float64Array): number {
  const { moved, parameters, scratch } = terrain;
  if (isExactOnly(terrain)) return surplusAt(terrain, x);
  const equity = moveTo(terrain, x);
  const addOnSum = terrain.hasAddOns ? addOnsAt(terrain, x) : 0;
  const { maintenanceShareBps } = parameters;
  // The largest scan that the account survives there. No scan is larger than the legs alone.
  const survived = ((equity - addOnSum) * BPS_SCALE) / maintenanceShareBps;
  if (moved.options.count > 0 && boundStandalone(parameters, moved, scratch) <= survived) return 0;
  prepareLegs(parameters, moved, 'maintenance', scratch);
  if (scratch.standaloneSum <= survived) return 0;
  scratch.worst = Math.max(survived, SCAN_FLOOR * scratch.standaloneSum);
  scanBeyondWorst(parameters, moved, scratch);
  if (scratch.scan === survived) return 0;
  return equity - (scratch.scan * maintenanceShareBps) / BPS_SCALE - addOnSum;
}

/** What a window holds back depends on every leg, and held margin needs none: there f itself is asked for. */
function isExactOnly({ heldMaintenance, moved }: Terrain): boolean {
  return heldMaintenance !== undefined || moved.hasWindow;
}

/** Notes what `steeringAt` needs. To be called after `surplusAt` has been asked for the origin. */
export function surveySteering(terrain: Terrain): void {
  const { moved, parameters, scratch } = terrain;
  if (moved.options.count === 0) return;
  const share = (scratch.scan * parameters.maintenanceShareBps) / BPS_SCALE;
  const bound = boundStandalone(parameters, moved, scratch);
  terrain.shareOfBound = bound > 0 ? share / bound : 0;
}

/**
 * About f at returns x, an eighth of the cost for a book with options: maintenance margin keeps the share of
 * its bound that it has at the origin. Near enough to say where to look; without options it is f.
 */
export function steeringAt(terrain: Terrain, x: Float64Array): number {
  const { moved, parameters, scratch } = terrain;
  if (moved.options.count === 0 || isExactOnly(terrain)) return surplusAt(terrain, x);
  const equity = moveTo(terrain, x);
  const share = boundStandalone(parameters, moved, scratch) * terrain.shareOfBound;
  return equity - share - (terrain.hasAddOns ? addOnsAt(terrain, x) : 0);
}
