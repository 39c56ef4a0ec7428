/**
 * All that was ever credited of an asset, withdrawn since or not: high × 2^48 + low. Money that comes and goes passes
 * what a double holds exactly long before what is there does.
 */
export const CREDIT_LAYOUT = { low: 'f64', high: 'f64' } as const;
