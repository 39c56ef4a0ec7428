import type {
  AccountDeltaMessage,
  AccountSnapshotMessage,
  ClientMessage,
  ServerMessage,
} from '../../engine/protocol/stream.ts';
import type { MarketStatsView, MarkView, TradeView } from '../../engine/protocol/views/market.ts';
import type { AgentHandle } from '../stores/sessionStore.ts';
import type { PackedBook } from './packedBook.ts';

/** What the page asks of the feed worker. */
export type ToFeed =
  | { op: 'open'; url: string }
  | { op: 'close' }
  | { op: 'watch'; channel: Channel }
  | { op: 'unwatch'; channel: Channel }
  | { op: 'request'; message: RequestMessage }
  /** The page has drawn what it had and draws again in so long. */
  | { op: 'drawn'; restMs: number }
  /** The browser says that the network is back, or the page that it is awake. */
  | { op: 'online' };

/** What the page says to the thread of the feed itself, before it asks anything: where answers are awaited. */
export interface AwaitAnswers {
  op: 'awaitAnswers';
  /** Name of a broadcast channel of this page alone. */
  on: string;
}

/**
 * A command for the thread of the feed to sign and send. Were it signed on the page's thread, Chromium would hold the
 * signature back until the frame of the key that asked for it is painted.
 */
export interface SignAndSend {
  op: 'sign';
  id: number;
  text: string;
  agent: AgentHandle;
}

/** A stream of the server. `markets` is one stream for all of them. */
export type Channel =
  | { kind: 'market'; key: number }
  | { kind: 'account'; key: number }
  | { kind: 'markets'; key: 0 };

/** Messages with an answer of their own. Their id is the page's. */
export type RequestMessage = Extract<
  ClientMessage,
  { op: 'command' | 'preview' | 'previewOperations' | 'largestOrder' }
>;
export type ReplyMessage = Extract<ServerMessage, { type: 'answer' | 'preview' | 'largestOrder' | 'error' }>;

/** What the feed worker tells the page. */
export type FromFeed =
  | { type: 'link'; link: Link }
  | { type: 'frame'; frame: FeedFrame }
  | { type: 'reply'; reply: ReplyMessage; receivedMs: number }
  | { type: 'lost'; ids: number[] }
  | { type: 'recovered'; recovery: Recovery }
  /** The desk does not know this session any more. */
  | { type: 'sessionEnded' }
  /** A trading key that was used on this line was revoked. */
  | { type: 'keyRevoked' };

/** How a break ended: each channel either got just what it missed, or a fresh snapshot. */
export interface Recovery {
  /** From the last message before the break to everything being current again. */
  downMs: number;
  resumed: Channel[];
  resynced: Channel[];
  /** Sequence at which everything was current again. */
  seq: number;
}

/** The socket as it stands. `attempt` counts tries since it last was open. */
export type Link =
  | { state: 'connecting'; attempt: number }
  | { state: 'open'; build: string; isPaused: boolean }
  | { state: 'waiting'; attempt: number; retryAtMs: number }
  | { state: 'closed' };

/** Everything that came since the frame before, already merged: the last book, not each delta. */
export interface FeedFrame {
  books: PackedBook[];
  trades: { instrument: number; isSnapshot: boolean; trades: TradeView[] }[];
  marks: MarkView[];
  stats: MarketStatsView[];
  accounts: (AccountSnapshotMessage | AccountDeltaMessage)[];
  /** Those whose standing changed. */
  channels: ChannelStatus[];
  /** When the desk sent the first of the books' changes in this frame; undefined when no book changed as it went. */
  oldestSentMs: number | undefined;
  pulse: Pulse;
}

/** Whether the page has all there is of a channel, or holds what it had before a break. */
export interface ChannelStatus {
  channel: Channel;
  isCurrent: boolean;
  /** Wall time of the last change; while it is not current, the age of what is shown counts from here. */
  sinceMs: number;
  /** Snapshots asked for because of gaps, none of which came yet. */
  resyncs: number;
}

/** How far the server was and when it said so. */
export interface Pulse {
  seq: number;
  /** Engine time of the last command. */
  timeMs: number;
  sentMs: number;
  receivedMs: number;
  /** How much later it came than the quickest message of this connection; clocks need not agree for that. */
  delayMs: number;
  /** On all channels, in the last second. */
  messagesPerSecond: number;
  /** Round trip of the last ping; undefined until the first came back. */
  rttMs: number | undefined;
}
