import { accountsIn } from '../../../../lib/firm/tree.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';

interface Places {
  /** Accounts that may give and take; pots move through their own account alone. */
  accounts: readonly { account: number; label: string }[];
  accountLabel(account: number): string;
  labelOf(node: number): string;
}

/** Names of what a change is about. */
export function usePlaces(): Places {
  const nodes = useFirm()?.nodes ?? [];
  const tree = useFirmTree();
  const all = tree === undefined ? [] : accountsIn(tree);
  return {
    accounts: all.filter(({ potOf }) => potOf === null),
    accountLabel: (number) => all.find(({ account }) => account === number)?.label ?? '',
    labelOf: (number) => nodes.find(({ node }) => node === number)?.label ?? '',
  };
}
