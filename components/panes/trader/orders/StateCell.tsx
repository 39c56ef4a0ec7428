import { formatSize, UNKNOWN } from '../../../../lib/format.ts';
import { useOrderEnd, useOrdersToDraw } from '../../../../lib/hooks/account.ts';
import type { EndedOrder } from '../../../../lib/orderEnds.ts';
import { useOrderHeld } from '../../../../lib/stores/heldOrderStore.ts';
import { useAmending } from './amendStore.ts';
import styles from './Orders.module.css';
import { type OrderRow, stateText } from './Orders.state.ts';
import { legEndText } from './waitingLegs.ts';

/** What became of an order so far, in words; late is a state of its own. */
export function StateCell({ row }: { row: OrderRow }) {
  const isHeld = useOrderHeld(row.order?.orderId ?? 0);
  const isAmended = useAmending(row.order?.orderId ?? 0) !== undefined;
  if (row.leg !== undefined) return stateText(row);
  if (isHeld) return <span className={styles.amending}>dragging</span>;
  if (isAmended) return <span className={styles.amending}>amending</span>;
  const isLate = row.pending?.state === 'late' || row.pending?.state === 'unknown';
  return <span className={isLate ? styles.late : undefined}>{stateText(row)}</span>;
}

const endWords: Record<EndedOrder['end'], string> = {
  filled: 'filled',
  cancelled: 'cancelled',
  expired: 'expired',
  refused: 'refused',
  asking: 'being asked',
  unknown: 'not known',
};

/** Of a row that stays under a hand although its order is gone: how it went. */
export function EndCell({ row: { key, leg } }: { row: OrderRow }) {
  const end = useOrderEnd(key)?.end ?? 'unknown';
  const orders = useOrdersToDraw();
  return leg === undefined ? endWords[end] : legEndText(leg, orders);
}

/** What was filled of it in the end. */
export function EndFilledCell({ row: { key, market, leg } }: { row: OrderRow }) {
  const filledLots = useOrderEnd(key)?.filledLots;
  if (leg !== undefined) return '';
  return filledLots === undefined ? UNKNOWN : formatSize(filledLots, market);
}
