import type { Hex } from 'viem';
import { errorView } from '../../protocol/errors.ts';
import type { ExitRehearsalView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { type ExitRehearsal, escapeIn, rehearseExit } from '../../settlement/vault/rehearseExit.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { type VaultPlan, weiPerUnit } from '../../settlement/vault/terms.ts';
import { CallError } from '../threads/pendingCalls.ts';
import type { OpenVault } from './openVault.ts';

/** The desk's end, tried for whoever asks; one at a time, since each is a chain of its own. */
export class Rehearsals {
  readonly #chain: EmbeddedChain;
  readonly #plan: VaultPlan;
  #isRunning = false;

  constructor(chain: EmbeddedChain, plan: VaultPlan) {
    this.#chain = chain;
    this.#plan = plan;
  }

  /**
   * @param escapes data of `escape` transactions, as they stand in a kit
   * @fails CallError request.malformed for anything else; chain.unavailable while another one runs, and when the copy
   *   cannot be made or does not freeze
   */
  async run({ places, terms }: OpenVault, escapes: readonly Hex[]): Promise<ExitRehearsalView> {
    if (!escapes.every((data) => escapeIn(data) !== undefined))
      throw new CallError(errorView('request.malformed', 'That is not a way out of this vault.'));
    if (this.#isRunning)
      throw new CallError(
        errorView('chain.unavailable', 'Somebody else rehearses now. Try again in some seconds.'),
      );
    this.#isRunning = true;
    const startedMs = performance.now();
    try {
      return await this.#chain.onCopy(async (copy) => {
        const { number: block } = await copy.settledHead();
        // Somebody with money for gas and no part in the vault's affairs.
        const sender = new Sender(copy, walletOf('trader'));
        const rehearsal = await rehearseExit(sender, places, terms, escapes);
        return this.#viewOf(rehearsal, block, performance.now() - startedMs);
      });
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      throw new CallError(errorView('chain.unavailable', error.message));
    } finally {
      this.#isRunning = false;
    }
  }

  #viewOf(
    { epoch, silenceS, freezeGas, exits }: ExitRehearsal,
    block: number,
    tookMs: number,
  ): ExitRehearsalView {
    const units = (wei: bigint, asset: number) => String(wei / weiPerUnit(this.#plan.assets[asset]!));
    return {
      ...{ epoch, block, freezeGas, silenceSec: silenceS, tookMs: Math.round(tookMs) },
      exits: exits.map(({ sub, to, receivedWei, gas, refusal }) => ({
        ...{ sub, to, gas, refusal, received: receivedWei.map(units) },
      })),
    };
  }
}
