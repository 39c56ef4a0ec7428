/** The scan never falls below this share of the sum of standalone margins, however good the hedge. */
export const SCAN_FLOOR = 0.4;
/** Share of the unexplained part of the hedges that is taken off their gains. */
export const RESIDUAL_SHARE = 0.5;
/** What majors lose of their range when every alt loses the whole of its own: the shape of October 2025. */
export const GAP_SHARE_OF_MAJORS = 0.5;
