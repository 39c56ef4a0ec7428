import { encodeFunctionData, type Hex } from 'viem';
import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import { RevertError, type Sender } from '../../settlement/vault/sender.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { withdrawalProofViewOf } from './proofs.ts';
import type { PostedRoot } from './rootCycle.ts';

/** In one look, so that dust for strangers holds up nobody. */
const CLAIMS_AT_ONCE = 8;
/** One that the vault refuses is tried again later; one that it took is noted before that. */
const RETRY_MS = MINUTE_MS;

/** Claims that the desk brings itself, where who is owed may not know of it: the vault pays the receiver and nobody else. */
export class Claims {
  readonly #sender: Sender;
  readonly #vault: Hex;
  readonly #againMs = new Map<number, number>();
  readonly #refused = new Map<number, string>();

  constructor(sender: Sender, vault: Hex) {
    this.#sender = sender;
    this.#vault = vault;
  }

  /** What the vault said of those it does not pay, by number of the withdrawal. */
  get refused(): ReadonlyMap<number, string> {
    return this.#refused;
  }

  /**
   * Brings what the newest final root has, a few at a time, oldest first.
   *
   * @fails ChainError when the chain does not answer; what the vault refuses is remembered and no error
   */
  async bring(
    wanted: readonly WithdrawalFacts[],
    final: PostedRoot | undefined,
    nowMs: number,
  ): Promise<void> {
    const open = new Set(wanted.map(({ nonce }) => nonce));
    for (const nonce of this.#againMs.keys()) {
      if (open.has(nonce)) continue;
      this.#againMs.delete(nonce);
      this.#refused.delete(nonce);
    }
    const due = wanted.filter(({ nonce }) => nowMs >= (this.#againMs.get(nonce) ?? 0));
    for (const { nonce } of due.slice(0, CLAIMS_AT_ONCE)) {
      const proof = final && withdrawalProofViewOf(final, nonce);
      if (proof === undefined) continue;
      this.#againMs.set(nonce, nowMs + RETRY_MS);
      await this.#claim(nonce, proof);
    }
  }

  async #claim(nonce: number, { epoch, withdrawal, proof }: Proof): Promise<void> {
    const { amount, seq } = withdrawal;
    const it = { ...withdrawal, nonce: BigInt(nonce), amount: BigInt(amount), seq: BigInt(seq) };
    const args = [it, BigInt(epoch), proof];
    // Hashes and addresses are words of hex on our side, templates of them on the library's.
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'claim', args } as never);
    try {
      await this.#sender.send({ what: `Claiming withdrawal ${nonce}`, to: this.#vault, data });
      this.#refused.delete(nonce);
    } catch (error) {
      if (!(error instanceof RevertError)) throw error;
      // Somebody else was quicker: the next look finds it paid.
      if (error.reason !== 'AlreadyPaid') this.#refused.set(nonce, error.reason);
    }
  }
}

type Proof = NonNullable<ReturnType<typeof withdrawalProofViewOf>>;
