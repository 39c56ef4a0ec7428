import type { HexAddress } from './root.ts';

/** Which vault on which chain a signature is for: EIP-712's domain. */
export interface VaultDomain {
  readonly name: 'BallastVault';
  readonly version: '1';
  readonly chainId: number;
  readonly verifyingContract: `0x${string}`;
}

/** The domain that the vault at this address gives itself. */
export function vaultDomain(chainId: number, vault: HexAddress): VaultDomain {
  return { name: 'BallastVault', version: '1', chainId, verifyingContract: vault as `0x${string}` };
}

/** What the vault verifies signatures and proofs of: EIP-712's types, fields in the order in which they are hashed. */
export const vaultTypes = {
  Root: [
    { name: 'accountsRoot', type: 'bytes32' },
    { name: 'withdrawalsRoot', type: 'bytes32' },
    { name: 'stateHash', type: 'bytes32' },
    { name: 'journalHead', type: 'bytes32' },
    { name: 'metaHash', type: 'bytes32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'seq', type: 'uint64' },
    { name: 'engineTime', type: 'uint64' },
    { name: 'depositCursor', type: 'uint64' },
    { name: 'sums', type: 'uint128[]' },
    { name: 'parent', type: 'bytes32' },
  ],
  Withdrawal: [
    { name: 'sub', type: 'bytes32' },
    { name: 'nonce', type: 'uint64' },
    { name: 'asset', type: 'uint8' },
    { name: 'amount', type: 'uint128' },
    { name: 'to', type: 'address' },
    { name: 'seq', type: 'uint64' },
  ],
  Whitelist: [
    { name: 'sub', type: 'bytes32' },
    { name: 'to', type: 'address' },
    { name: 'allow', type: 'bool' },
    { name: 'nonce', type: 'uint64' },
    { name: 'deadline', type: 'uint64' },
  ],
  Escape: [
    { name: 'sub', type: 'bytes32' },
    { name: 'to', type: 'address' },
    { name: 'epoch', type: 'uint64' },
  ],
} as const;
