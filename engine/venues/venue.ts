import type { VenueBook } from './book.ts';

/** What a venue says of a book, USD. */
export interface VenueAccount {
  /** Collateral the venue takes at full value, and unrealised profit. */
  readonly equityUsd: number;
  /** Equity an account must have to take new risk; haircuts of collateral included. */
  readonly initialUsd: number;
  /** Equity under which liquidation starts; haircuts included. */
  readonly maintenanceUsd: number;
}

/** A venue's rules with its published parameters, asked about plain books. */
export interface VenueModel {
  readonly id: string;
  readonly name: string;
  /** How it margins, one line. */
  readonly rule: string;
  readonly source: string;
  /** Day of the publication, or of our copy where the page has none. */
  readonly asOf: string;
  /** Why the venue cannot hold the book, a sentence each; empty when it can. */
  readonly obstacles: (book: VenueBook) => string[];
  /** What is left out or approximate for this book. */
  readonly remarks: (book: VenueBook) => string[];
  /** @param book one that has no obstacles */
  readonly account: (book: VenueBook) => VenueAccount;
}
