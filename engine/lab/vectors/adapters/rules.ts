import { binance } from './binance.ts';
import { deribit } from './deribit.ts';
import { derive } from './derive.ts';
import { drift } from './drift.ts';
import { dydx } from './dydx.ts';
import { hyperliquid } from './hyperliquid.ts';
import { issue } from './issue.ts';
import { okx } from './okx.ts';
import { paradex } from './paradex.ts';
import type { VenueRules } from './rule.ts';
import { synthetix } from './synthetix.ts';

/** Which rules a vector asks for, by the first word of its id. */
export const rules: ReadonlyMap<string, VenueRules> = new Map(
  Object.entries({
    binance,
    deribit,
    derive,
    drift,
    dydx,
    hl: hyperliquid,
    issue,
    okx,
    paradex,
    snx: synthetix,
  }),
);
