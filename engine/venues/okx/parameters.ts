export const SOURCE = 'https://www.okx.com/help/okx-will-further-adjust-portfolio-margin-parameters';
/** Day from which the announced moves hold. */
export const AS_OF = '2025-01-06';

/** Shares of the price: largest spot shock (MR1), and the extreme move (MR6) of which half counts. */
export interface OkxMoves {
  readonly spotShock: number;
  readonly extreme: number;
}

/** Moves are by name of the coin; what the lists do not name is in the last group of each. */
export const MARKETS: Readonly<Record<string, OkxMoves>> = {
  BTC: { spotShock: 0.12, extreme: 0.24 },
  ETH: { spotShock: 0.12, extreme: 0.24 },
  SOL: { spotShock: 0.25, extreme: 0.36 },
  XRP: { spotShock: 0.18, extreme: 0.36 },
  DOGE: { spotShock: 0.25, extreme: 0.36 },
  ADA: { spotShock: 0.18, extreme: 0.36 },
  AVAX: { spotShock: 0.25, extreme: 0.5 },
  LINK: { spotShock: 0.18, extreme: 0.5 },
  LTC: { spotShock: 0.18, extreme: 0.36 },
  SUI: { spotShock: 0.25, extreme: 0.5 },
  HYPE: { spotShock: 0.25, extreme: 0.5 },
  BNB: { spotShock: 0.25, extreme: 0.36 },
};
