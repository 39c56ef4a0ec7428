import type { Hex, LocalAccount } from 'viem';
import type { ProofView, SettlementView, WithdrawalProofView } from '../../../protocol/views/settlement.ts';
import { walletOf } from '../../../sandbox/keys.ts';
import type { PersonRole } from '../../../sandbox/people.ts';
import type { HttpAnswer } from '../../deskClient.ts';
import { FirmPerson } from '../../firmPerson.ts';
import type { HeldLives } from './heldLives.ts';

/** The desk is not there, or its chain is not: whoever asked asks again. */
export class Away extends Error {}

const AWAY = new Set([
  'engine.notReady',
  'engine.halted',
  'outcome.unknown',
  'chain.unavailable',
  'session.required',
]);

/** @fails Away */
export function answered<T>({ status, body }: HttpAnswer<T>): T {
  if (status === 200) return body;
  const words = `${status}: ${JSON.stringify(body)}`;
  throw AWAY.has(body.error?.code ?? '') ? new Away(words) : new Error(words);
}

/** People of the firm, who sign in to each life of the desk anew, and their wallets, which speak to the chain through it. */
export class People {
  readonly #lives: HeldLives;
  #address = '';
  #signedIn = new Map<PersonRole, FirmPerson>();
  #lastNonce = 0;

  constructor(lives: HeldLives) {
    this.#lives = lives;
  }

  /** @fails Away, or whatever a desk that is ending answers */
  async person(role: PersonRole): Promise<FirmPerson> {
    if (this.#address !== this.#lives.address) this.#signedIn = new Map();
    this.#address = this.#lives.address;
    const known = this.#signedIn.get(role);
    if (known !== undefined) return known;
    const person = await FirmPerson.signInWith(this.#address, walletOf(role));
    this.#signedIn.set(role, person);
    return person;
  }

  async view(): Promise<SettlementView> {
    const { client } = await this.person('portfolio manager');
    const view = answered(await client.get<SettlementView>('/api/v1/settlement'));
    if (view.status === 'halted') throw new Error(`Settlement halted: ${view.sentence}`);
    return view;
  }

  /** By the final root; undefined while there is none. */
  async proof(account: number): Promise<ProofView | undefined> {
    const { client } = await this.person('portfolio manager');
    const answer = await client.get<ProofView>(`/api/v1/proof/final?account=${account}`);
    return answer.body.error?.code === 'root.unknown' ? undefined : answered(answer);
  }

  async withdrawalProof(nonce: number): Promise<WithdrawalProofView> {
    const { client } = await this.person('portfolio manager');
    return answered(await client.get<WithdrawalProofView>(`/api/v1/proof/final/withdrawal/${nonce}`));
  }

  /** @fails Away; Error with the chain's own words */
  async chain(method: string, params: readonly unknown[]): Promise<unknown> {
    const { client } = await this.person('portfolio manager');
    this.#lastNonce += 1;
    const body = { jsonrpc: '2.0', id: this.#lastNonce, method, params };
    const answer = answered(await client.post<{ result?: unknown }>('/api/v1/chain/rpc', body)) as {
      result?: unknown;
      error?: { message: string; data?: { code?: string } };
    };
    if (answer.error === undefined) return answer.result;
    const words = `${method}: ${answer.error.message}`;
    throw AWAY.has(answer.error.data?.code ?? '') ? new Away(words) : new Error(words);
  }

  /** A transaction that its wallet has signed, to be sent as often as it takes. */
  async signed(wallet: LocalAccount, to: string, data: Hex, nonce: number): Promise<Hex> {
    return await wallet.signTransaction({
      ...{ type: 'eip1559', chainId: (await this.view()).chainId, nonce, to: to as Hex, data },
      ...{ gas: 1_000_000n, maxFeePerGas: 20_000_000_000n, maxPriorityFeePerGas: 1n },
    });
  }

  async nonceOf(wallet: LocalAccount): Promise<number> {
    return Number(await this.chain('eth_getTransactionCount', [wallet.address, 'latest']));
  }

  /**
   * As a wallet that has lost sight of its transaction: the same bytes again.
   *
   * @returns whether it is in a block
   * @fails when it was mined and reverted
   */
  async isMined(raw: Hex, hash: Hex): Promise<boolean> {
    const found = await this.#receipt(hash);
    if (found !== null) return found;
    try {
      await this.chain('eth_sendRawTransaction', [raw]);
    } catch (error) {
      if (!/already (?:known|imported)|nonce too low/i.test((error as Error).message)) throw error;
    }
    return (await this.#receipt(hash)) ?? false;
  }

  async #receipt(hash: Hex): Promise<true | null> {
    const receipt = (await this.chain('eth_getTransactionReceipt', [hash])) as { status: Hex } | null;
    if (receipt === null) return null;
    if (receipt.status !== '0x1') throw new Error(`${hash} reverted.`);
    return true;
  }
}
