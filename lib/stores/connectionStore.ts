import type { Link, Pulse } from '../feed/messages.ts';
import { createWindow } from '../percentiles.ts';
import { createKeyedStore } from './keyedStore.ts';

/** The socket as it stands, under the one key 'link'. */
export const link = createKeyedStore<'link', Link>();

export const roundTrips = createWindow();
export const acknowledgements = createWindow();
/** Server's sending of a change → the frame that shows it. */
export const ticksToFrame = createWindow();

let lastPulse: Pulse | undefined;

/**
 * The newest sign of life. It changes with every message, so nobody is told: what shows an age
 * reads it when its clock ticks.
 */
export function pulse(): Pulse | undefined {
  return lastPulse;
}

export function setPulse(next: Pulse): void {
  if (next.rttMs !== undefined && next.rttMs !== lastPulse?.rttMs) roundTrips.add(next.rttMs);
  lastPulse = next;
}
