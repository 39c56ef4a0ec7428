import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { FirmNodeView } from '../../../../engine/protocol/views/firm.ts';
import type { PastView } from '../../../../engine/protocol/views/past.ts';

/** A place of the tree as it was, with the account that stood there. */
export interface PastNode {
  readonly node: FirmNodeView;
  readonly depth: number;
  readonly account: AccountView | undefined;
}

/** The tree from its root down, each node right under the one it belongs to. */
export function pastTree({ firm, accounts }: PastView): PastNode[] {
  const below = (parent: number | null, depth: number): PastNode[] =>
    firm.nodes
      .filter((node) => node.parent === parent)
      .flatMap((node) => [
        { node, depth, account: accounts.find(({ account }) => account === node.account) },
        ...below(node.node, depth + 1),
      ]);
  return below(null, 0);
}

/** Limits as they were set, whichever there are. */
export function limitWords({ limits }: FirmNodeView): string {
  if (limits === null) return 'none of its own';
  const words = (name: string, set: object) =>
    Object.keys(set).length === 0 ? [] : [`${name} ${JSON.stringify(set)}`];
  return [...words('hard', limits.hard), ...words('soft', limits.soft)].join('; ') || 'none of its own';
}
