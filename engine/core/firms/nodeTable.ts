/** A place in a firm's tree: its root, a group, or a subaccount. Row number = node number. */
export const NODE_LAYOUT = {
  firm: 'i32',
  /** NONE for the root. */
  parent: 'i32',
  /** Of a subaccount: its account. NONE for a root and a group. */
  account: 'i32',
  /** Head of the list of what lies directly below, newest first. */
  firstChild: 'i32',
  nextSibling: 'i32',
  /** Steps up to the root. */
  depth: 'i32',
  /** Its own NodeState; what holds of an account below is the strictest on the way up. */
  state: 'i32',
  /** Row of its limits, NONE for none. */
  limits: 'i32',
} as const;
