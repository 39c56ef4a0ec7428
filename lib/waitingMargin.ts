import type { OperationWire } from '../engine/protocol/wire/commands.ts';

/** Said where such an order is written: the margin shown beside it does not count it. */
export const NO_MARGIN_WORDS = 'Binds no margin while it waits; judged when it fires.';

/** An entry that waits for a mark. What only reduces needs none when it fires either. */
export function bindsNoMargin(operation: OperationWire | undefined): boolean {
  if (operation?.type !== 'PlaceOrder') return false;
  const { triggerPrice, isReduceOnly } = operation.order;
  return triggerPrice !== undefined && isReduceOnly !== true;
}
