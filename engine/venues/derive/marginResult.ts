import type { VenueBook } from '../book.ts';
import type { VenueAccount } from '../venue.ts';

/** What Derive's managers answer, all in USD. */
export interface DeriveMargin {
  /** Cash that is free above initial margin: 0 is the limit of new risk, negative misses that much. */
  readonly initial: number;
  /** The same above maintenance: below 0 an auction starts. */
  readonly maintenance: number;
  readonly markToMarket: number;
}

/** As the other venues say it: what is free becomes what is required of the equity. */
export function accountOf({ initial, maintenance, markToMarket }: DeriveMargin): VenueAccount {
  return {
    equityUsd: markToMarket,
    initialUsd: markToMarket - initial,
    maintenanceUsd: markToMarket - maintenance,
  };
}

/** Cash of a book there: premiums of options are paid when they are bought. */
export function cashOf({ usdc, options }: VenueBook): number {
  return options.reduce((cash, { size, entry }) => cash - size * entry, usdc);
}
