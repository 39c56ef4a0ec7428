import type { Envelope } from '../protocol/commands/envelope.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';

/** One command a market wants done: price reports by the system, batches by a participant's agent. */
export type MarketStep = Envelope;

/**
 * A market that moves the desk: it submits commands like anyone else and hears durable events like anyone
 * else. It has no clock: what it does follows from its options, the times it is asked at and the events.
 */
export interface Market {
  /** How often it wants to be asked. */
  readonly stepMs: number;
  /** Takes up what is listed now. Those that only know what was listed when they began have none. */
  list?(directory: DirectoryView): void;
  /** Durable events, in order and without gaps. */
  onEvents(lanes: Float64Array): void;
  /** What is due by `nowMs`, in the order it must reach the engine. Time never goes back. */
  step(nowMs: number): MarketStep[];
}

/**
 * How fast a generated market is: `default` stretches the clocks of its order flow to what a laptop's disk
 * bears for weeks, `full` does not, `paused` sets its books up once and from then on only restores what was
 * taken from them.
 */
export type Pace = 'default' | 'full' | 'paused';
