import path from 'node:path';
import type { Hex } from 'viem';
import type { Names } from '../../api/native/names.ts';
import type { Command } from '../../protocol/commands/types.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import type { SecondNodeView, SettlementHealthView } from '../../protocol/views/health.ts';
import type {
  EntitlementsView,
  ExitRehearsalView,
  ProofView,
  SettlementView,
  SignersView,
  WithdrawalProofView,
} from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import { nodeAt } from '../../settlement/chain/jsonRpc.ts';
import { KeySigner } from '../../settlement/roots/rootSigner.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import type { DeskChain } from '../chain.ts';
import type { Config } from '../config.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { log } from '../log.ts';
import { CallError } from '../threads/pendingCalls.ts';
import { accountIn } from './creditDeposits.ts';
import { CutRoots } from './cutRoots.ts';
import { entitlementsViewOf } from './entitlements.ts';
import { proofViewOf, withdrawalProofViewOf } from './proofs.ts';
import { Rehearsals } from './rehearsals.ts';
import { Settlement } from './settlement.ts';
import { settlementViewOf } from './settlementView.ts';
import { SignerProcesses } from './signerProcesses.ts';

export interface DeskSettlementPorts {
  readonly config: Pick<Config, 'dataDir' | 'chain' | 'secondRpc' | 'signers'>;
  readonly chain: DeskChain;
  names(): Names | undefined;
  /** At or behind everything that is durable now. */
  state(): Promise<SettlementState>;
  submit(command: Command): Promise<CommandAnswer>;
}

const ROOT_SIGNERS = ['first root signer', 'second root signer', 'third root signer'] as const;
/** What a look has begun when the desk stops; it is gone on with at the next start. */
const STOP_MS_MAX = 500;

/** The desk's settlement, where it has a chain: it opens in the background, and nobody has to wait for it. */
export class DeskSettlement {
  readonly #ports: DeskSettlementPorts;
  readonly #roots: CutRoots;
  #settlement: Settlement | undefined;
  #processes: SignerProcesses | undefined;
  #rehearsals: Rehearsals | undefined;
  #hasChanged = true;

