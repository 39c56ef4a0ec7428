import type {
  AccountDeltaMessage,
  AccountSnapshotMessage,
  ClientMessage,
  ServerMessage,
} from '../../engine/protocol/stream.ts';
import type { LevelView, MarketStatsView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';

/** What the page asks of the feed worker. */
export type ToFeed =
  | { op: 'open'; url: string }
  | { op: 'close' }
  | { op: 'watch'; channel: Channel }
  | { op: 'unwatch'; channel: Channel }
  | { op: 'request'; message: RequestMessage };

/** A stream of the server. `markets` is one stream for all of them. */
export type Channel =
  | { kind: 'market'; key: number }
  | { kind: 'account'; key: number }
  | { kind: 'markets'; key: 0 };

/** Messages with an answer of their own. Their id is the page's. */
export type RequestMessage = Extract<ClientMessage, { op: 'command' | 'preview' }>;
export type ReplyMessage = Extract<ServerMessage, { type: 'answer' | 'preview' | 'error' }>;

/** What the feed worker tells the page. */
export type FromFeed =
  | { type: 'link'; link: Link }
  | { type: 'frame'; frame: FeedFrame }
  | { type: 'reply'; reply: ReplyMessage; receivedMs: number }
  | { type: 'lost'; ids: number[] }
  /** The desk does not know this session any more. */
  | { type: 'sessionEnded' };

/** The socket as it stands. `attempt` counts tries since it last was open. */
export type Link =
  | { state: 'connecting'; attempt: number }
  | { state: 'open'; build: string; isPaused: boolean }
  | { state: 'waiting'; attempt: number; retryAtMs: number }
  | { state: 'closed' };

/** Everything that came within 16 ms, already merged: the last book, not each delta. */
export interface FeedFrame {
  books: BookFrame[];
  trades: { instrument: number; isSnapshot: boolean; trades: TradeView[] }[];
  marks: MarkView[];
  stats: MarketStatsView[];
  accounts: (AccountSnapshotMessage | AccountDeltaMessage)[];
  pulse: Pulse;
}

/** One book at one sequence: bars and numbers of a paint come from the same one. Best first. */
export interface BookFrame {
  instrument: number;
  bids: LevelView[];
  asks: LevelView[];
  seq: number;
  /** Wall time when its last message arrived here. */
  receivedMs: number;
  /** How often the sequence had a gap and a snapshot was asked; > 0 only while one is awaited. */
  resyncs: number;
}

/** How far the server was and when it said so. */
export interface Pulse {
  seq: number;
  /** Engine time of the last command. */
  timeMs: number;
  sentMs: number;
  receivedMs: number;
  /** Round trip of the last ping; undefined until the first came back. */
  rttMs: number | undefined;
}
