import type { Bps, Ppm } from '../../units/rate.ts';

/** Ranges are six volatilities wide: what the back-test kept (decision 025). */
export const RANGE_Z_PPM = 6_000_000 as Ppm;

/** No range passes 60 % of the price. */
export const RANGE_CAP_PPM = 600_000 as Ppm;

/** No range falls below 2 %, whatever volatility is measured: nobody opens at more than 50x. */
export const RANGE_FLOOR_PPM = 20_000 as Ppm;

/** Maintenance margin is 60 % of the scan. */
export const MAINTENANCE_SHARE_BPS = 6_000 as Bps;

/** However wild the market, the range is at most four times that of the reference volatility. */
export const MU_CAP_PPM = 4_000_000 as Ppm;

/** The multiplier of risk already held rises by at most this share of itself in an hour. */
export const MU_RISE_PERCENT = 5;

/** It falls more slowly than it rises: calm has to last before it counts. */
export const MU_FALL_PERCENT = 2;
