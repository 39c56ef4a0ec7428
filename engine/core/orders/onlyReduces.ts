import type { OrderCommand } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { findOrder } from '../book/openOrder.ts';
import { flagsOf } from '../book/orderTable.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Whether a command cancels, or places or changes an order that is marked to reduce a position and never to open one. */
export function onlyReduces(state: State, command: OrderCommand): boolean {
  switch (command.kind) {
    case 'PlaceOrder':
    case 'PlaceScale':
      return isReduceOnly(command.flags);
    case 'AmendOrder': {
      const row = findOrder(state.book, command.orderId);
      // What is not there is refused by the amendment itself.
      return row === NONE || isReduceOnly(flagsOf(state.book.orders.columns.packed[row]!));
    }
    case 'CancelOrder':
    case 'CancelByClientId':
    case 'CancelAll':
      return true;
  }
}

function isReduceOnly(flags: number): boolean {
  return (flags & OrderFlag.reduceOnly) !== 0;
}
