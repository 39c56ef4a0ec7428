/** Children of one radix node, and the bits of a price rank that choose among them. */
export const RADIX_WAYS = 32;
export const RADIX_BITS = 5;

/** Steps from a ladder's root to a leaf's children. Five of five bits cover every price. */
export const RADIX_DEPTH = 5;

/** Nodes that one new level may need below the root. */
export const NODES_PER_PATH = RADIX_DEPTH - 1;

/**
 * One node of the price tree. `childN` holds the row of the child plus one, 0 for none, so that a free
 * node is all zeros and can be taken without being cleared; the children of a leaf are levels.
 */
export type NodeLayout = {
  /** Bit N is set while `childN` is. */
  mask: 'i32';
  parent: 'i32';
} & Record<`child${number}`, 'i32'>;

export const NODE_LAYOUT: NodeLayout = Object.assign(
  { mask: 'i32', parent: 'i32' } as const,
  Object.fromEntries(Array.from({ length: RADIX_WAYS }, (_, slot) => [`child${slot}`, 'i32'] as const)),
);
