import type { CancelReasonName } from './enums.ts';
import type { ErrorView } from './errors.ts';
import type { AccountView, FillView, OrderView } from './views/account.ts';
import type { LargestOrderView } from './views/largestOrder.ts';
import type { MarginBookView } from './views/marginBook.ts';
import type { MarketSnapshotView, MarketStatsView, MarkView, TradeView } from './views/market.ts';
import type { PreviewView } from './views/preview.ts';
import type {
  CommandEnvelopeWire,
  OperationWire,
  OrderDraftWire,
  SizelessOrderWire,
} from './wire/commands.ts';

/**
 * The native WebSocket, `/api/v1/stream`: JSON text frames both ways.
 *
 * A channel starts with a snapshot at a sequence, then deltas whose `seq` never falls; after a break
 * the client says the last sequence it has and gets the missing deltas, or a snapshot when they are gone.
 * `prevSeq` of a delta is the `seq` of the message before it on that channel: a gap shows at once.
 */

export type ClientMessage =
  | { op: 'subscribe'; id: number; channel: 'market'; instrument: number; resumeSeq?: number }
  | { op: 'subscribe'; id: number; channel: 'account'; account: number; resumeSeq?: number }
  | { op: 'subscribe'; id: number; channel: 'markets' }
  | { op: 'unsubscribe'; id: number; channel: 'market' | 'account' | 'markets'; key: number }
  | { op: 'command'; id: number; envelope: CommandEnvelopeWire }
  | { op: 'preview'; id: number; draft: OrderDraftWire }
  /** What one command of order operations would do, all of one account. */
  | { op: 'previewOperations'; id: number; operations: OperationWire[] }
  /** The most of an order or a scale that would be accepted; no more than `lotsMax` where the asker has a bound. */
  | { op: 'largestOrder'; id: number; order: SizelessOrderWire; lotsMax?: number }
  | { op: 'ping'; id: number };

export type ServerMessage =
  | { type: 'hello'; seq: number; timeMs: number; build: string; isPaused: boolean }
  /** `seq` of a market: it was told up to there before, or what was missed comes right behind. */
  | { type: 'ok'; id: number; seq?: number }
  | { type: 'error'; id: number; error: ErrorView }
  | { type: 'pong'; id: number; seq: number; timeMs: number }
  | ({ type: 'answer'; id: number } & CommandAnswer)
  | { type: 'preview'; id: number; preview: PreviewView }
  | { type: 'largestOrder'; id: number; largestOrder: LargestOrderView }
  | MarketSnapshotMessage
  | MarketDeltaMessage
  | MarketsMessage
  | AccountSnapshotMessage
  | AccountDeltaMessage
  | HeartbeatMessage;

/** Sent twice a second on every socket: how fresh everything is, also when nothing moves. */
export interface HeartbeatMessage {
  type: 'heartbeat';
  seq: number;
  /** Engine time of the last command. */
  timeMs: number;
  /** Wall time of sending. */
  sentMs: number;
  /** What this socket was last told on each channel: a message lost on the way shows although nothing follows it. */
  markets: [instrument: number, seq: number][];
  accounts: [account: number, seq: number][];
}

export interface MarketSnapshotMessage {
  type: 'marketSnapshot';
  market: MarketSnapshotView;
}

/** Levels are absolute: [side, priceTicks, lots, orders], lots 0 removes the level. */
export interface MarketDeltaMessage {
  type: 'marketDelta';
  instrument: number;
  prevSeq: number;
  seq: number;
  timeMs: number;
  sentMs: number;
  levels: [0 | 1, number, number, number][];
  trades: TradeView[];
  mark?: MarkView;
  stats?: MarketStatsView;
}

/** Mark and stats of every market, at most twice a second: the picker and other markets' marks. */
export interface MarketsMessage {
  type: 'markets';
  seq: number;
  timeMs: number;
  marks: MarkView[];
  stats: MarketStatsView[];
}

export interface AccountSnapshotMessage {
  type: 'accountSnapshot';
  account: AccountView;
  /** What its margin was computed from, parameters included. */
  book: MarginBookView;
  fills: FillView[];
}

/** What changed at once (orders, fills) and, when the follower has recomputed it, the whole view. */
export interface AccountDeltaMessage {
  type: 'accountDelta';
  account: number;
  prevSeq: number;
  seq: number;
  timeMs: number;
  /** Orders whose state or open size changed; state filled and cancelled leave the list. */
  orders: OrderView[];
  fills: FillView[];
  /** Cancellations the account did not ask for, with what was filled before. */
  notices: { orderId: number; reason: CancelReasonName; filledLots: number }[];
  view?: AccountView;
  /** With every view; the parameters only when they changed since this client was last told. */
  book?: MarginBookView;
}

/** The engine's answer to one command, sent only after its bytes are durable. */
export interface CommandAnswer {
  seq: number;
  timeMs: number;
  /** One per operation; a single command has one. */
  results: OperationResult[];
}

export type OperationResult =
  | { status: 'refused'; error: ErrorView; clientId: string }
  | {
      status: 'resting' | 'parked' | 'filled' | 'partlyFilled' | 'cancelled' | 'amended' | 'done';
      orderId: number;
      clientId: string;
      filledLots: number;
      filledNotionalUsd: number;
      openLots: number;
      feeUsd: number;
      /** Why what was neither filled nor left open is gone; absent where nothing is. */
      endReason?: CancelReasonName;
      /** Of a scale: its orders from the first price to the last; `orderId` is the first, the sums are over all. */
      orderIds?: number[];
      /** Of what waits until others agree: its number. */
      proposal?: number;
    };
