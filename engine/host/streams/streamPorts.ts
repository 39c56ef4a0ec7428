import type { CommandAnswer } from '../../protocol/stream.ts';
import type { CommandEnvelopeWire } from '../../protocol/wire/commands.ts';
import type { Lane } from '../limits.ts';
import type { Previews } from '../previews.ts';
import type { Origin } from '../sessions/origin.ts';
import type { Session } from '../sessions/session.ts';
import type { AccountFeed } from './accountFeed.ts';
import type { MarketFeeds } from './marketFeeds.ts';

/** What sockets may ask of the rest of the desk. */
export interface StreamPorts {
  readonly markets: MarketFeeds;
  readonly build: string;
  readonly isPaused: boolean;
  nowMs(): number;
  take(lane: Lane, address: string): boolean;
  isLoopbackExempt(address: string): boolean;
  maySee(session: Session | undefined, account: number): boolean;
  isRevoked(publicKey: string): boolean;
  accountFeed(account: number): AccountFeed;
  refreshViews(): void;
  submitSigned(envelope: CommandEnvelopeWire, origin: Origin): Promise<CommandAnswer>;
  readonly previews: Pick<Previews, 'preview' | 'largestOrder'>;
  flushMarket(instrument: number): void;
}
