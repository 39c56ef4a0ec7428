import { hashStruct, hashTypedData } from 'viem/utils';

/** The parts of a text that a wallet signs, as EIP-712 names them. */
export interface TypedText {
  domain: Record<string, unknown>;
  types: Record<string, { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

/** What devices show of a text they cannot read, in hex with its 0x. */
export interface DeviceHashes {
  domainHash: string;
  messageHash: string;
  /** What is signed: keccak256 of 0x1901, the domain's hash and the message's. */
  digest: string;
}

export function deviceHashes({ domain, types: given, primaryType, message }: TypedText): DeviceHashes {
  const { EIP712Domain = domainTypes(domain), ...types } = given;
  const all = { ...types, EIP712Domain };
  return {
    domainHash: hashStruct({ data: domain, primaryType: 'EIP712Domain', types: all } as never),
    messageHash: hashStruct({ data: message, primaryType, types } as never),
    digest: hashTypedData({ domain, types: all, primaryType, message } as never),
  };
}

const DOMAIN_TYPES: Readonly<Record<string, string>> = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
  salt: 'bytes32',
};

/** Wallets that leave the domain's type out mean its fields in this order. */
export function domainTypes(domain: Record<string, unknown>): { name: string; type: string }[] {
  return Object.entries(DOMAIN_TYPES)
    .filter(([name]) => domain[name] !== undefined)
    .map(([name, type]) => ({ name, type }));
}
