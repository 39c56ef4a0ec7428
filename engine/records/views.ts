import type { CancelReasonName, LedgerReasonName } from '../protocol/enums.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { FillView, OrderView } from '../protocol/views/account.ts';
import type { CandleView } from '../protocol/views/market.ts';

/** A place in an account's history: a command, and the event's place among those of the command. */
export interface Cursor {
  seq: number;
  place: number;
}

/** A page of history, newest first. The next page is asked for with the last row's place. */
export interface Page {
  /** Only what came before this; from the newest on when it is not given. */
  readonly before?: Cursor;
  readonly limit: number;
}

export interface FillRecord extends FillView, Cursor {}

/** Where an account stood in five minutes, the worst of them; see `marginWindows` for the units. */
export interface MarginWindowRecord {
  account: number;
  startMs: number;
  sigmasE4: number;
  ratioPpm: number;
  seenMinutes: number;
}

export interface FundingRecord extends Cursor {
  account: number;
  timeMs: number;
  instrument: number;
  /** Positive: received. */
  amountUsd: number;
  lotSamples: number;
  ratePpb: number;
}

export interface InterestRecord extends Cursor {
  account: number;
  timeMs: number;
  amountUsd: number;
  ratePpmYear: number;
}

export interface LedgerRecord extends Cursor {
  account: number;
  timeMs: number;
  counterAccount: number;
  asset: number;
  /** In the asset's smallest unit; positive came in. */
  amount: number;
  reason: LedgerReasonName;
  /** −1 where there is none. */
  instrument: number;
}

/** An order with what became of it. Where it stands in its queue is not history. */
export interface OrderRecord extends Omit<OrderView, 'lotsAhead'> {
  filledLots: number;
  /** Σ price in ticks × lots of its fills: times `usdPerTickLot` of the market it is what was traded. */
  filledTickLots: number;
  feeUsd: number;
  /** 0 while it is open. */
  endedSeq: number;
  endedMs: number;
  /** Empty unless it was cancelled. */
  cancelReason: CancelReasonName | '';
}

/** An order that never was one. */
export interface RejectionRecord extends Cursor {
  account: number;
  timeMs: number;
  instrument: number;
  clientId: string;
  code: ErrorCode;
}

/** What became of the last order under a client id. */
export type ClientIdRecord =
  | { kind: 'order'; order: OrderRecord }
  | { kind: 'rejection'; rejection: RejectionRecord };

export interface CandleRecord extends CandleView {
  /** Σ price in ticks × lots. */
  tickLots: number;
  tradeCount: number;
}

export interface FundingRateRecord {
  instrument: number;
  seq: number;
  timeMs: number;
  ratePpb: number;
  premiumPpb: number;
  samples: number;
}

/** Commands, both ends included, whose events are missing from these records. */
export interface Gap {
  firstSeq: number;
  lastSeq: number;
}
