import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Carried } from '../../../../lib/firm/drop.ts';
import type { TreeLine } from './Tree.state.ts';

/** How a row takes part in a drag. */
export interface RowDrag {
  isHeld: boolean;
  isMovable: boolean;
  onStart: () => void;
  onEnd: () => void;
  /** Something is held over it. */
  onOver: () => void;
}

/** What letting go on a row does, or why it does nothing; undefined while nothing is dragged over it. */
export type RowDrop = { onDrop: () => void } | { forbidden: string } | undefined;

/** What a line is when it is picked up; undefined for what stays where it is. */
export function carriedOf(line: TreeLine, markets: readonly MarketView[]): Carried | undefined {
  switch (line.kind) {
    case 'branch':
      return line.branch.node.parent === null ? undefined : { is: 'node', node: line.branch.node };
    case 'position': {
      const { account, position } = line;
      const market = markets.find(({ instrument }) => instrument === position.instrument);
      return market && { is: 'position', account: account.account, position, market };
    }
    case 'balance':
      return { is: 'balance', account: line.account.account, balance: line.balance };
    case 'pot':
      // What stands in a pot moves through its own account alone.
      return undefined;
  }
}
