import type { PlaceOverLimit } from '../../protocol/commands/actions.ts';
import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import type { Engine } from '../engine.ts';
import { judgeOwnAccount } from '../moves/judgeSides.ts';
import { tryOrder } from './placeOrder.ts';

/** Place in a batch of what no request of its own asked for. */
const NO_REQUEST = -1;

/**
 * Places an order that others have agreed to: soft limits do not hold it, everything else does.
 *
 * Refusals: account.unknown, move.foreignAccount, parameters.invalid, then those of PlaceOrder.
 */
export function placeOverLimit(engine: Engine, firm: number, action: PlaceOverLimit): number {
  const { intent, state } = engine;
  const code = judgeOwnAccount(state, firm, action.account);
  if (code !== OK) return code;
  if (!areNumbersValid(action)) return refusal['parameters.invalid'];
  intent.isApproved = true;
  const placed = tryOrder(engine, orderOf(action), NO_REQUEST);
  intent.isApproved = false;
  return placed;
}

function areNumbersValid({ instrument, priceTicks, sizeLots, side, timeInForce }: PlaceOverLimit): boolean {
  return (
    [instrument, priceTicks, sizeLots].every((number) => isIntegerIn(number, 0, 2_147_483_647)) &&
    Object.hasOwn(Side, side) &&
    ['gtc', 'ioc', 'fok'].includes(timeInForce)
  );
}

function orderOf({
  account,
  instrument,
  side,
  priceTicks,
  sizeLots,
  timeInForce,
}: PlaceOverLimit): PlaceOrder {
  return {
    kind: 'PlaceOrder',
    account,
    instrument,
    side: Side[side],
    type: OrderType.limit,
    timeInForce: TimeInForce[timeInForce],
    selfTrade: SelfTrade.expireTaker,
    flags: 0,
    priceTicks,
    sizeLots,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}
