import type { ByteReader } from '../protocol/bytes.ts';
import type { OrderScratch } from '../protocol/commands/hotCodec.ts';
import type { Access } from './accounts/access.ts';
import type { Fill } from './accounts/fill.ts';
import type { RiskDesk } from './accounts/riskDesk.ts';
import type { OnEntry } from './book/commitPlan.ts';
import type { MakerFacts } from './book/match.ts';
import type { OrderDraft } from './book/openOrder.ts';
import type { PartRefused } from './moves/partRefused.ts';
import type { OrderWriter } from './orders/orderWriter.ts';
import type { Touched } from './orders/touched.ts';

/**
 * A state and everything a thread needs to work on it. Only `state` is saved, hashed and forked; the
 * rest is scratch that is rebuilt from it or emptied between commands.
 */
export interface Engine extends OrderWriter {
  readonly draft: OrderDraft;
  /** The side of a trade that is being booked; scratch. */
  readonly fill: Fill;
  readonly touched: Touched;
  /** Rows of brackets whose closing orders have yet to follow; empty between commands. */
  readonly touchedBrackets: number[];
  readonly reader: ByteReader;
  readonly orders: OrderScratch;
  readonly access: Access;
  readonly risk: RiskDesk;
  readonly makerFacts: MakerFacts;
  readonly onEntry: OnEntry;
  /** What stood in the way of the change set that was judged last; scratch. */
  readonly partRefused: PartRefused;
}
