import type { PotOfView } from '../engine/protocol/views/account.ts';

interface Branch {
  account: number;
  potOf: PotOfView | null;
}

/**
 * Accounts in their order, the pots of each right under it. A pot whose account is not among them stands as one
 * of its own: a person may be let into the pot alone.
 */
export function withPotsUnder<T extends Branch>(accounts: readonly T[]): readonly T[] {
  const known = new Set(accounts.map(({ account }) => account));
  const isTop = ({ potOf }: T) => potOf === null || !known.has(potOf.account);
  return accounts
    .filter(isTop)
    .flatMap((top) => [top, ...accounts.filter(({ potOf }) => potOf?.account === top.account)]);
}
