import { type Hex, hashStruct, hashTypedData } from 'viem';
import type { HexAddress, HexWord, RootStruct, VaultWithdrawal } from '../../protocol/settlement/root.ts';
import { type VaultDomain, vaultTypes } from '../../protocol/settlement/vaultMessages.ts';

/** What the next root names as its parent, and what the vault keeps of this one. */
export function rootStructHash(root: RootStruct): Hex {
  return hashStruct({ types: vaultTypes, primaryType: 'Root', data: messageOf(root) });
}

/** What a signer of roots signs. */
export function rootDigest(domain: VaultDomain, root: RootStruct): Hex {
  return hashTypedData({ domain, types: vaultTypes, primaryType: 'Root', message: messageOf(root) });
}

/** A leaf of `withdrawalsRoot`. */
export function withdrawalDigest(domain: VaultDomain, withdrawal: VaultWithdrawal): Hex {
  const message = {
    ...withdrawal,
    sub: withdrawal.sub as Hex,
    to: withdrawal.to as Hex,
    nonce: BigInt(withdrawal.nonce),
    seq: BigInt(withdrawal.seq),
  };
  return hashTypedData({ domain, types: vaultTypes, primaryType: 'Withdrawal', message });
}

/** What an owner signs so that a destination may be paid, or no longer. */
export function whitelistDigest(
  domain: VaultDomain,
  it: { sub: HexWord; to: HexAddress; allow: boolean; nonce: number; deadlineS: number },
): Hex {
  const message = {
    sub: it.sub as Hex,
    to: it.to as Hex,
    allow: it.allow,
    nonce: BigInt(it.nonce),
    deadline: BigInt(it.deadlineS),
  };
  return hashTypedData({ domain, types: vaultTypes, primaryType: 'Whitelist', message });
}

/** What an owner signs so that an escape pays to another address. */
export function escapeDigest(domain: VaultDomain, it: { sub: HexWord; to: HexAddress; epoch: number }): Hex {
  const message = { sub: it.sub as Hex, to: it.to as Hex, epoch: BigInt(it.epoch) };
  return hashTypedData({ domain, types: vaultTypes, primaryType: 'Escape', message });
}

function messageOf(root: RootStruct) {
  return {
    accountsRoot: root.accountsRoot as Hex,
    withdrawalsRoot: root.withdrawalsRoot as Hex,
    stateHash: root.stateHash as Hex,
    journalHead: root.journalHead as Hex,
    metaHash: root.metaHash as Hex,
    epoch: BigInt(root.epoch),
    seq: BigInt(root.seq),
    engineTime: BigInt(root.engineTime),
    depositCursor: BigInt(root.depositCursor),
    sums: root.sums,
    parent: root.parent as Hex,
  };
}
