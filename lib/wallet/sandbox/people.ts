/** Everyone knows these words: they are the test mnemonic of anvil, for chain 31337 on this machine only. */
export const SANDBOX_MNEMONIC = 'test test test test test test test test test test test junk';
export const SANDBOX_CHAIN_ID = 31_337;

/** Who the sandbox can be; `index` counts the mnemonic's accounts. */
export interface Person {
  index: number;
  name: string;
}

/** By what they do. Deployer and root signers sign in nowhere: they are nobody's members. */
export const peopleByGroup: readonly { group: string; people: readonly Person[] }[] = [
  {
    group: 'Trading',
    people: [
      { index: 1, name: 'Trader' },
      { index: 2, name: 'Portfolio manager' },
      { index: 10, name: 'Second portfolio manager' },
    ],
  },
  {
    group: 'Risk',
    people: [
      { index: 3, name: 'Risk' },
      { index: 11, name: 'Second risk' },
    ],
  },
  {
    group: 'Operations',
    people: [
      { index: 4, name: 'Ops maker' },
      { index: 5, name: 'Ops approver' },
      { index: 12, name: 'Second ops approver' },
      { index: 6, name: 'Treasury signer' },
      { index: 13, name: 'Second treasury signer' },
    ],
  },
  {
    group: 'Governance',
    people: [
      { index: 9, name: 'Firm owner' },
      { index: 8, name: 'Admin' },
      { index: 14, name: 'Second admin' },
      { index: 15, name: 'Third admin' },
      { index: 7, name: 'Auditor' },
    ],
  },
  { group: 'Another firm', people: [{ index: 19, name: 'Counterparty trader' }] },
];

export const SANDBOX_RDNS = 'local.ballast.sandbox';

/** What EIP-6963 calls a person's wallet. */
export function walletIdOf({ index }: Person): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