  constructor(ports: DeskSettlementPorts) {
    this.#ports = ports;
    this.#roots = new CutRoots((command) => this.#submit(command));
    ports.chain.onRootCut((material) => this.#roots.said(material));
    ports.chain.onSent(() => this.#settlement?.wake());
  }

  /** Once commands are accepted. */
  start(): void {
    const { config, chain } = this.#ports;
    if (config.chain.kind === 'off') return;
    const embedded = chain.embedded();
    this.#rehearsals = new Rehearsals(embedded, sandboxVault);
    const { view } = this.#names();
    const domain = vaultDomain(view.chainId, view.vault);
    const dir = path.resolve(config.dataDir);
    if (config.signers === 'processes')
      this.#processes = new SignerProcesses({ dir, chain: embedded, domain }, ROOT_SIGNERS, 'risk');
    this.#settlement = new Settlement({
      chain: embedded,
      engine: { state: () => this.#ports.state(), submit: (command) => this.#submit(command) },
      plan: sandboxVault,
      sender: new Sender(embedded, walletOf('deployer')),
      signers: this.#processes?.signers ?? ROOT_SIGNERS.map((role) => new KeySigner(walletOf(role), domain)),
      dir: path.join(dir, 'settlement'),
      directory: () => this.#names().view,
      cut: (epoch, parent) => this.#roots.cut(epoch, parent),
      second: config.secondRpc === undefined ? undefined : nodeAt(config.secondRpc),
      takeChange: () => this.#takeChange(),
      opened: ({ terms }) => this.#processes?.start(terms),
      nowMs: Date.now,
      log,
    });
    this.#settlement.start();
  }

  /** Bounded. */
  async stop(): Promise<void> {
    this.#roots.close();
    this.#processes?.stop();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS_MAX);
    });
    await Promise.race([this.#settlement?.stop(), late]);
    clearTimeout(timer);
  }

  /** Something of a person has changed: the next root says so soon. */
  noteChange(): void {
    this.#hasChanged = true;
  }

  /** Whether the vault holds what was credited, as far as is known: from then on money enters through it alone. */
  async isAdopted(): Promise<boolean> {
    return (await this.#ports.state()).vault !== null;
  }

  /**
   * Puts money for an account into the vault, in a sandbox; returns when it is credited.
   *
   * @param amount in smallest units
   * @fails CallError chain.unavailable with what it waits for; amount.invalid below the least deposit
   */
  async deposit(account: number, asset: number, amount: number): Promise<void> {
    const { view } = this.#names();
    const least = sandboxVault.assets[asset]!;
    if (amount < least.minimum)
      throw new CallError({
        code: 'amount.invalid',
        message: `A deposit is at least ${least.minimum / 10 ** least.decimals} ${least.name}.`,
      });
    const owner = view.firms[view.accounts[account]!.firm]!.owner;
    try {
      if (this.#settlement === undefined) throw new ChainError('This desk runs without a chain.');
      await this.#settlement.deposit({ owner, account, asset, amount });
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      throw new CallError({ code: 'chain.unavailable', message: error.message });
    }
  }

  health(): SettlementHealthView {
    const settlement = this.#settlement;
    return {
      status: settlement?.status ?? 'off',
      sentence: settlement?.sentence ?? 'This desk runs without a chain.',
      depositCursor: settlement?.state?.depositCursor ?? 0,
      lastRoot: settlement?.opened?.roots.last?.epoch ?? 0,
      finalRoot: settlement?.opened?.roots.final?.epoch ?? 0,
      signers: this.#signers(),
      secondNode: settlement?.opened?.second?.view ?? this.#secondNode(),
    };
  }

  /** Before the vault is open, or for good. */
  #secondNode(): SecondNodeView {
    const isNamed = this.#ports.config.secondRpc !== undefined;
    return isNamed
      ? { state: 'unasked', sentence: 'It is asked once the vault is open.' }
      : { state: 'off', sentence: 'Deposits are read from one node.' };
  }

  /** @param maySee which accounts' withdrawals are shown */
  view(maySee: (account: number) => boolean): SettlementView {
    const { view } = this.#names();
    return settlementViewOf(this.#settlement, sandboxVault, view, this.#signers(), maySee);
  }

  /** @param epoch undefined for the newest final one; @returns undefined where it is not kept or has no such leaf */
  async proof(epoch: number | undefined, account: number): Promise<ProofView | undefined> {
    const { chainId, vault } = this.#names().view;
    const root = await this.#settlement?.opened?.roots.kept(epoch);
    const { accounts, firms } = this.#names().view;
    const owner = firms[accounts[account]?.firm ?? -1]?.owner;
    if (root === undefined || owner === undefined) return undefined;
    return proofViewOf(root, { chainId, vault }, subaccountId(owner, account));
  }

  /** @param epoch undefined for the newest final one; @returns undefined where it is not kept */
  async entitlements(
    epoch: number | undefined,
    maySee: (account: number) => boolean,
  ): Promise<EntitlementsView | undefined> {
    const roots = this.#settlement?.opened?.roots;
    const root = await roots?.kept(epoch);
    if (root === undefined) return undefined;
    const isFinal = root.epoch <= (roots?.final?.epoch ?? 0);
    return entitlementsViewOf(root, this.#names().view, isFinal, maySee);
  }

  async withdrawalProof(epoch: number | undefined, nonce: number): Promise<WithdrawalProofView | undefined> {
    const root = await this.#settlement?.opened?.roots.kept(epoch);
    return root === undefined ? undefined : withdrawalProofViewOf(root, nonce);
  }

  /**
   * What exits would pay if the desk ended now.
   *
   * @param escapes data of transactions, as they stand in a kit
   * @fails CallError; chain.unavailable while there is no vault
   */
  async rehearse(escapes: readonly Hex[]): Promise<ExitRehearsalView> {
    const opened = this.#settlement?.opened;
    if (opened === undefined || this.#rehearsals === undefined) {
      const { sentence } = this.health();
      throw new CallError({ code: 'chain.unavailable', message: sentence });
    }
    return await this.#rehearsals.run(opened, escapes);
  }

  /** Whose a withdrawal of a root is; −1 of what goes back to a subaccount that no account is. */
  accountOf({ withdrawal }: WithdrawalProofView): number {
    return accountIn(this.#names().view, withdrawal.sub) ?? -1;
  }

  #signers(): SignersView {
    if (this.#processes !== undefined) return this.#processes.views;
    const sentence = 'A key of the desk itself, which believes the desk.';
    const state = 'inside';
    const each = ROOT_SIGNERS.map((role) => ({ address: addressOf(role), state, seq: 0, sentence }) as const);
    return { each, guardian: null };
  }

  #takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  async #submit(command: Command): Promise<ErrorView | undefined> {
    const { results } = await this.#ports.submit(command);
    const [result] = results;
    return result?.status === 'refused' ? result.error : undefined;
  }

  #names(): Names {
    const names = this.#ports.names();
    if (names === undefined) throw new CallError('engine.notReady');
    return names;
  }
}
