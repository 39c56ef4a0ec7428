import { concat, type Hex, hashTypedData, type LocalAccount } from 'viem';

const types = { SafeMessage: [{ name: 'message', type: 'bytes' }] } as const;

/** A Safe: on which chain, and where. */
export interface SafeAt {
  readonly chainId: number;
  readonly address: Hex;
}

/** What the owners of a Safe sign for a digest that others put to `isValidSignature`: it names the Safe and its chain. */
function safeMessageHash({ chainId, address }: SafeAt, digest: Hex): Hex {
  const domain = { chainId, verifyingContract: address };
  return hashTypedData({ domain, types, primaryType: 'SafeMessage', message: { message: digest } });
}

/** Signatures of owners over a digest, in the order a Safe wants them: owners ascending, 65 bytes each. */
export async function safeSignature(
  safe: SafeAt,
  digest: Hex,
  owners: readonly Pick<LocalAccount, 'address' | 'sign'>[],
): Promise<Hex> {
  const hash = safeMessageHash(safe, digest);
  const ascending = [...owners].sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
  return concat(['0x', ...(await Promise.all(ascending.map((owner) => owner.sign!({ hash }))))]);
}
