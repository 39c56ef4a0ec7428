// A desk as it is, that stands still after one named step: its own classes, and between two of their calls a gate. Started by
// the test alone, which then kills it, its chain, a signer or the guardian, exactly there.
import path from 'node:path';
import { decodeFunctionData, type Hex, parseTransaction, type TransactionSerialized } from 'viem';
import { Gateway } from '../../../host/gateway.ts';
import { CutRoots } from '../../../host/settlement/cutRoots.ts';
import type { RootDraft } from '../../../protocol/settlement/root.ts';
import { sandboxVault } from '../../../sandbox/vault.ts';
import { EmbeddedChain } from '../../../settlement/chain/embeddedChain.ts';
import { RootStore } from '../../../settlement/roots/rootStore.ts';
import { tokenAbi, vaultAbi } from '../../../settlement/vault/vaultAbi.ts';
import { VaultReader } from '../../../settlement/vault/vaultReader.ts';
import { Gate } from './gate.ts';
import type { FlowMark, StepName } from './steps.ts';

const given = process.env.BALLAST_HOLD;
const gate = new Gate(given === undefined ? undefined : (JSON.parse(given) as FlowMark));
const roots = new RootStore(path.resolve(process.env.BALLAST_DATA ?? '', 'settlement', 'roots'));

/** Roots have the same steps, whatever they are waited for. */
const rootStep = (end: string) => `${gate.mark?.nonce ? 'withdrawal' : 'deposit'}${end}` as StepName;

function carries(draft: RootDraft | undefined): boolean {
  if (gate.mark === undefined || draft === undefined) return false;
  const { depositId, nonce } = gate.mark;
  return nonce === 0
    ? draft.depositCursor > depositId
    : draft.withdrawals.some((withdrawal) => withdrawal.nonce === nonce);
}

holdEngine();
holdRoots();
holdChain();
await import('../../../host/main.ts');

function holdEngine(): void {
  const { submitSystem, submitProven } = Gateway.prototype;
  Gateway.prototype.submitSystem = async function (command) {
    if (command.kind === 'AdoptVault') await gate.reach('openingDeposited');
    const isCredit = command.kind === 'CreditDeposit' && command.amount === gate.mark?.amount;
    const isClaim = command.kind === 'SettleWithdrawal' && command.nonce === gate.mark?.nonce;
    if (isCredit) await gate.reach('depositSeen');
    if (isClaim) await gate.reach('claimSeen');
    const answer = await submitSystem.call(this, command);
    if (command.kind === 'AdoptVault') await gate.reach('openingAdopted');
    if (isCredit) await gate.reach('depositCredited');
    if (isClaim) await gate.reach('claimNoted');
    return answer;
  };
  Gateway.prototype.submitProven = async function (envelope) {
    const { kind } = envelope.command;
    if (kind === 'Propose') await gate.reach('withdrawalAsked');
    const answer = await submitProven.call(this, envelope);
    if (answer.results.some(({ status }) => status === 'refused')) return answer;
    if (kind === 'Propose') await gate.reach('withdrawalProposed');
    if (kind === 'Decide')
      await gate.reach(gate.isAt('withdrawalAgreed') ? 'withdrawalAgreed' : 'withdrawalAuthorised');
    return answer;
  };
}

function holdRoots(): void {
  const { cut } = CutRoots.prototype;
  CutRoots.prototype.cut = async function (epoch, parent) {
    const material = await cut.call(this, epoch, parent);
    if (carries(material?.draft)) await gate.reach(rootStep('Cut'));
    return material;
  };
  const { write } = RootStore.prototype;
  RootStore.prototype.write = async function (signed) {
    const isSigned = signed.signatures.length >= sandboxVault.threshold;
    if (isSigned && carries(signed.draft)) await gate.reach(rootStep('Signed'));
    await write.call(this, signed);
    if (carries(signed.draft)) await gate.reach(rootStep(isSigned ? 'Stored' : 'Kept'));
  };
  const { state } = VaultReader.prototype;
  VaultReader.prototype.state = async function (block) {
    const seen = await state.call(this, block);
    if (gate.isAt(rootStep('RootFinal')) && carries((await roots.read(seen.finalEpoch))?.draft))
      await gate.reach(rootStep('RootFinal'));
    return seen;
  };
}

/** What a vault's maker puts on a chain, in its order: of tokens the first. */
const creations = ['vault', 'governor', 'token'] as const;
const openingStep = (name: string | undefined) =>
  name === undefined ? undefined : `opening${name[0]!.toUpperCase()}${name.slice(1)}`;

/** What a transaction is to the flow; undefined for what is nobody's or another's. */
async function stepOf(raw: unknown): Promise<string | undefined> {
  const { data, to, nonce = 0 } = parseTransaction(raw as TransactionSerialized);
  if (data === undefined) return undefined;
  if (!to) return openingStep(creations[nonce]);
  try {
    const { functionName, args } = decodeFunctionData({ abi: [...vaultAbi, ...tokenAbi], data });
    if (gate.mark?.step.startsWith('opening')) return openingStep(functionName);
    if (functionName !== 'postRoot') return functionName;
    const [{ epoch }] = args;
    return carries((await roots.read(Number(epoch)))?.draft) ? rootStep('Posted') : undefined;
  } catch {
    return undefined;
  }
}

/** The transaction whose block is to be saved before the desk stands still. */
let settling: { step: StepName; hash: Hex } | undefined;
/** Blocks with this step's transaction are not saved. */
let unsaved: StepName | undefined;

function holdChain(): void {
  const { call, save, settledHead } = EmbeddedChain.prototype;
  EmbeddedChain.prototype.call = async function (method, params, timeoutMs) {
    gate.knows(this);
    if (method !== 'eth_sendRawTransaction') return await call.call(this, method, params, timeoutMs);
    const name = await stepOf(params[0]);
    const mined = (name?.endsWith('Posted') ? name : `${name}Mined`) as StepName;
    const final = `${name}Final` as StepName;
    await gate.reach(`${name}Sent` as StepName);
    if (gate.isAt(mined)) {
      // What is being saved just now may have it in.
      await save.call(this);
      unsaved = mined;
    }
    const hash = (await call.call(this, method, params, timeoutMs)) as Hex;
    // Where nothing is killed behind the block, nobody sends it again.
    if (gate.isAt(mined) || gate.isAt(final)) settling = { step: final, hash };
    if (!gate.isAt(mined)) return hash;
    while ((await call.call(this, 'eth_getTransactionReceipt', [hash])) === null);
    await gate.reach(mined);
    return hash;
  };
  EmbeddedChain.prototype.save = async function () {
    await gate.wait(unsaved);
    await save.call(this);
  };
  EmbeddedChain.prototype.settledHead = async function () {
    const head = await settledHead.call(this);
    if (settling === undefined || !gate.isAt(settling.step)) return head;
    const receipt = (await call.call(this, 'eth_getTransactionReceipt', [settling.hash])) as {
      blockNumber: Hex;
    } | null;
    if (receipt !== null && Number(receipt.blockNumber) <= head.number) await gate.reach(settling.step);
    return head;
  };
}
