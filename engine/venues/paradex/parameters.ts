export const SOURCE = 'https://docs.paradex.trade/risk/portfolio-margin';
/** Day our copy of the page was read. */
export const AS_OF = '2026-11-21';

/** Markets whose scenarios are the published ones. */
export const MARKETS: Readonly<Record<string, true>> = { BTC: true, ETH: true, SOL: true };
