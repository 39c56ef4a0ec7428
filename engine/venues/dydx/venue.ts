import type { LinearLeg, VenueBook } from '../book.ts';
import { beyondPerpetuals, leftOut } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { fraction, fractionOf, times } from './fraction.ts';
import { initialMargin } from './initialMargin.ts';
import { AS_OF, MARKETS, SOURCE } from './parameters.ts';
import { type DydxPosition, netNotional, totalsOf } from './subaccount.ts';

const MILLION = 1_000_000n;
/** Fine enough for every size of ours; a chain's own resolution differs by market and only rounds. */
const RESOLUTION = -10;
const QUANTUMS_PER_COIN = 1e10;

/** A cross subaccount, computed in the chain's own integers. */
export const dydxVenue: VenueModel = {
  id: 'dydx',
  name: 'dYdX v4',
  rule: 'Notional × fraction of the liquidity tier, growing to 100 % with open interest; coins do not net.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => beyondPerpetuals(book, MARKETS),
  remarks: (book) => [
    'The initial fraction is the tier’s own; it is higher while open interest is between the tier’s caps.',
    ...leftOut(book),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  const positions = book.linear.map(positionOf);
  // The chain keeps what was paid for positions in the balance: value at the oracle comes on top.
  const paid = book.linear.reduce((sum, { size, entry }) => sum + size * entry, 0);
  const usdcQuantums = BigInt(Math.round((book.usdc - paid) * 1e6));
  const { netCollateral, maintenance } = totalsOf({ usdcQuantums, positions });
  const initial = book.linear.reduce((sum, { underlying }, place) => {
    const tier = MARKETS[underlying]!;
    const { market, baseQuantums } = positions[place]!;
    const notional = netNotional(market, baseQuantums < 0n ? -baseQuantums : baseQuantums);
    return sum + initialMargin(notional, tier.initialPpm, 0n, tier.openInterest);
  }, 0n);
  return {
    equityUsd: Number(netCollateral) / 1e6,
    initialUsd: Number(initial) / 1e6,
    maintenanceUsd: Number(maintenance) / 1e6,
  };
}

function positionOf({ underlying, size, mark }: LinearLeg): DydxPosition {
  const tier = MARKETS[underlying]!;
  return {
    baseQuantums: BigInt(Math.round(size * QUANTUMS_PER_COIN)),
    market: {
      oracle: fractionOf(mark),
      resolution: RESOLUTION,
      maintenanceFraction: times(
        fraction(tier.initialPpm, MILLION),
        fraction(tier.maintenanceFractionPpm, MILLION),
      ),
    },
  };
}
