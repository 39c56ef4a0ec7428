import type { VaultHistory } from '../settlement/vault/vaultHistory.ts';
import type { VaultReader } from '../settlement/vault/vaultReader.ts';
import { SECOND_MS } from '../units/time.ts';
import type { DemandNote, NoteBook } from './notes.ts';
import type { Bounds } from './signedRoots.ts';
import type { SignerChain } from './signerChain.ts';

interface Ports {
  readonly book: NoteBook;
  readonly chain: Pick<SignerChain, 'call'>;
  readonly reader: Pick<VaultReader, 'terms'>;
  readonly deposits: { readonly history: VaultHistory };
  readonly bounds: Bounds;
}

/**
 * What the journal pays without anybody's signature an owner demanded of the vault itself: the vault's events have it,
 * so much of it was missing at the block the journal names, and that block was not long gone when it was served.
 *
 * @fails with the first sentence that stands against one; ChainError when the chain cannot be asked
 */
export async function requireDemands({ seq }: { readonly seq: number }, ports: Ports): Promise<void> {
  const { book, deposits } = ports;
  for (const note of book.all.demands) {
    if (note.seq > seq) continue;
    const against =
      judge(note, deposits.history) ?? (await judgeAge(note, ports)) ?? (await judgeUnwind(note, ports));
    if (against !== undefined) throw new Error(`The demand served at seq ${note.seq} ${against}`);
  }
  book.demandsFound(seq);
}

function judge(note: DemandNote, history: VaultHistory): string | undefined {
  const { sub, asset, amount, block, missing, asOf } = note;
  const found = history.demandAt(sub, block);
  if (found === undefined) return `was never made of the vault: ${sub} has none in block ${block}.`;
  if (found.asset !== asset || found.amount !== BigInt(amount))
    return `is of ${found.amount} units of asset ${found.asset} in the vault, and of ${amount} of asset ${asset} in the journal.`;
  if (found.endedBlock !== undefined && found.endedBlock <= asOf)
    return `had ended in block ${found.endedBlock}.`;
  const left = found.target - history.paidTo(sub, asset, asOf);
  if (BigInt(missing) > left) return `lacked ${left} units at block ${asOf}, and ${missing} by the journal.`;
  return undefined;
}

/** A desk may be a little behind the chain, as a root may; it does not serve by what was so long before. */
async function judgeAge(note: DemandNote, { chain, deposits, bounds }: Ports): Promise<string | undefined> {
  const { history } = deposits;
  const later = history.lessMissingAfter(history.demandAt(note.sub, note.block)!, note.asOf);
  if (later === undefined) return undefined;
  const lateMs = note.timeMs - (await timeMsOf(chain, later));
  return lateMs > (bounds.lagS + bounds.leadS) * SECOND_MS
    ? `was paid or ended in block ${later}, long before that, and is served as of block ${note.asOf}.`
    : undefined;
}

/** Nobody's positions are closed for a demand before half of its time is gone; a desk's clock may be ahead as a root's may. */
async function judgeUnwind(note: DemandNote, ports: Ports): Promise<string | undefined> {
  if (!note.mayUnwind) return undefined;
  const { forcedGrace } = await ports.reader.terms();
  const fromMs =
    (await timeMsOf(ports.chain, note.block)) + (forcedGrace / 2 - ports.bounds.leadS) * SECOND_MS;
  return note.timeMs < fromMs ? 'closes positions before half of its time is gone.' : undefined;
}

async function timeMsOf(chain: Ports['chain'], block: number): Promise<number> {
  const found = (await chain.call('eth_getBlockByNumber', [`0x${block.toString(16)}`, false])) as {
    timestamp: string;
  };
  return Number(found.timestamp) * SECOND_MS;
}
