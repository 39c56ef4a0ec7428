import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import type { VaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { type CutRoot, rootOfDraft } from '../../settlement/roots/rootOfDraft.ts';
import type { RootSignature, RootSigner } from '../../settlement/roots/rootSigner.ts';
import type { RootStore, SignedRoot } from '../../settlement/roots/rootStore.ts';
import { ChainContradiction } from '../../settlement/vault/depositWatcher.ts';
import { postRoot } from '../../settlement/vault/rootPoster.ts';
import { RevertError, type Sender } from '../../settlement/vault/sender.ts';
import { heartbeatS, type VaultTerms } from '../../settlement/vault/terms.ts';
import type { VaultReader, VaultState } from '../../settlement/vault/vaultReader.ts';
import { MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { askQuorum } from './askQuorum.ts';
import type { EnginePort } from './enginePort.ts';

/** When a root is cut: at once for what waits, now and then for what has changed, and always before silence freezes the vault. */
export interface Cadence {
  readonly spacingMs: number;
  readonly changedMs: number;
  readonly heartbeatMs: number;
}

/** A freeze has no way back: three roots fit into the silence that allows it. */
export function cadenceOf(terms: VaultTerms): Cadence {
  return {
    spacingMs: 10 * SECOND_MS,
    changedMs: MINUTE_MS,
    heartbeatMs: heartbeatS(terms) * SECOND_MS,
  };
}

export interface RootPorts {
  readonly engine: EnginePort;
  readonly sender: Sender;
  readonly reader: VaultReader;
  readonly store: RootStore;
  readonly domain: VaultDomain;
  readonly terms: VaultTerms;
  readonly signers: readonly RootSigner[];
  readonly threshold: number;
  /** Cuts a root. @returns what the engine says right after it; undefined when it refused */
  cut(epoch: number, parent: string): Promise<RootMaterial | undefined>;
  /** Whether something of a person has changed since the last root. */
  takeChange(): boolean;
  /** Whether somebody waits for a root later than one of this engine time, seconds. */
  isAwaited?(engineTimeS: number): boolean;
  /** Units of each asset over the vault's first so many deposits. */
  deposited(count: number): readonly bigint[];
  nowMs(): number;
  log(sentence: string): void;
}

/** A root on the chain, with its leaves. */
export interface PostedRoot {
  readonly epoch: number;
  readonly signed: SignedRoot;
  readonly cut: CutRoot;
  readonly postedAtMs: number;
}

/** A root that was cut and waits for its quorum, or failed to be posted in time. */
export interface PendingRoot {
  readonly cut: CutRoot;
  readonly signatures: readonly RootSignature[];
  readonly state: 'signing' | 'failed';
  readonly sentence: string;
}

/**
 * Brings the engine's state to the vault, one root after another: the next is cut when the last one is final. The chain says
 * what was posted and the store what was signed, so it can be killed between any two steps.
 */
export class RootCycle {
  readonly #ports: RootPorts;
  readonly #cadence: Cadence;
  #last: PostedRoot | undefined;
  #final: PostedRoot | undefined;
  #isChanged = true;
  #triedMs = 0;
  #nextMs: number | undefined;
  #pending: PendingRoot | undefined;
  /** Who signed what, by epoch. */
  readonly #signed = new Map<number, { hash: string; signers: string[] }>();

  constructor(ports: RootPorts) {
    this.#ports = ports;
    this.#cadence = cadenceOf(ports.terms);
  }

  /** The last one posted. */
  get last(): PostedRoot | undefined {
    return this.#last;
  }

  /** The last one that nobody can reject any more. */
  get final(): PostedRoot | undefined {
    return this.#final;
  }

  /** The one that is cut and not posted, at the last look. */
  get pending(): PendingRoot | undefined {
    return this.#pending;
  }

  /** When one is cut although nothing happens; undefined before the first look. */
  get nextMs(): number | undefined {
    return this.#nextMs;
  }

  /**
   * A root that was posted with its leaves, as far as they are kept: also one that is not final, for the vault freezes at
   * it if nothing comes any more.
   *
   * @param epoch undefined for the newest final one
   */
  async kept(epoch: number | undefined): Promise<PostedRoot | undefined> {
    if (epoch === undefined) return this.#final;
    if (epoch === this.#last?.epoch) return this.#last;
    const isNoted = epoch < (this.#last?.epoch ?? 0);
    return isNoted || (await this.#isSigned(epoch)) ? await this.#posted(epoch, 0) : undefined;
  }

  /** Who signed one that was posted, as far as that is kept. */
  signersOf({ epoch, hash }: { epoch: number; hash: string }): string[] {
    const signed = this.#signed.get(epoch);
    return signed?.hash === hash ? [...signed.signers] : [];
  }

  /** One look, and what is to be done now. @fails ChainError; ChainContradiction; CallError */
  async step(vault: VaultState): Promise<void> {
    await this.#note(vault);
    if (vault.isFrozen) return;
    const isPaused = vault.pausedUntilS * SECOND_MS > this.#ports.nowMs();
    if (!isPaused && (await this.#goOn(vault))) return;
    if (vault.last.epoch > vault.finalEpoch) return await this.#age(vault);
    if (isPaused) return;
    const state = await this.#ports.engine.state();
    if (this.#isDue(vault, state)) await this.#cut(vault);
  }

  async #note({ last, finalEpoch }: VaultState): Promise<void> {
    if (this.#last?.epoch !== last.epoch) this.#last = await this.#posted(last.epoch, last.postedAtS);
    if (this.#final?.epoch === finalEpoch) return;
    this.#final = finalEpoch === last.epoch ? this.#last : await this.#posted(finalEpoch, 0);
  }

  /** The next one, which whoever reads the chain may have seen there before the next look does. */
  async #isSigned(epoch: number): Promise<boolean> {
    if (epoch !== (this.#last?.epoch ?? 0) + 1) return false;
    const kept = await this.#ports.store.read(epoch);
    return kept !== undefined && kept.signatures.length >= this.#ports.threshold;
  }

  #noteSigners({ root, hash }: CutRoot, signatures: readonly RootSignature[]): void {
    this.#signed.set(root.epoch, { hash, signers: signatures.map(({ signer }) => signer).sort() });
  }

  async #posted(epoch: number, postedAtS: number): Promise<PostedRoot | undefined> {
    if (epoch === 0) return undefined;
    const signed = await this.#ports.store.read(epoch);
    if (signed === undefined) {
      this.#ports.log(`The leaves of root ${epoch} are not in the folder: proofs come with the next root.`);
      return undefined;
    }
    const cut = rootOfDraft(signed.draft, this.#ports.domain);
    this.#noteSigners(cut, signed.signatures);
    return { epoch, signed, cut, postedAtMs: postedAtS * SECOND_MS };
  }

  /**
   * What was cut for the next epoch is signed and posted for as long as the vault would take it. Another one of that epoch
   * on the same parent only comes when no signer can have signed both for one moment: that would prove it false, so a
   * quorum that was away for a while is asked about the same root again and not about a fresher one.
   *
   * @returns false where the epoch is free for another root
   */
  async #goOn({ last, block, timeS }: VaultState): Promise<boolean> {
    const { store, domain, reader, terms, deposited, nowMs } = this.#ports;
    const kept = await store.read(last.epoch + 1);
    if (kept === undefined || kept.draft.parent !== last.hash) return this.#isFree();
    const cut = rootOfDraft(kept.draft, domain);
    if (await reader.ask('isRejected', [cut.hash as `0x${string}`], block)) return this.#isFree();
    const nowS = Math.floor(nowMs() / SECOND_MS);
    const { engineTime } = cut.root;
    const overS = nowS - engineTime - terms.lag - terms.lead;
    if (!addsUp(cut, deposited(kept.draft.depositCursor)))
      return this.#waitOut(kept, cut, overS, 'was signed and counts a deposit that is gone');
    if (Math.max(timeS, nowS) > engineTime + terms.lag)
      return this.#waitOut(kept, cut, overS, 'was signed and not posted while the vault would take it');
    return await this.#bring(kept, cut);
  }

  #isFree(): false {
    this.#pending = undefined;
    return false;
  }

  /** @param overS seconds since the vault could take another one and this one at the same moment; negative, until then */
  #waitOut({ signatures }: SignedRoot, cut: CutRoot, overS: number, why: string): boolean {
    if (overS > 0 || signatures.length === 0) return false;
    const { epoch } = cut.root;
    const sentence = `Root ${epoch} ${why}. Another one is cut in ${1 - overS} s, when nobody can post both.`;
    this.#pending = { cut, signatures, state: 'failed', sentence };
    throw new ChainError(sentence);
  }

  /** Has it signed and posts it. @returns false where nobody has signed it, and a fresher one is due */
  async #bring(kept: SignedRoot, cut: CutRoot): Promise<boolean> {
    const { store, signers, threshold, nowMs } = this.#ports;
    const { epoch } = kept.draft;
    const of = (count: number) => `Root ${epoch} has ${count} of ${threshold} signatures.`;
    const { length } = kept.signatures;
    // Who looks meanwhile reads why it was not signed the last time.
    if (this.#pending?.cut.hash !== cut.hash)
      this.#pending = { cut, signatures: kept.signatures, state: 'signing', sentence: of(length) };
    const { signatures, words } = await askQuorum(signers, kept, threshold);
    if (signatures.length > length) await store.write({ ...kept, signatures });
    const sentence = [of(signatures.length), ...words].join(' ');
    this.#pending = { cut, signatures, state: 'signing', sentence };
    if (signatures.length < threshold) {
      if (signatures.length === 0 && nowMs() - kept.draft.timeMs > this.#cadence.changedMs) return false;
      throw new ChainError(sentence);
    }
    await this.#post(cut, signatures);
    this.#pending = undefined;
    return true;
  }

  async #post(cut: CutRoot, signatures: readonly RootSignature[]): Promise<void> {
    const { sender, reader, log } = this.#ports;
    // From its event on the page shows it, with who signed it.
    this.#noteSigners(cut, signatures);
    try {
      await postRoot(sender, reader.vault, cut, signatures);
    } catch (error) {
      // Posted before, in a block that was not final when it was looked for.
      if (error instanceof RevertError && error.reason === 'NotNext') return;
      if (error instanceof RevertError && error.reason === 'SumsDiffer')
        throw new ChainContradiction(
          `The vault does not take root ${cut.root.epoch}: what it counts is not what the leaves add up to.`,
        );
      throw error;
    }
    log(`root ${cut.root.epoch} is posted, of seq ${cut.root.seq}`);
  }

  /** Where nothing else happens the chain's clock stands still: an empty block makes a root final. */
  async #age({ last, timeS }: VaultState): Promise<void> {
    const finalAtS = last.postedAtS + this.#ports.terms.dispute;
    if (timeS >= finalAtS || this.#ports.nowMs() < finalAtS * SECOND_MS) return;
    await this.#ports.sender.chain.call('evm_mine', []);
  }

  #isDue({ last }: VaultState, { depositCursor, withdrawals }: SettlementState): boolean {
    this.#isChanged = this.#ports.takeChange() || this.#isChanged;
    const now = this.#ports.nowMs();
    const { spacingMs, changedMs, heartbeatMs } = this.#cadence;
    const ageMs = now - Math.max(last.postedAtS * SECOND_MS, this.#triedMs);
    // A deposit that no root counts can be taken back soon; a withdrawal in no root cannot be paid.
    const isWaiting =
      depositCursor > last.depositCursor ||
      withdrawals.some(({ seq }) => seq > last.seq) ||
      this.#ports.isAwaited?.(this.#last?.cut.root.engineTime ?? 0) === true;
    const afterMs = Math.min(heartbeatMs, isWaiting ? spacingMs : this.#isChanged ? changedMs : heartbeatMs);
    this.#nextMs = now - ageMs + afterMs;
    return last.epoch === 0 || ageMs >= afterMs;
  }

  async #cut({ last }: VaultState): Promise<void> {
    const { cut, store, domain, deposited, nowMs } = this.#ports;
    this.#triedMs = nowMs();
    const material = await cut(last.epoch + 1, last.hash);
    if (material === undefined)
      throw new ChainContradiction(
        `The engine does not cut root ${last.epoch + 1} on ${last.hash}: it has another one in its place.`,
      );
    this.#isChanged = false;
    const { draft, states } = material;
    const made = rootOfDraft(draft, domain);
    requireIdentity(made, deposited(draft.depositCursor));
    // Kept before anybody is asked: a desk that is killed now asks for the same root again.
    const kept = { draft, states, signatures: [] };
    await store.write(kept);
    await this.#bring(kept, made);
  }
}

/** Nobody is asked to sign what the vault would refuse, and an error of the books is found before it is anybody's money. */
function requireIdentity({ root }: CutRoot, deposited: readonly bigint[]): void {
  for (const [asset, sum] of root.sums.entries()) {
    if (sum === deposited[asset]) continue;
    throw new ChainContradiction(
      `Leaves of root ${root.epoch} add up to ${sum} units of asset ${asset}, and ${deposited[asset]} were deposited. It is not signed.`,
    );
  }
}

function addsUp({ root }: CutRoot, deposited: readonly bigint[]): boolean {
  return root.sums.every((sum, asset) => sum === deposited[asset]);
}
