import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import { accountsIn, type Branch, sumsOf } from './tree.ts';

/** Numbers below it are no places of the firm: they stand for strategies. */
const FIRST_STRATEGY = -2;

/** What no account has a tag for. */
export const UNTAGGED = 'no tag';

/** Whether a line stands for a strategy and not for a place: nothing is moved into it, limited or closed. */
export function isStrategy({ node }: FirmNodeView): boolean {
  return node <= FIRST_STRATEGY;
}

interface Tagged {
  branch: Branch;
  /** Its own and those of the places above it, by name. */
  tags: readonly string[];
}

/** The subaccounts of a tree with their tags: a tag of a group is one of all below it. */
function subaccountsIn(branch: Branch, above: readonly string[] = []): Tagged[] {
  const tags = [...new Set([...above, ...branch.node.tags])].sort();
  if (branch.node.account !== null) return [{ branch, tags }];
  return branch.children.flatMap((child) => subaccountsIn(child, tags));
}

/** Every tag that an account has, by name. */
export function tagsIn(tree: Branch): string[] {
  return [...new Set(subaccountsIn(tree).flatMap(({ tags }) => tags))].sort();
}

/** The places that hold accounts with a tag, and what stands there of those alone; limits are of all and left out. */
export function withTag(tree: Branch, tag: string): Branch | undefined {
  const kept = new Set(
    subaccountsIn(tree)
      .filter(({ tags }) => (tag === UNTAGGED ? tags.length === 0 : tags.includes(tag)))
      .map(({ branch }) => branch),
  );
  return pruned(tree, kept);
}

function pruned(branch: Branch, kept: ReadonlySet<Branch>): Branch | undefined {
  if (branch.node.account !== null) return kept.has(branch) ? branch : undefined;
  const children = branch.children.flatMap((child) => pruned(child, kept) ?? []);
  if (children.length === 0) return undefined;
  const isWhole =
    children.length === branch.children.length &&
    children.every((child, at) => child === branch.children[at]);
  return isWhole
    ? branch
    : { ...branch, children, sums: sumsOf(children.flatMap(accountsIn)), limit: undefined };
}

/**
 * The same accounts by strategy instead of by place. Those with the same tags stand together, so that each stands once
 * and the sums add up to the firm's; those without any come last.
 */
export function byStrategy(tree: Branch): Branch {
  const groups = new Map<string, Branch[]>();
  for (const { branch, tags } of subaccountsIn(tree)) {
    const name = tags.length === 0 ? UNTAGGED : tags.join(' + ');
    groups.set(name, [...(groups.get(name) ?? []), { ...branch, depth: 2 }]);
  }
  const names = [...groups.keys()].sort(
    (a, b) => Number(a === UNTAGGED) - Number(b === UNTAGGED) || (a < b ? -1 : 1),
  );
  const children = names.map((label, at): Branch => {
    const below = groups.get(label)!;
    return {
      node: {
        ...tree.node,
        node: FIRST_STRATEGY - at,
        label,
        parent: null,
        account: null,
        tags: [],
        limits: null,
        nettingWindow: null,
      },
      depth: 1,
      children: below,
      own: [],
      sums: sumsOf(below.flatMap(accountsIn)),
      limit: undefined,
    };
  });
  return { ...tree, children };
}
