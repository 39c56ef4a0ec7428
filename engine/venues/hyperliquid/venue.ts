import { netByUnderlying, unrealizedOf, type VenueBook } from '../book.ts';
import { beyondPerpetuals, leftOut } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { tieredMaintenance, tierOf } from './marginTiers.ts';
import { AS_OF, MARKETS, SOURCE } from './parameters.ts';

/** A cross account of its own perpetuals; portfolio margin is limited to small caps and left out. */
export const hyperliquidVenue: VenueModel = {
  id: 'hyperliquid',
  name: 'Hyperliquid',
  rule: 'Notional ÷ maximum leverage of its tier; maintenance half of it; coins do not net.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => beyondPerpetuals(book, MARKETS),
  remarks: (book) => [
    'Initial margin is the least the venue allows; a trader may choose a lower leverage.',
    ...leftOut(book),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const [underlying, { notional }] of netByUnderlying(book)) {
    const tiers = MARKETS[underlying] ?? [];
    initialUsd += Math.abs(notional) / (tierOf(tiers, notional)?.maxLeverage ?? 1);
    maintenanceUsd += tieredMaintenance(tiers, notional);
  }
  return { equityUsd: book.usdc + unrealizedOf(book), initialUsd, maintenanceUsd };
}
