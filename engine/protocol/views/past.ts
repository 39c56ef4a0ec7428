import type { AccountView } from './account.ts';
import type { FirmView } from './firm.ts';

/** GET /api/v1/past?seq=: the firm as the engine had it behind one command, made anew from the journal. Read only. */
export interface PastView {
  seq: number;
  timeMs: number;
  /** Of the whole state there: the same as the desk published it then. */
  stateHash: string;
  firm: FirmView;
  /** Those whom the reader may see and that were there. */
  accounts: AccountView[];
  /** Where the replay began, and how many commands it took. */
  fromSeq: number;
  replayedCount: number;
}
