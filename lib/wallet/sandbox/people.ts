/** Everyone knows these words: they are the test mnemonic of anvil, for chain 31337 on this machine only. */
export const SANDBOX_MNEMONIC = 'test test test test test test test test test test test junk';
export const SANDBOX_CHAIN_ID = 31_337;

/** Who the sandbox can be; `index` counts the mnemonic's accounts. */
export interface Person {
  index: number;
  name: string;
}

export const people: readonly Person[] = [
  { index: 1, name: 'Trader' },
  { index: 9, name: 'Firm owner' },
  { index: 2, name: 'Portfolio manager' },
  { index: 7, name: 'Auditor' },
];
