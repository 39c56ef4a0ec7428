import type { TreeLine } from './Tree.state.ts';

/** What a line is called. */
export function nameOfLine(line: TreeLine): string {
  switch (line.kind) {
    case 'branch':
      return line.branch.node.label;
    case 'pot':
      return `${line.account.label} (pot)`;
    case 'position':
      return line.position.name;
    case 'balance':
      return line.balance.asset;
  }
}
