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
  'withdrawal.expired': [161, 'The deadline of the withdrawal has passed. Ask for it again.'],
  'withdrawal.notListed': [
    162,
    'The vault does not pay there: name the firm’s owner, or an address the owner listed long enough ago.',
  ],
  'withdrawal.vaultShort': [
    163,
    'The vault holds less of this asset than that. What was won in it from those who owe it comes when they pay.',
  ],
  'withdrawal.tooMany': [164, 'The firm has 64 withdrawals that wait to be paid. Claim some first.'],
  'withdrawal.notInBook': [
    170,
    'The firm’s address book has no such address. Ask for it to be listed, or withdraw to the firm’s owner.',
  ],
  'withdrawal.dayLimit': [
    171,
    'The firm would withdraw more in this day than it may. A new day begins at 00:00 UTC.',
  ],
  'withdrawal.destinationLimit': [
    172,
    'More would go to this address in this day than may. A new day begins at 00:00 UTC.',
  ],
  'withdrawal.deadlineTooSoon': [173, 'The deadline passes before the delay of the firm’s policy is over.'],
  'destination.unknown': [174, 'The firm’s address book has no such address.'],
  'destination.tooMany': [175, 'The firm’s address book is full: it holds 64. Take one out first.'],
  'account.segregated': [
    176,
    'A segregated account moves nothing to another and takes nothing from one. Deposit to it and withdraw from it through the vault.',
  ],
  'approval.notOwnersWallet': [
    165,
    'Of a withdrawal, or an address for them, the owner agrees with the wallet that owns the firm.',
  ],
  'member.ownsFirm': [
    166,
    'This wallet owns the firm and signs its withdrawals. It stays, and so does its member.',
  ],
  'deposit.unknown': [
    190,
    'The desk does not remember this deposit: it was counted too long ago to be taken back. Bring the chain’s saved state back.',
  ],
  'firm.vaultAdopted': [
    191,
    'A vault holds deposits: nobody signs a root of a desk that lets in firms or people by itself. Members are admitted by their firm.',
  ],
  'withdrawal.overVaultCap': [
    196,
    'The vault never pays that much of this asset at once, however long one waits. Withdraw it in pieces that fit.',
  ],
  'demand.outOfDate': [
    197,
    'The account made a later demand, or this one was another when it was served before. Read the vault’s events again.',
  ],
  'demand.served': [198, 'All that is missing of the demand is on its way. It is paid once a root has it.'],
  'demand.notFree': [
    199,
    'Nothing of it is free: margin of orders and positions holds it, or it is not there. It is served once it is free.',
  ],
} as const satisfies Record<string, readonly [number, string]>;
