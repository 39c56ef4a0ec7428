/**
 * Open orders by account and client id: an open-addressed hash whose slots hold order row + 1 (0 is
 * empty). It is state: after a restart a client must still cancel by its own id.
 */
export const CLIENT_ID_LAYOUT = { slot: 'i32' } as const;

/** Slots for a capacity of orders: a power of two, at most half full. */
export function clientIdSlots(orders: number): number {
  let slots = 2;
  while (slots < orders * 2) slots *= 2;
  return slots;
}
