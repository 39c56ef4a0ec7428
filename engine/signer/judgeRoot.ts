import type { Hex } from 'viem';
import type { BlockName } from '../settlement/chain/savedState.ts';
import type { VaultReader } from '../settlement/vault/vaultReader.ts';
import { askContract } from '../settlement/wallets/contractSignature.ts';
import { SECOND_MS } from '../units/time.ts';
import { requireDemands } from './judgeDemands.ts';
import type { NoteBook, OwnRoot, ProofNote } from './notes.ts';
import type { Bounds, SignedRoots } from './signedRoots.ts';
import type { SignerChain } from './signerChain.ts';
import type { VaultDeposits } from './vaultDeposits.ts';

export interface JudgePorts {
  readonly book: NoteBook;
  readonly chain: SignerChain;
  readonly reader: VaultReader;
  readonly deposits: VaultDeposits;
  readonly signed: SignedRoots;
  readonly bounds: Bounds;
  /** What is at or before it was not replayed here; 0 where everything was. */
  readonly believedSeq: number;
  nowMs(): number;
}

/**
 * Whether a root that this process's own replay makes may be signed: time, the root before it, deposits, payments,
 * demands and sums as the vault has them, signatures of people, and what the key has signed before.
 *
 * @fails with the first sentence that stands against it; ChainError when the chain cannot be asked
 */
export async function judgeRoot(root: OwnRoot, ports: JudgePorts): Promise<void> {
  requireTime(root, ports);
  const block = await ports.chain.settledHead();
  const before = await ports.reader.posted(root.epoch - 1, block);
  if (before.hash !== root.parent)
    throw new Error(
      `Root ${root.epoch} is on ${root.parent.slice(0, 10)}…, and the vault’s root ${before.epoch} is ${before.hash.slice(0, 10)}….`,
    );
  await ports.deposits.follow(block);
  requireDeposits(root, ports);
  requirePayments(root, ports);
  requireSums(root, ports);
  await requireDemands(root, ports);
  await requireProofs(root, before.seq, block, ports);
  await requireAlone(root, block, ports);
}

function requireTime({ epoch, timeMs }: OwnRoot, { bounds, nowMs }: JudgePorts): void {
  const aheadS = Math.floor(timeMs / SECOND_MS) - Math.floor(nowMs() / SECOND_MS);
  if (aheadS > bounds.leadS || -aheadS > bounds.lagS)
    throw new Error(
      `Root ${epoch} is of a time ${Math.abs(aheadS)} s ${aheadS > 0 ? 'ahead of' : 'behind'} this machine’s clock.`,
    );
}

/** What the journal credits is in the vault, at a final block, to the unit. */
function requireDeposits({ seq, depositCursor }: OwnRoot, { book, deposits }: JudgePorts): void {
  for (const credit of book.all.credits) {
    if (credit.seq > seq || credit.id >= depositCursor) continue;
    const found = deposits.all[credit.id];
    if (found === undefined)
      throw new Error(`Deposit ${credit.id}, credited at seq ${credit.seq}, is not in the vault.`);
    const isSame = found.sub === credit.sub && found.asset === credit.asset && found.amount === credit.amount;
    if (!isSame)
      throw new Error(
        `Deposit ${credit.id} is ${found.amount} units of asset ${found.asset} for ${found.sub} in the vault, and was credited at seq ${credit.seq} as ${credit.amount} of asset ${credit.asset} for ${credit.sub}.`,
      );
  }
  book.creditsFound(seq);
}

/** What the journal says was paid was paid, at a final block: whoever is owed it is in no later root. */
function requirePayments({ seq }: OwnRoot, { book, deposits }: JudgePorts): void {
  for (const payment of book.all.payments) {
    if (payment.seq > seq) continue;
    const { nonce, asset, amount, to } = payment;
    const found = deposits.paid(nonce);
    if (found === undefined)
      throw new Error(
        `Withdrawal ${nonce}, paid by the journal at seq ${payment.seq}, is not paid by the vault.`,
      );
    if (found.asset !== asset || found.amount !== BigInt(amount) || found.to !== to)
      throw new Error(
        `Withdrawal ${nonce} is ${amount} units of asset ${asset} to ${to} by the journal, and the vault paid ${found.amount} of asset ${found.asset} to ${found.to}.`,
      );
  }
  book.paymentsFound(seq);
}

function requireSums({ epoch, depositCursor, sums }: OwnRoot, { deposits }: JudgePorts): void {
  const deposited = deposits.sums(depositCursor, sums.length);
  for (const [asset, sum] of sums.entries())
    if (BigInt(sum) !== deposited[asset])
      throw new Error(
        `Root ${epoch} adds up to ${sum} units of asset ${asset}, and the vault’s first ${depositCursor} deposits are ${deposited[asset]}.`,
      );
}

/** Every command of a wallet up to here was signed by it; what a contract said is asked again while it is new. */
async function requireProofs(
  root: OwnRoot,
  postedSeq: number,
  block: BlockName,
  { book, chain, believedSeq }: JudgePorts,
): Promise<void> {
  const isNew = ({ seq, isOwed }: OwnRoot['withdrawals'][number]) => seq > postedSeq && !isOwed;
  const believed = root.withdrawals.find((each) => isNew(each) && each.seq <= believedSeq);
  if (believed !== undefined)
    throw new Error(
      `Withdrawal ${believed.nonce} was authorised at seq ${believed.seq}, which was not replayed here, and no root has it yet.`,
    );
  for (const note of book.all.proofs) {
    if (note.seq > root.seq || note.verdict === 'good') continue;
    if (note.verdict === 'bad') throw new Error(note.sentence);
    // What a root that stands speaks of was asked then.
    if (note.seq > postedSeq) book.proof(await ofContract(note, chain, block));
  }
}

/** At the block it was taken at; an embedded chain that was brought back has no state of that, and is asked at its last. */
async function ofContract(
  { seq, question, sentence }: ProofNote,
  chain: SignerChain,
  block: BlockName,
): Promise<ProofNote> {
  if (question === undefined) throw new Error(sentence);
  const verdict = await askContract(chain, question).catch(() => askContract(chain, { ...question, block }));
  if (verdict === 'valid') return { seq, verdict: 'good', sentence: '' };
  throw new Error(`The contract ${question.wallet} does not take the signature at seq ${seq}: ${verdict}.`);
}

async function requireAlone(
  root: OwnRoot,
  block: BlockName,
  { signed, bounds, reader }: JudgePorts,
): Promise<void> {
  const timeS = Math.floor(root.timeMs / SECOND_MS);
  for (const other of signed.against({ ...root, timeS }, bounds)) {
    if (await reader.ask('isRejected', [other.hash as Hex], block)) continue;
    throw new Error(
      `Its key has signed another root ${root.epoch} on the same parent, ${Math.abs(timeS - other.timeS)} s apart: both could be posted, and that would prove it false.`,
    );
  }
}
