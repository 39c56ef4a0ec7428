import type { KeyboardEvent, ReactNode } from 'react';
import { contextNow } from '../../../../lib/draftNow.ts';
import { classes } from '../../../ui/classes.ts';
import { type AmendDraft, legFields, legOfDraft } from './amendment.ts';
import { dropAmend, sendAmend, useAmending, writeAmend } from './amendStore.ts';
import { backTo } from './backTo.ts';
import styles from './Orders.module.css';
import type { OrderRow } from './Orders.state.ts';
import { legText } from './waitingLegs.ts';

interface AmendCellProps {
  row: OrderRow;
  field: 'priceText' | 'sizeText';
  /** As it stands while nobody writes it anew. */
  children: ReactNode;
}

const labels = { priceText: 'New price', sizeText: 'New size' };

/** A number of an order that becomes a field: Enter sends, Escape leaves, Tab goes to the next of the same order. */
export function AmendCell({ row, field, children }: AmendCellProps) {
  const { order, leg, market } = row;
  const amending = useAmending(order?.orderId ?? 0);
  if (amending === undefined || order === undefined) return children;
  // An exit is as large as its entry fills: only its price is written.
  if (leg !== undefined && field === 'sizeText') return children;
  const written: keyof AmendDraft = leg === undefined ? field : legFields[leg.role];
  const isUnread =
    leg !== undefined &&
    legOfDraft(leg.entry, leg.role, amending.draft, contextNow(order.account, market)).is === 'unreadable';
  return (
    <input
      className={classes(styles.input, isUnread && styles.unread)}
      aria-label={leg === undefined ? labels[field] : `New ${legText(leg)}`}
      aria-invalid={isUnread || undefined}
      title={
        leg &&
        'A percentage from the entry (2%) or a price; a second price behind / is its limit; empty for none'
      }
      placeholder={leg && '2%'}
      inputMode={leg === undefined ? 'decimal' : undefined}
      autoComplete="off"
      data-amends={order.orderId}
      value={amending.draft[written]}
      // biome-ignore lint/a11y/noAutofocus: the person asked to amend; this is what they change first.
      autoFocus={written === amending.first}
      onFocus={(event) => event.target.select()}
      onChange={(event) => writeAmend(order.orderId, { [written]: event.target.value })}
      onKeyDown={(event) => {
        if (!hasActed(event, row)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

function hasActed(
  { key, ctrlKey, shiftKey, currentTarget }: KeyboardEvent<HTMLInputElement>,
  row: OrderRow,
): boolean {
  const order = row.leg?.entry ?? row.order;
  if (order === undefined) return false;
  const fields = fieldsOf(currentTarget, order.orderId);
  if (key === 'Escape') {
    // The row of an exit that was not set goes with its field: the focus goes home first.
    fields[0]?.focus();
    dropAmend(order.orderId);
    return true;
  }
  if (key === 'Enter' && !ctrlKey) {
    void sendAmend(order, row.market, backTo(currentTarget));
    return true;
  }
  const next = key === 'Tab' ? fields[fields.indexOf(currentTarget) + (shiftKey ? -1 : 1)] : undefined;
  next?.focus();
  return next !== undefined;
}

/** Every field of one order that is being written, as they stand on the screen. */
function fieldsOf(field: HTMLInputElement, orderId: number): HTMLInputElement[] {
  const table = field.closest('table');
  return [...(table?.querySelectorAll<HTMLInputElement>(`input[data-amends="${orderId}"]`) ?? [])];
}
