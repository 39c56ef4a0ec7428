import { FEES, INSURANCE } from '../../core/ledger/systemAccounts.ts';
import type { SignedRoot } from '../../settlement/roots/rootStore.ts';

/** What an unwind would leave, by whose it is; units of one asset. */
export interface Shares {
  readonly own: bigint;
  readonly others: bigint;
  readonly insurance: bigint;
  readonly fees: bigint;
}

/**
 * What the leaves of a root leave whom, less what was authorised to leave and is no longer anybody's equity.
 *
 * @param accountOf a subaccount, undefined of one that no account is
 * @param isOwn of an account
 * @param name of the asset, as the states of the accounts name it
 */
export function sharesOf(
  { draft, states }: SignedRoot,
  asset: number,
  name: string,
  accountOf: (sub: string) => number | undefined,
  isOwn: (account: number) => boolean,
): Shares {
  const shares = { own: 0n, others: 0n, insurance: 0n, fees: 0n };
  for (const [index, { sub, entitled }] of draft.leaves.entries()) {
    const account = accountOf(sub);
    const left = entitled[asset]! - goneOf(states[index]!.text, name);
    if (account === INSURANCE) shares.insurance += left;
    else if (account === FEES) shares.fees += left;
    else if (account !== undefined && isOwn(account)) shares.own += left;
    else shares.others += left;
  }
  return shares;
}

/** What was authorised to leave; of whom no account belongs, all that went back to them. */
function goneOf(text: string, name: string): bigint {
  const { authorised, returned } = JSON.parse(text) as {
    authorised?: Record<string, number>;
    returned?: Record<string, string>;
  };
  return BigInt(authorised?.[name] ?? returned?.[name] ?? 0);
}
