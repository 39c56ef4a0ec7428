import { encodeFunctionData, type Hex } from 'viem';
import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { RevertError, type Sender } from '../../settlement/vault/sender.ts';
import type { VaultTerms } from '../../settlement/vault/terms.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import type { VaultDemand, VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { Claims } from './claims.ts';
import { accountIn } from './creditDeposits.ts';
import type { EnginePort } from './enginePort.ts';
import type { PostedRoot } from './rootCycle.ts';

/** So often within its time one is tried again that the engine refused, or the vault. */
const TRIES = 16;
const RETRY_S_MAX = 60;

/** What a look knows when it comes to demands. */
export interface DemandLook {
  readonly directory: DirectoryView;
  readonly state: SettlementState;
  readonly history: VaultHistory;
  /** When one was made; undefined until its block is known. */
  askedS(demand: VaultDemand): number | undefined;
  /** Up to which the events were read, and the engine has heard of them. */
  readonly block: { readonly number: number };
  readonly nowMs: number;
}

/**
 * What owners demand of the vault itself is served: the engine is told, the desk brings the claims, and ends a demand
 * that was paid as far as its owner has anything. The chain and the engine remember; here is only when to try again.
 */
export class Demands {
  readonly #engine: EnginePort;
  readonly #sender: Sender;
  readonly #vault: Hex;
  readonly #claims: Claims;
  readonly #retryMs: number;
  readonly #forcedGrace: number;
  readonly #againMs = new Map<string, number>();
  readonly #refused = new Map<string, string>();

  constructor(
    engine: EnginePort,
    sender: Sender,
    vault: Hex,
    { forcedGrace }: Pick<VaultTerms, 'forcedGrace'>,
  ) {
    this.#engine = engine;
    this.#sender = sender;
    this.#vault = vault;
    this.#claims = new Claims(sender, vault);
    this.#forcedGrace = forcedGrace;
    this.#retryMs = Math.min(RETRY_S_MAX, forcedGrace / TRIES) * SECOND_MS;
  }

  /** Why the engine did not serve it when it was asked last; undefined where it did. */
  refusalOf({ sub }: Pick<VaultDemand, 'sub'>): string | undefined {
    return this.#refused.get(sub);
  }

  /** Tells the engine of each that is open and of which nothing waits to be paid. @fails CallError */
  async serve({ directory, state, history, block, nowMs, askedS }: DemandLook): Promise<void> {
    this.#forget(history);
    for (const demand of history.demands) {
      const { sub, asset, amount, target } = demand;
      const account = accountIn(directory, sub);
      if (account === undefined || this.#isTooSoon('serve', sub, nowMs)) continue;
      if (state.withdrawals.some((each) => each.account === account && each.demand === demand.block))
        continue;
      const refusal = await this.#engine.submit({
        ...{ kind: 'ServeDemand', account, asset: directory.assets[asset]!.name, amount: Number(amount) },
        ...{ block: demand.block, missing: Number(target - history.paidTo(sub, asset)), asOf: block.number },
        ...(nowMs >= this.#unwindMs(askedS(demand)) && { mayUnwind: true }),
      });
      if (refusal === undefined) this.#refused.delete(sub);
      else this.#refused.set(sub, refusal.message);
    }
  }

  /** When half of the time of one is gone, and what holds it is closed. */
  #unwindMs(askedS: number | undefined): number {
    return askedS === undefined ? Number.POSITIVE_INFINITY : unwindMsOf(askedS, this.#forcedGrace);
  }

  /** Brings claims of everything that counts for a demand: whoever demanded need not come for it. @fails ChainError */
  async claim(
    { directory, state, history, nowMs }: DemandLook,
    final: PostedRoot | undefined,
  ): Promise<void> {
    const open = new Set(history.demands.map(({ sub, asset }) => `${accountIn(directory, sub)} ${asset}`));
    const counts = ({ account, asset }: WithdrawalFacts) => open.has(`${account} ${asset}`);
    await this.#claims.bring(state.withdrawals.filter(counts), final, nowMs);
  }

  /**
   * Ends those of which all is paid that a newer final root says is there.
   *
   * @fails ChainError
   */
  async end({ history, nowMs, askedS }: DemandLook, final: PostedRoot | undefined): Promise<void> {
    if (final === undefined) return;
    const { root, accounts } = final.cut;
    for (const demand of history.standing) {
      const { sub, asset, target } = demand;
      const asked = askedS(demand);
      const index = accounts.indexOf(sub);
      if (asked === undefined || root.engineTime <= asked || index === undefined) continue;
      const leaf = accounts.leaves[index]!;
      const paid = history.paidTo(sub, asset);
      if (paid < target && paid < leaf.entitled[asset]!) continue;
      if (this.#isTooSoon('end', sub, nowMs)) continue;
      const args = [leaf, accounts.pathOf(index)];
      // Hashes are words of hex on our side, templates of them on the library's.
      const data = encodeFunctionData({ abi: vaultAbi, functionName: 'served', args } as never);
      try {
        await this.#sender.send({ what: `Ending the demand of ${sub}`, to: this.#vault, data });
      } catch (error) {
        // Somebody else was quicker, or the block that said so is not final: the next try finds out.
        if (!(error instanceof RevertError)) throw error;
      }
    }
  }

  /**
   * Whether one that is paid waits to be ended: by a root later than itself. A chain whose clock is ahead of the desk's
   * puts its demands later than the roots that have them.
   */
  isAwaited(
    { history, nowMs, askedS }: Pick<DemandLook, 'history' | 'nowMs' | 'askedS'>,
    engineTimeS: number,
  ): boolean {
    const nowS = Math.floor(nowMs / SECOND_MS);
    return history.standing.some((demand) => {
      const asked = askedS(demand);
      const isPaid = history.paidTo(demand.sub, demand.asset) >= demand.target;
      return isPaid && asked !== undefined && engineTimeS <= asked && asked < nowS;
    });
  }

  #isTooSoon(what: 'serve' | 'end', sub: string, nowMs: number): boolean {
    const key = `${what} ${sub}`;
    if (nowMs < (this.#againMs.get(key) ?? 0)) return true;
    this.#againMs.set(key, nowMs + this.#retryMs);
    return false;
  }

  /** What the vault has ended is nobody's business any more. */
  #forget({ standing }: VaultHistory): void {
    const subs = new Set(standing.map(({ sub }) => sub));
    for (const key of this.#againMs.keys()) if (!subs.has(key.split(' ')[1]!)) this.#againMs.delete(key);
    for (const sub of this.#refused.keys()) if (!subs.has(sub)) this.#refused.delete(sub);
  }
}

/** When what holds a demand is closed, by the vault's terms: half of its time is left for roots and claims. */
export function unwindMsOf(askedS: number, forcedGrace: number): number {
  return (askedS + forcedGrace / 2) * SECOND_MS;
}

/** What the vault has not paid of a demand, and what of that waits to be paid. Units. */
export function standOf(
  { sub, asset, target }: VaultDemand,
  history: Pick<VaultHistory, 'paidTo'>,
  { withdrawals }: Pick<SettlementState, 'withdrawals'>,
  directory: DirectoryView,
): { missing: bigint; onTheWay: bigint } {
  const account = accountIn(directory, sub);
  const waiting = withdrawals.filter((each) => each.account === account && each.asset === asset);
  return {
    missing: target - history.paidTo(sub, asset),
    onTheWay: waiting.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
  };
}
