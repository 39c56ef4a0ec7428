import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeFunctionData, type Hex } from 'viem';
import { rootDraft } from '../../core/settlement/rootDraft.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { type SettlementState, settlementStateOf } from '../../host/follower/settlementState.ts';
import { withdrawalProofViewOf } from '../../host/settlement/proofs.ts';
import { Settlement } from '../../host/settlement/settlement.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { type ErrorCode, type ErrorView, errorView } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { WithdrawalProofView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { KeySigner } from '../../settlement/roots/rootSigner.ts';
import type { AskNode } from '../../settlement/vault/secondNode.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import { depositLogs, depositOf, type VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import { FirmDesk } from '../fixtures/firmDesk.ts';
import { DepthChain } from './depthChain.ts';
import { chainFolder, openChain } from './testChain.ts';

const ROLES = ['first root signer', 'second root signer', 'third root signer'] as const;
const HEAD = `0x${'7a'.repeat(32)}`;
const PATIENCE_MS = 60_000;
const sha256 = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`;

/**
 * Settlement between a real core and a real chain, without threads and pages, whose finality, clock and honesty are the
 * test's. The engine is durable at once; settlement is made anew at each `start`, as after a kill.
 */
export class SettlementRig {
  readonly firm = new FirmDesk();
  /** Everything the engine ever said of deposits and withdrawals. */
  readonly said: EngineEvent[] = [];
  /** Sentences of the log. */
  readonly log: string[] = [];
  readonly chain: EmbeddedChain;
  /** What became of the chain's program; a machine that is too busy ends it, and every history with it. */
  readonly chainSaid: readonly string[];
  /** Whether roots are cut when they are due. */
  mayCut = true;
  /** Whether what an owner demands of the vault is served. */
  mayServe = true;
  /** Asked about each deposit from the next start on, where there is one. */
  second: AskNode | undefined;
  readonly #folder: ReturnType<typeof chainFolder>;
  #node: DepthChain;
  #settlement: Settlement | undefined;
  #offsetMs = 0;

  private constructor(folder: ReturnType<typeof chainFolder>, chain: EmbeddedChain, said: string[]) {
    this.chainSaid = said;
    this.#folder = folder;
    this.chain = chain;
    this.#node = new DepthChain(chain, 0);
    const { desk } = this.firm;
    desk.timeMs = Date.now();
    desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  }

  static async open(): Promise<SettlementRig> {
    const folder = chainFolder();
    const said: string[] = [];
    const rig = new SettlementRig(folder, await openChain(folder.dir, said, { statesKept: 10_000 }), said);
    said.length = 0;
    return rig;
  }

  async close(): Promise<void> {
    await this.#settlement?.stop();
    await this.chain.stop();
    this.#folder.remove();
  }

  /** Between the engine and the chain; it can be made to lie. */
  get node(): DepthChain {
    return this.#node;
  }

  get settlement(): Settlement {
    return this.#settlement!;
  }

  /** Folder of what settlement keeps. */
  get dir(): string {
    return path.join(this.#folder.dir, 'settlement');
  }

  /** @param confirmations blocks above a final one */
  async start(confirmations: number): Promise<void> {
    await this.#settlement?.stop();
    this.#node = new DepthChain(this.chain, confirmations);
    // Blocks are the test's.
    this.#node.withhold('evm_mine');
    const domain = vaultDomain(this.chain.chainId, this.state().vault?.address ?? this.vault);
    this.#settlement = new Settlement({
      chain: this.#node,
      engine: { state: async () => this.state(), submit: async (command) => this.submit(command) },
      plan: sandboxVault,
      sender: new Sender(this.#node, walletOf('deployer')),
      signers: ROLES.map((role) => new KeySigner(walletOf(role), domain)),
      dir: this.dir,
      directory: () => directoryOf(this.firm.desk.engine),
      cut: async (epoch, parent) => {
        if (!this.mayCut) throw new ChainError('No root is cut now.');
        if (this.submit({ kind: 'CutRoot', epoch, parent }) !== undefined) return undefined;
        return rootDraft(this.firm.desk.engine.state, HEAD, sha256);
      },
      second: this.second,
      takeChange: () => true,
      nowMs: () => this.nowMs(),
      log: (sentence) => void this.log.push(sentence),
    });
    this.#settlement.start();
  }

  get vault(): string {
    return directoryOf(this.firm.desk.engine).vault;
  }

  state(): SettlementState {
    return settlementStateOf(this.firm.desk.engine.state);
  }

  submit(command: Command): ErrorView | undefined {
    if (command.kind === 'ServeDemand' && !this.mayServe) return errorView('demand.notFree');
    const { desk } = this.firm;
    desk.timeMs = Math.max(desk.timeMs, this.nowMs());
    this.said.push(...desk.run(command));
    const code = desk.code as ErrorCode | undefined;
    return code === undefined ? undefined : errorView(code);
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Time goes by, on the chain and for the desk. */
  async pass(seconds: number): Promise<void> {
    await this.age(seconds);
    await this.catchUp();
  }

  /** Time goes by on the chain alone, in one block, to so much after the desk's clock. */
  async age(seconds: number): Promise<void> {
    const aheadMs = this.nowMs() - (await this.#chainMs());
    await this.chain.call('evm_increaseTime', [seconds + Math.max(0, Math.ceil(aheadMs / 1_000))]);
    await this.mine(1);
  }

  /** The desk's clock is the chain's: each block takes a second of it. */
  async catchUp(): Promise<void> {
    this.#offsetMs = Math.max(this.#offsetMs, (await this.#chainMs()) - Date.now());
  }

  async #chainMs(): Promise<number> {
    const block = (await this.chain.call('eth_getBlockByNumber', ['latest', false])) as { timestamp: Hex };
    return Number(block.timestamp) * 1_000;
  }

  async mine(count: number): Promise<void> {
    if (count > 0) await this.chain.call('anvil_mine', [`0x${count.toString(16)}`]);
  }

  async height(): Promise<number> {
    return Number(await this.chain.call('eth_blockNumber', []));
  }

  /** Deposits of the vault now, by its own events. */
  async held(): Promise<VaultDeposit[]> {
    return (await depositLogs(this.chain, this.vault as Hex, 0, await this.height())).map(depositOf);
  }

  /** Looks again and again. @fails when it does not come to it */
  async until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const lateMs = performance.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (performance.now() > lateMs)
        throw new Error(
          `It did not come to it: ${what}; ${this.settlement.status}: ${this.settlement.sentence} ${this.chainSaid.join(' ')}`,
        );
      this.settlement.wake();
      await delay(5);
    }
  }

  /** As its owner asks who needs nobody else. @returns its nonce */
  withdraw(account: number, amount: number): number {
    const to = addressOf('counterparty trader');
    const { desk } = this.firm;
    desk.timeMs = Math.max(desk.timeMs + 1, this.nowMs());
    desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
    const { engine } = desk;
    const deadlineMs = desk.timeMs + 60_000;
    const action = { kind: 'Withdraw', account, asset: 'USDC', amount, to, deadlineMs } as const;
    const firm = engine.state.accounts.columns.firm[account]!;
    const events = desk.run({ kind: 'Propose', firm, action }, this.firm.walletOf(to), desk.timeMs);
    this.said.push(...events);
    const authorised = events.find((event) => event.kind === 'WithdrawalAuthorised');
    if (authorised === undefined) throw new Error(`The withdrawal was refused: ${desk.code}`);
    return authorised.nonce;
  }

  /** By anybody, to its owner: a deposit that no root counts, once it is old enough. */
  async reclaim(id: number): Promise<void> {
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'reclaim', args: [BigInt(id)] });
    const sender = new Sender(this.chain, walletOf('counterparty trader'));
    await sender.send({ what: 'Reclaiming', to: this.vault as Hex, data });
  }

  /** As the owner of a subaccount sends it, whom no desk has to help: by the leaf of the final root. */
  async force(
    sub: Hex,
    asset: number,
    amount: bigint,
    owner: Parameters<typeof walletOf>[0] = 'counterparty trader',
  ): Promise<void> {
    const { leaf, path } = this.#leafOf(sub);
    const data = encodeFunctionData({
      abi: vaultAbi,
      functionName: 'force',
      args: [asset, amount, leaf, path] as never,
    });
    const sender = new Sender(this.chain, walletOf(owner));
    await sender.send({ what: 'A demand', to: this.vault as Hex, data });
  }

  /** By anybody. @fails RevertError while it is not due */
  async freezeFor(sub: Hex): Promise<void> {
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'freezeFor', args: [sub] });
    await this.#asStranger('A freeze', data);
  }

  #leafOf(sub: Hex) {
    const { accounts } = this.settlement.opened!.roots.final!.cut;
    const index = accounts.indexOf(sub)!;
    return { leaf: accounts.leaves[index]!, path: accounts.pathOf(index) };
  }

  async #asStranger(what: string, data: Hex): Promise<void> {
    const sender = new Sender(this.chain, walletOf('counterparty trader'));
    await sender.send({ what, to: this.vault as Hex, data });
  }

  /** What a withdrawal is claimed with, once it is in a final root. */
  proof(nonce: number): WithdrawalProofView | undefined {
    const root = this.settlement.opened?.roots.final;
    return root === undefined ? undefined : withdrawalProofViewOf(root, nonce);
  }

  /** A claim as anybody may send it. */
  async claim({ withdrawal, epoch, proof }: WithdrawalProofView): Promise<void> {
    const it = {
      ...withdrawal,
      ...{ sub: withdrawal.sub as Hex, to: withdrawal.to as Hex },
      ...{ nonce: BigInt(withdrawal.nonce), amount: BigInt(withdrawal.amount), seq: BigInt(withdrawal.seq) },
    };
    const data = encodeFunctionData({
      abi: vaultAbi,
      functionName: 'claim',
      args: [it, BigInt(epoch), proof as Hex[]],
    });
    const sender = new Sender(this.chain, walletOf('counterparty trader'));
    await sender.send({ what: 'A claim', to: this.vault as Hex, data });
  }
}
