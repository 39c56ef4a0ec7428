import type { ClientId, PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';

/** @param lots size as accepted: of a reduce-only order what it can close */
export function announceAccepted(
  engine: Engine,
  c: PlaceOrder,
  op: number,
  orderId: number,
  lots: number,
): void {
  const at = engine.out.open(TAG.OrderAccepted, 16);
  const { lanes } = engine.out;
  lanes[at] = op;
  lanes[at + 1] = c.account;
  lanes[at + 2] = c.instrument;
  lanes[at + 3] = orderId;
  lanes[at + 4] = c.side;
  lanes[at + 5] = c.type;
  lanes[at + 6] = c.timeInForce;
  lanes[at + 7] = c.flags & (OrderFlag.postOnly | OrderFlag.reduceOnly);
  lanes[at + 8] = c.priceTicks;
  lanes[at + 9] = lots;
  lanes[at + 10] = c.triggerTicks;
  lanes[at + 11] = c.expiresAtMs;
  lanes[at + 12] = c.clientId0;
  lanes[at + 13] = c.clientId1;
  lanes[at + 14] = c.clientId2;
  lanes[at + 15] = c.clientId3;
}

/** What was asked for and is not done. */
type Placement = ClientId & { account: number; instrument: number };

export function announceRejected(engine: Engine, c: Placement, op: number, code: number): void {
  announce(
    engine.out,
    TAG.OrderRejected,
    op,
    c.account,
    c.instrument,
    code,
    c.clientId0,
    c.clientId1,
    c.clientId2,
    c.clientId3,
  );
}

/** @param row of an order whose new price, size and trigger are written */
export function announceAmended(
  engine: Engine,
  row: number,
  instrument: number,
  op: number,
  keptPriority: boolean,
): void {
  const c = engine.state.book.orders.columns;
  announce(
    engine.out,
    TAG.OrderAmended,
    op,
    c.account[row]!,
    instrument,
    c.id[row]!,
    c.priceTicks[row]!,
    c.openLots[row]!,
    c.triggerTicks[row]!,
    keptPriority ? 1 : 0,
  );
}
