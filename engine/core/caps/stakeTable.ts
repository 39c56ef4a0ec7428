/** Of a coin: what sizes of all instruments of an underlying are counted in, whatever their lots. */
export const MICRO_COINS = 1_000_000;

/**
 * The most a firm could come to hold in an underlying once its open orders fill: Σ over its accounts and
 * instruments of max(0, lots + open bids) and of max(0, open asks − lots), in 1e-6 coins. An option counts
 * as the coins it is written on, spot not at all. Row = firm × underlyings + underlying.
 */
export const STAKE_LAYOUT = { mostLong: 'f64', mostShort: 'f64' } as const;
