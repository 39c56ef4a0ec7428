/** EIP-712 typed data in the JSON form that wallets take: numbers as decimal strings. */
export interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface TypedDataDomain {
  readonly name: 'Ballast';
  readonly version: '1';
  readonly chainId: number;
  readonly verifyingContract: string;
}

/** The domain of a desk: chain and vault, so that nothing signed for one is good for another. */
export function domainOf({ chainId, vault }: { chainId: number; vault: string }): TypedDataDomain {
  return { name: 'Ballast', version: '1', chainId, verifyingContract: vault };
}
