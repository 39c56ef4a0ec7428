/** Error codes of deposits, roots and withdrawals, as in `errors.ts`: one table in two files. */
export const settlementErrors = {
  'deposit.outOfOrder': [
    155,
    'Deposits are credited in the order of the vault, none left out. Credit the one that is next.',
  ],
  'settlement.notOpen': [156, 'No vault holds the desk’s deposits yet. Withdrawals open when one does.'],
  'settlement.vaultAdopted': [157, 'The desk has its vault already. It never gets another.'],
  'settlement.otherVault': [158, 'This is not the vault that the genesis names.'],
  'root.outOfOrder': [
    159,
    'A root follows the last one, or takes its place on the same parent when it was rejected.',
  ],
  'withdrawal.unknown': [160, 'There is no such withdrawal: it was never authorised.'],
} as const satisfies Record<string, readonly [number, string]>;
