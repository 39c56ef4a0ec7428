import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { OpenProposalView } from '../../../../engine/protocol/views/firm.ts';
import type {
  AccountRiskView,
  HeldBalanceView,
  HeldPositionView,
} from '../../../../engine/protocol/views/firmRisk.ts';
import { type Branch, type Sums, sumsOf } from '../../../../lib/firm/tree.ts';

interface LineBase {
  /** Stays the same while the line stands for the same thing. */
  key: string;
  depth: number;
  /** Undefined where nothing lies below. */
  isOpen?: boolean;
  /** Place of the line that this one lies below; −1 for the top. */
  parent: number;
}

/** One row: a place with its sums, a pot, or something an account holds. */
export type TreeLine =
  | (LineBase & { kind: 'branch'; branch: Branch; sums: Sums })
  | (LineBase & { kind: 'pot'; account: AccountRiskView; sums: Sums })
  | (LineBase & { kind: 'position'; account: AccountRiskView; position: HeldPositionView })
  | (LineBase & { kind: 'balance'; account: AccountRiskView; balance: HeldBalanceView });

/** Which lines a person has opened or closed themselves, by key. */
export type Opened = ReadonlyMap<string, boolean>;

/** Up to so many accounts a firm is shown whole at first; a larger one group by group. */
const SHOWN_WHOLE_MAX = 40;

/** Lines of a tree in order, without those below what is closed. */
export function treeLines(tree: Branch, opened: Opened): TreeLine[] {
  const lines: TreeLine[] = [];
  const isWhole = tree.sums.accounts <= SHOWN_WHOLE_MAX;
  const add = (branch: Branch, parent: number) => {
    const { node, depth, children, own } = branch;
    const key = `node ${node.node}`;
    const place = lines.length;
    const isAccount = node.account !== null;
    const hasBelow = isAccount ? own.some(holdsSomething) || own.length > 1 : children.length > 0;
    const isOpen = hasBelow ? (opened.get(key) ?? (!isAccount && (isWhole || depth === 0))) : undefined;
    const [first] = own;
    // A subaccount is one margin pool: its pots stand below it with their own.
    const sums = isAccount && first !== undefined ? sumsOf([first]) : branch.sums;
    lines.push({ kind: 'branch', key, depth, isOpen, parent, branch, sums });
    if (isOpen !== true) return;
    for (const child of children) add(child, place);
    if (first === undefined || !isAccount) return;
    addHeld(lines, first, depth + 1, place);
    for (const pot of own.slice(1)) addPot(lines, pot, depth + 1, place, opened);
  };
  add(tree, -1);
  return lines;
}

function holdsSomething({ positions, balances }: AccountRiskView): boolean {
  return positions.length + balances.length > 0;
}

function addPot(
  lines: TreeLine[],
  account: AccountRiskView,
  depth: number,
  parent: number,
  opened: Opened,
): void {
  const key = `pot ${account.account}`;
  const isOpen = holdsSomething(account) ? (opened.get(key) ?? false) : undefined;
  const place = lines.length;
  lines.push({ kind: 'pot', key, depth, isOpen, parent, account, sums: sumsOf([account]) });
  if (isOpen === true) addHeld(lines, account, depth + 1, place);
}

function addHeld(lines: TreeLine[], account: AccountRiskView, depth: number, parent: number): void {
  for (const position of account.positions) {
    const key = `position ${account.account} ${position.instrument}`;
    lines.push({ kind: 'position', key, depth, parent, account, position });
  }
  for (const balance of account.balances) {
    const key = `balance ${account.account} ${balance.asset}`;
    lines.push({ kind: 'balance', key, depth, parent, account, balance });
  }
}

/** What a key does to the line that has the focus: another line to go to, or one to open or close. */
export type TreeStep = { goTo: number } | { toggle: string; isOpen: boolean } | undefined;

/** The keys of a tree as screen readers teach them. */
export function stepOf(key: string, lines: readonly TreeLine[], at: number, page: number): TreeStep {
  const line = lines[at];
  if (line === undefined) return undefined;
  const last = lines.length - 1;
  const clamp = (place: number) => ({ goTo: Math.max(0, Math.min(place, last)) });
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return clamp(at - 1);
    case 'PageDown':
      return clamp(at + page);
    case 'PageUp':
      return clamp(at - page);
    case 'Home':
      return clamp(0);
    case 'End':
      return clamp(last);
    case 'ArrowRight':
      if (line.isOpen === undefined) return undefined;
      return line.isOpen ? clamp(at + 1) : { toggle: line.key, isOpen: true };
    case 'ArrowLeft':
      if (line.isOpen === true) return { toggle: line.key, isOpen: false };
      return line.parent < 0 ? undefined : clamp(line.parent);
    default:
      return undefined;
  }
}

function movesIn(action: Action): readonly { from: number; to: number }[] {
  if (action.kind === 'ChangeSet') return action.parts.filter((part) => part.kind !== 'MoveNode');
  return action.kind === 'TransferMany' ? action.transfers : [];
}

/** Open proposals that are about each place or account, by their numbers. */
export function proposalsByPlace(proposals: readonly OpenProposalView[]): {
  nodes: ReadonlyMap<number, number[]>;
  accounts: ReadonlyMap<number, number[]>;
} {
  const nodes = new Map<number, number[]>();
  const accounts = new Map<number, number[]>();
  const note = (map: Map<number, number[]>, place: number, proposal: number) => {
    const known = map.get(place) ?? [];
    if (!known.includes(proposal)) map.set(place, [...known, proposal]);
  };
  for (const { proposal, action } of proposals) {
    if ('node' in action) note(nodes, action.node, proposal);
    if ('from' in action) {
      note(accounts, action.from, proposal);
      note(accounts, action.to, proposal);
    }
    if ('account' in action) note(accounts, action.account, proposal);
    for (const { from, to } of movesIn(action))
      for (const account of [from, to]) note(accounts, account, proposal);
  }
  return { nodes, accounts };
}
