import {
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hashMessage,
  hashTypedData,
  type LocalAccount,
  padHex,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import { toAccount } from 'viem/accounts';
import { safeSignature } from '../cosigner/safeMessage.ts';
import { contractCode } from './contracts/contractCode.ts';
import { type Caller, CHAIN_ID, mined, personOf } from './testChain.ts';

type Name = keyof typeof contractCode;

/** Puts a contract on the chain. @param given its constructor's arguments, encoded */
export async function deployed(chain: Caller, name: Name, given: Hex = '0x'): Promise<Hex> {
  const { status, contractAddress } = await mined(chain, { data: concat([contractCode[name], given]) });
  if (status !== '0x1' || contractAddress === null) throw new Error(`${name} was not deployed`);
  return contractAddress;
}

/** How a wallet that is not there yet is made. */
export interface Making {
  readonly factory: Hex;
  readonly data: Hex;
}

const terms = parseAbiParameters('address[], uint256');
const factoryAbi = parseAbi([
  'function make(address[] owners, uint256 needed, bytes32 salt) returns (address)',
  'function addressOf(address[] owners, uint256 needed, bytes32 salt) view returns (address)',
]);

/** One person's wallet of several keys, each of somebody of the sandbox, as its owners use it. */
export class OwnersWallet {
  readonly address: Hex;
  readonly making: Making | undefined;

  private constructor(address: Hex, making?: Making) {
    this.address = address.toLowerCase() as Hex;
    this.making = making;
  }

  static async deploy(chain: Caller, owners: readonly number[], needed: number): Promise<OwnersWallet> {
    const given = encodeAbiParameters(terms, [addressesOf(owners), BigInt(needed)]);
    return new OwnersWallet(await deployed(chain, 'OwnersWallet', given));
  }

  /** One that has its address and is not there. */
  static async plan(chain: Caller, owners: readonly number[], needed: number): Promise<OwnersWallet> {
    const factory = await deployed(chain, 'OwnersWalletFactory');
    const args = [addressesOf(owners), BigInt(needed), padHex('0x01', { size: 32 })] as const;
    const data = encodeFunctionData({ abi: factoryAbi, functionName: 'make', args });
    const question = encodeFunctionData({ abi: factoryAbi, functionName: 'addressOf', args });
    const word = (await chain.call('eth_call', [{ to: factory, data: question }, 'latest'])) as Hex;
    return new OwnersWallet(`0x${word.slice(-40)}`, { factory, data });
  }

  /** Signatures of these owners over a digest, in the order the wallet wants them. */
  async sign(digest: Hex, owners: readonly number[], chainId = CHAIN_ID): Promise<Hex> {
    return await safeSignature({ chainId, address: this.address }, digest, owners.map(personOf));
  }
}

/** A wallet for whoever signs in and agrees with it: these owners sign whatever is put to it. */
export function accountOf(wallet: OwnersWallet, owners: readonly number[], chainId = CHAIN_ID): LocalAccount {
  const signed = async (digest: Hex) => {
    const inner = await wallet.sign(digest, owners, chainId);
    return wallet.making === undefined ? inner : wrapped6492(wallet.making, inner);
  };
  return toAccount({
    address: wallet.address,
    signMessage: ({ message }) => signed(hashMessage(message)),
    signTypedData: (typedData) => signed(hashTypedData(typedData as never)),
    signTransaction: () => Promise.reject(new Error('A contract sends no transactions.')),
  });
}

/** ERC-6492: how the wallet is made, what it will take as its own, and the ending that says so. */
export function wrapped6492({ factory, data }: Making, inner: Hex): Hex {
  const body = encodeAbiParameters(parseAbiParameters('address, bytes, bytes'), [factory, data, inner]);
  return concat([body, `0x${'6492'.repeat(16)}`]);
}

function addressesOf(owners: readonly number[]): Hex[] {
  return owners.map((owner) => personOf(owner).address);
}
