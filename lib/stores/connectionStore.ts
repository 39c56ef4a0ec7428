import type { ChannelStatus, Link, Pulse, Recovery } from '../feed/messages.ts';
import { createWindow } from '../percentiles.ts';
import { createKeyedStore } from './keyedStore.ts';

/** The socket as it stands, under the one key 'link'. */
export const link = createKeyedStore<'link', Link>();

/** Whether what is shown of a channel is all there is, by `kind/key`. */
export const channels = createKeyedStore<string, ChannelStatus>();

/** How the last break ended, under the one key 'last'. */
export const recoveries = createKeyedStore<'last', Recovery>();

export const roundTrips = createWindow();
/** A command's being sent, before it is signed → its answer in the page. */
export const acknowledgements = createWindow();
/** Desk's sending of a change → the frame that shows it; the worker sends up to 250 a second: the last half minute. */
export const ticksToFrame = createWindow(8_192);
/** Draft changed → the preview of that draft on the screen. */
export const previewsShown = createWindow();

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
