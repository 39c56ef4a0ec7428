import {
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  hashMessage,
  hashTypedData,
  keccak256,
  type LocalAccount,
  parseAbi,
  parseAbiParameters,
  toHex,
} from 'viem';
import { sign, toAccount } from 'viem/accounts';
import { deployed } from './ownersWallet.ts';
import { type Caller, CHAIN_ID, mined, personOf } from './testChain.ts';

const abi = parseAbi(['function delegate(address key, uint256 until)']);
const digestTerms = parseAbiParameters('string, uint256, address, bytes32');
/** Later than any block of a test, seconds. */
const FAR = 4_000_000_000;

/** One person's wallet that is a contract, whose owner lets session keys sign. People and keys are numbers of `personOf`. */
export class SessionKeyWallet {
  readonly address: Hex;
  readonly #chain: Caller;
  readonly #owner: number;

  private constructor(chain: Caller, owner: number, address: Hex) {
    this.#chain = chain;
    this.#owner = owner;
    this.address = address.toLowerCase() as Hex;
  }

  static async deploy(chain: Caller, owner: number): Promise<SessionKeyWallet> {
    const given = encodeAbiParameters(parseAbiParameters('address'), [personOf(owner).address]);
    return new SessionKeyWallet(chain, owner, await deployed(chain, 'SessionKeyWallet', given));
  }

  /** @param untilSeconds time of the chain until which the key may sign; 0 takes it back */
  async delegate(key: number, untilSeconds = FAR): Promise<void> {
    const args = [personOf(key).address, BigInt(untilSeconds)] as const;
    const data = encodeFunctionData({ abi, functionName: 'delegate', args });
    const { status } = await mined(this.#chain, { to: this.address, data, personIndex: this.#owner });
    if (status !== '0x1') throw new Error('The owner delegated nothing.');
  }

  /** The wallet as somebody uses it who holds one of its keys, whether or not it may sign. */
  accountOf(key: number): LocalAccount {
    const signed = async (digest: Hex) => {
      const named = ['SessionKeyWallet', BigInt(CHAIN_ID), this.address, digest] as const;
      const hash = keccak256(encodeAbiParameters(digestTerms, named));
      return await sign({ hash, privateKey: toHex(personOf(key).getHdKey().privateKey!), to: 'hex' });
    };
    return toAccount({
      address: this.address,
      signMessage: ({ message }) => signed(hashMessage(message)),
      signTypedData: (typedData) => signed(hashTypedData(typedData as never)),
      signTransaction: () => Promise.reject(new Error('A contract sends no transactions.')),
    });
  }
}
