import path from 'node:path';
import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { SettlementStatus } from '../../protocol/views/settlement.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import type { ChainStatus } from '../../settlement/chain/embeddedChain.ts';
import type { RootSigner } from '../../settlement/roots/rootSigner.ts';
import { RootStore } from '../../settlement/roots/rootStore.ts';
import { ChainContradiction, DepositWatcher, LostDeposits } from '../../settlement/vault/depositWatcher.ts';
import { Receipts } from '../../settlement/vault/receipts.ts';
import { type AskNode, SecondNode } from '../../settlement/vault/secondNode.ts';
import type { Sender } from '../../settlement/vault/sender.ts';
import type { VaultPlan } from '../../settlement/vault/terms.ts';
import type { WantedDeposit } from '../../settlement/vault/treasury.ts';
import { VaultBalances } from '../../settlement/vault/vaultBalances.ts';
import type { VaultChain } from '../../settlement/vault/vaultChain.ts';
import { depositsIn, type VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import { type VaultDemand, VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { VaultState } from '../../settlement/vault/vaultReader.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { type Buckets, readBuckets } from './buckets.ts';
import { Claims } from './claims.ts';
import { countDeposit } from './countDeposit.ts';
import { Credits } from './credits.ts';
import { type DemandLook, Demands } from './demands.ts';
import type { EnginePort } from './enginePort.ts';
import { holdingsOf } from './holdings.ts';
import { takeBackLost, takeBackReclaimed } from './mendDeposits.ts';
import { noteCaps } from './noteCaps.ts';
import { notePayments } from './notePayments.ts';
import { notesOf } from './notes.ts';
import { type OpenVault, openVault } from './openVault.ts';
import { depositedUpTo, type Holding, reconcile } from './reconcile.ts';
import { RootCycle } from './rootCycle.ts';
import { statusOf } from './statusOf.ts';
import { TakeBackOrder } from './takeBackOrder.ts';

/** A chain that says how it is. */
export interface WatchedChain extends VaultChain {
  readonly status: ChainStatus;
  readonly sentence: string;
}

export interface SettlementPorts {
  readonly chain: WatchedChain;
  readonly engine: EnginePort;
  readonly plan: VaultPlan;
  /** Of who makes the vault and mints what is deposited in a sandbox. */
  readonly sender: Sender;
  readonly signers: readonly RootSigner[];
  /** Folder of signed roots. */
  readonly dir: string;
  directory(): DirectoryView;
  cut(epoch: number, parent: string): Promise<RootMaterial | undefined>;
  takeChange(): boolean;
  /** A second node that is asked about each deposit before it is credited, where there is one. */
  readonly second?: AskNode | undefined;
  /** The vault is there: who signs its roots may begin, where that is somebody else. */
  opened?(vault: OpenVault): void;
  nowMs(): number;
  log(sentence: string): void;
}

/** How often it looks without a reason; whoever changes the chain says so. */
const LOOK_MS = 1_000;

/** What one look found, all of one moment. */
export interface Seen {
  readonly state: SettlementState;
  readonly vaultState: VaultState;
  /** By asset number. */
  readonly holdings: readonly Holding[];
  readonly buckets: Buckets;
  readonly block: {
    readonly number: number;
    readonly hash: string;
    readonly readMs: number;
    readonly timeMs: number;
  };
}

/** Everything that is there once the vault is. */
export interface Opened extends OpenVault {
  readonly watcher: DepositWatcher;
  readonly history: VaultHistory;
  readonly roots: RootCycle;
  readonly balances: VaultBalances;
  readonly receipts: Receipts;
  readonly claims: Claims;
  readonly demands: Demands;
  /** Undefined where none is named. */
  readonly second: SecondNode | undefined;
}

/**
 * The loop between engine and vault: deposits in, roots and payments out, and after each block whether both say the same.
 * What it remembers is made again from the chain and the journal; it only ever does the next thing that is missing.
 */
export class Settlement {
  readonly #ports: SettlementPorts;
  readonly #credits = new Credits();
  readonly #order: TakeBackOrder;
  #status: SettlementStatus = 'opening';
  #sentence = 'The vault is being opened.';
  #opened: Opened | undefined;
  #state: SettlementState | undefined;
  #seen: Seen | undefined;
  #wake: () => void = () => undefined;
  #isWoken = false;
  #isStopped = false;
  #loop: Promise<void> | undefined;
  #noted: ReadonlySet<string> = new Set();

  constructor(ports: SettlementPorts) {
    this.#ports = ports;
    this.#order = new TakeBackOrder(ports.dir);
  }

  get status(): SettlementStatus {
    return this.#status;
  }

  get sentence(): string {
    return this.#sentence;
  }

  /** As it is known now: a credit counts as soon as it is durable. */
  get state(): SettlementState | undefined {
    return this.#state;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** Engine and vault as they were found to agree, at one look. */
  get seen(): Seen | undefined {
    return this.#seen;
  }

  /** A deposit does not wait for a root: once engine and vault were found to agree, what comes is watched. */
  get takesDeposits(): boolean {
    return this.#seen !== undefined && (this.#status === 'opening' || this.#status === 'open');
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Returns when nothing of it is on its way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#credits.close();
    this.wake();
    await this.#loop;
  }

  /** Something has happened: the next look comes at once. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  /**
   * Puts money into the vault as anybody may in a sandbox, and returns when the engine has credited it.
   *
   * @fails RevertError; ChainError when the chain is not there, or the credit does not come in time
   */
  async deposit(want: WantedDeposit): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined || this.#status === 'halted') throw new ChainError(this.#sentence);
    const [made] = depositsIn(await opened.treasury.give(want), opened.places.vault);
    if (made === undefined) throw new ChainError('The deposit left no trace in its receipt.');
    this.wake();
    if (!this.#isCredited(made)) await this.#credits.of(made);
  }

  /** A look may have been quicker than the receipt. */
  #isCredited({ id, transactionHash }: VaultDeposit): boolean {
    const seen = this.#opened?.watcher.deposits[id];
    return seen?.transactionHash === transactionHash && id < (this.#state?.depositCursor ?? 0);
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#look();
      } catch (error) {
        if (!this.#isStopped) this.#failed(error);
      }
      await this.#pause();
    }
  }

  async #look(): Promise<void> {
    const { chain, log } = this.#ports;
    if (chain.status !== 'ok') throw new ChainError(chain.sentence);
    if (this.#opened === undefined) {
      this.#opened = this.#with(await openVault(this.#ports.engine, this.#ports.sender, this.#ports.plan));
      log(`the vault ${this.#opened.places.vault} holds what was credited`);
      this.#ports.opened?.(this.#opened);
    }
    const { watcher, history, roots, receipts, balances } = this.#opened;
    this.#state = await this.#ports.engine.state();
    await this.#lookForDeposits(watcher);
    const block = watcher.block!;
    await history.follow(block);
    const { reader } = this.#opened;
    const reclaimed = await takeBackReclaimed(
      this.#ports.engine,
      await this.#ports.engine.state(),
      history,
      (id) => reader.isReclaimed(id, block),
    );
    for (const id of reclaimed) log(`deposit ${id} was reclaimed by its owner: its credit is taken back`);
    this.#state = await this.#ports.engine.state();
    await notePayments(this.#ports.engine, this.#ports.directory(), this.#state, history, (sub, nonce) =>
      reader.isPaid(sub, nonce, block),
    );
    await noteCaps(this.#ports.engine, this.#state, history, this.#ports.plan.assets);
    await receipts.learn([
      ...watcher.deposits.map(({ transactionHash }) => transactionHash),
      ...history.roots.map(({ tx }) => tx),
      ...history.standing.map(({ tx }) => tx),
    ]);
    const vaultState = await reader.state(block);
    const timeMs = vaultState.timeS * SECOND_MS;
    const holdings = holdingsOf(watcher, history, await balances.look(block, timeMs));
    reconcile(this.#state, watcher.deposits, history, holdings, vaultState.isFrozen);
    const read = { ...block, readMs: this.#ports.nowMs(), timeMs };
    const { withdrawals } = this.#state;
    const buckets = await readBuckets(reader, this.#ports.directory(), withdrawals, history, block);
    this.#seen = { state: this.#state, vaultState, holdings, buckets, block: read };
    await this.#serveDemands(vaultState);
    await roots.step(vaultState);
    await this.#bringClaims(vaultState);
    this.#set(...statusOf(vaultState, this.#ports.nowMs(), this.#notes()));
  }

  /** What is not as it should be and stops nobody else; an alarm is in the log at once. */
  #notes(): string[] {
    const { directory, plan, log } = this.#ports;
    const notes = notesOf(this.#opened!, this.#state!, directory(), plan.assets);
    for (const note of notes) if (!this.#noted.has(note)) log(`settlement: ${note}`);
    this.#noted = new Set(notes);
    return notes;
  }

  /** Before the next root is cut, so that it has what an owner demanded. */
  async #serveDemands({ isFrozen }: VaultState): Promise<void> {
    if (!isFrozen) await this.#opened!.demands.serve(this.#demandLook());
  }

  #demandLook(): DemandLook {
    const { history, watcher, receipts } = this.#opened!;
    const { directory, nowMs } = this.#ports;
    return {
      ...{ history, state: this.#state!, block: watcher.block! },
      ...{ directory: directory(), nowMs: nowMs() },
      askedS: ({ tx }) => receipts.of(tx)?.timeS,
    };
  }

  /**
   * Who is owed a deposit that no account could take may know nothing of this desk: it is brought to them. So is what
   * an owner demanded, or the vault could be frozen for it.
   */
  async #bringClaims({ isFrozen, pausedUntilS }: VaultState): Promise<void> {
    const nowMs = this.#ports.nowMs();
    if (isFrozen || pausedUntilS * SECOND_MS > nowMs) return;
    const { claims, demands, roots } = this.#opened!;
    const returns = this.#state!.withdrawals.filter(({ sub }) => sub !== undefined);
    await claims.bring(returns, roots.final, nowMs);
    await demands.claim(this.#demandLook(), roots.final);
    await demands.end(this.#demandLook(), roots.final);
  }

  /** What is new is credited; what is lost is taken back where an operator has ordered that. */
  async #lookForDeposits(watcher: DepositWatcher): Promise<void> {
    try {
      await watcher.look();
    } catch (error) {
      if (!(error instanceof LostDeposits)) throw error;
      await takeBackLost(this.#ports.engine, error, this.#order);
      this.#ports.log(`credits of deposits ${error.ids.join(', ')} are taken back, as ordered`);
      this.#state = await this.#ports.engine.state();
      await watcher.look();
    }
    // An order that was not needed is none for another day.
    await this.#order.clear();
  }

  #with(vault: OpenVault): Opened {
    const { chain, engine, plan, sender, signers, dir, cut, takeChange, nowMs, log } = this.#ports;
    const history = new VaultHistory(chain, vault.places.vault);
    const named = { chainId: chain.chainId, vault: vault.places.vault };
    const second = this.#ports.second && new SecondNode(this.#ports.second, named);
    const claims = new Claims(sender, vault.places.vault);
    const demands = new Demands(engine, sender, vault.places.vault, vault.terms);
    const balances = new VaultBalances(chain, vault.places, plan.assets);
    const watcher: DepositWatcher = new DepositWatcher({
      chain,
      vault: vault.places.vault,
      cursor: () => this.#state!.depositCursor,
      counted: () => this.#state!.counted,
      confirms: async (deposit) =>
        (await second?.confirms(deposit)) !== false && (await balances.confirms(deposit, watcher.block!)),
      credit: async (deposit) => {
        const block = watcher.block!;
        await history.follow(block);
        const isReclaimed = (id: number) => vault.reader.isReclaimed(id, block);
        await countDeposit(engine, this.#ports.directory(), history, isReclaimed, deposit);
        this.#state = { ...this.#state!, depositCursor: deposit.id + 1 };
        this.#credits.made(deposit);
      },
    });
    const receipts = new Receipts(chain);
    const askedS = ({ tx }: VaultDemand) => receipts.of(tx)?.timeS;
    const roots = new RootCycle({
      isAwaited: (engineTimeS) => demands.isAwaited({ history, nowMs: nowMs(), askedS }, engineTimeS),
      ...{ engine, sender, signers, cut, takeChange, nowMs, log },
      reader: vault.reader,
      store: new RootStore(path.join(dir, 'roots')),
      domain: vaultDomain(chain.chainId, vault.places.vault),
      terms: vault.terms,
      threshold: plan.threshold,
      deposited: (count) => depositedUpTo(watcher.deposits, history.reclaimed, count, plan.assets.length),
    });
    return { ...vault, watcher, history, roots, balances, receipts, claims, demands, second };
  }

  #failed(error: unknown): void {
    if (error instanceof ChainContradiction) return this.#set('halted', error.message);
    if (error instanceof ChainError || error instanceof CallError)
      return this.#set(this.#opened === undefined ? 'opening' : this.#status, error.message);
    // A belief of ours is broken: money does not move until somebody has looked.
    this.#set('halted', `Settlement stands still: ${error instanceof Error ? error.message : String(error)}`);
  }

  #set(status: SettlementStatus, sentence: string): void {
    if (status === this.#status && sentence === this.#sentence) return;
    this.#status = status;
    this.#sentence = sentence;
    if (status !== 'open') this.#ports.log(`settlement: ${sentence}`);
  }

  async #pause(): Promise<void> {
    if (!this.#isWoken && !this.#isStopped)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#isWoken = false;
  }
}
