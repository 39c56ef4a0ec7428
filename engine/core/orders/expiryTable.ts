/**
 * Open GTT orders by expiry, a binary heap over order rows: `row` by place in the heap, `place` by
 * order row. Ties go to the smaller order id, so that a restored engine expires in the same order.
 */
export const EXPIRY_LAYOUT = { row: 'i32', place: 'i32' } as const;
