/** When the positions below a node are crossed by themselves. Row number means nothing; a free row has no node. */
export const NETTING_LAYOUT = {
  /** NONE of a row that is free. */
  node: 'i32',
  /** A whole number of times a day. */
  everyMinutes: 'i32',
  /** Minute of the day, UTC, from which they are counted. */
  startMinute: 'i32',
  /** The next window, or the one that is open. */
  dueMs: 'f64',
  /** Of a window that is open: the instrument it looks at next. NONE while it waits. */
  instrument: 'i32',
} as const;
