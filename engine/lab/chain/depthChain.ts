import { ChainError } from '../../settlement/chain/chainError.ts';
import type { ChainStatus } from '../../settlement/chain/embeddedChain.ts';
import type { BlockName } from '../../settlement/chain/savedState.ts';
import type { VaultChain } from '../../settlement/vault/vaultChain.ts';

type Bend = (answer: unknown, params: readonly unknown[]) => unknown;

/** A chain whose blocks are final once so many are above them, and which can be made to lie. */
export class DepthChain implements VaultChain {
  readonly chainId: number;
  readonly status: ChainStatus = 'ok';
  readonly sentence = 'The chain answers.';
  readonly #chain: Pick<VaultChain, 'call' | 'chainId'>;
  readonly #confirmations: number;
  readonly #withheld = new Set<string>();
  readonly #bends = new Map<string, Bend>();

  constructor(chain: Pick<VaultChain, 'call' | 'chainId'>, confirmations: number) {
    this.#chain = chain;
    this.chainId = chain.chainId;
    this.#confirmations = confirmations;
  }

  /** From now on answers to a method pass through here. */
  bend(method: string, bend: Bend): void {
    this.#bends.set(method, bend);
  }

  straighten(): void {
    this.#bends.clear();
  }

  /** From now on a method is answered and not carried out. */
  withhold(method: string): void {
    this.#withheld.add(method);
  }

  async call(method: string, params: readonly unknown[]): Promise<unknown> {
    if (this.#withheld.has(method)) return null;
    const answer = await this.#chain.call(method, params);
    return (await this.#bends.get(method)?.(answer, params)) ?? answer;
  }

  async settledHead(): Promise<BlockName> {
    const latest = Number(await this.call('eth_blockNumber', []));
    const number = Math.max(0, latest - this.#confirmations);
    const block = (await this.call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])) as {
      hash: string;
    } | null;
    if (block === null) throw new ChainError(`The chain names block ${number} and does not have it.`);
    return { number, hash: block.hash };
  }
}

/** An engine that only counts what is credited, as the core does: in order, each once, durable when it returns. */
export class CreditBook {
  readonly credited: { sub: string; asset: number; amount: number }[];

  constructor(before: readonly { sub: string; asset: number; amount: number }[] = []) {
    this.credited = [...before];
  }

  cursor = () => this.credited.length;
  counted = () => this.credited.flatMap((each, id) => (each.sub === '' ? [] : [{ ...each, id }]));
  credit = async ({ id, sub, asset, amount }: { id: number; sub: string; asset: number; amount: number }) => {
    if (id !== this.credited.length) throw new Error(`credit ${id} comes after ${this.credited.length}`);
    this.credited.push({ sub, asset, amount });
  };
}
