/**
 * Accounts that belong to no firm. They close the double entry: every asset sums to zero over all
 * accounts, because what came in left `OUTSIDE`.
 */

/** The world outside: minus what was deposited and not withdrawn. */
export const OUTSIDE = 0;
/** Trading fees, less rebates. */
export const FEES = 1;
/** Pays losses past bankruptcy; receives interest on owed USDC. */
export const INSURANCE = 2;
/** Counterparty of realized PnL: minus the entry value of all open positions, always. */
export const CLEARING = 3;
/** Remainders of divisions that must not favour anybody; never below zero. */
export const DUST = 4;

/** Numbers below this are reserved; the first subaccount opened gets it. */
export const FIRST_ACCOUNT = 8;

/** The firm of the reserved accounts. */
export const HOUSE_FIRM = 0;

/** The settlement currency is the first asset listed. */
export const USDC = 0;
