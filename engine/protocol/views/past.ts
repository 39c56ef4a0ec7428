import type { AccountView, FillView } from './account.ts';
import type { FirmView } from './firm.ts';
import type { MarginBookView } from './marginBook.ts';
import type { MarketSnapshotView, MarkView } from './market.ts';

/** GET /api/v1/moment?asOf=: where in the journal a page of the past stands. */
export interface PastMomentView {
  seq: number;
  /** Engine time of that command. */
  timeMs: number;
  /** Of the whole state there: the same as the desk published it then. */
  stateHash: string;
  /** Where the replay began, and how many commands it took. */
  fromSeq: number;
  replayedCount: number;
}

/** GET /api/v1/past?seq=: the firm as the engine had it behind one command, made anew from the journal. Read only. */
export interface PastView extends PastMomentView {
  firm: FirmView;
  /** Those whom the reader may see and that were there. */
  accounts: AccountView[];
}

/** GET /api/v1/stream/market?instrument=&asOf=: what the stream's first words of a market would have been. */
export interface PastMarketView {
  /** Trades and the figures of the last day are no part of the state: they are empty here, and not nothing. */
  market: Pick<MarketSnapshotView, 'instrument' | 'seq' | 'bids' | 'asks'>;
  /** Of every market that was open. */
  marks: MarkView[];
}

/** GET /api/v1/stream/account?account=&asOf=: what the stream's first words of an account would have been. */
export interface PastAccountView {
  account: AccountView;
  book: MarginBookView;
  /** As the records hold them; null while they do not reach there yet, and on a desk that keeps none. */
  fills: FillView[] | null;
}
