import type { Bps, Ppm } from '../../units/rate.ts';

export const RANGE_Z_PPM = 6_000_000 as Ppm;
export const RANGE_CAP_PPM = 600_000 as Ppm;
export const RANGE_FLOOR_PPM = 20_000 as Ppm;
export const MAINTENANCE_SHARE_BPS = 6_000 as Bps;
