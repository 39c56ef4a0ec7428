import { type Names, namesOf } from '../api/native/names.ts';
import { againstKey, approvalSigned } from '../api/proofs/signedCommand.ts';
import type { Engine } from '../core/engine.ts';
import { checkInvariants } from '../core/invariants.ts';
import { stateHash } from '../core/snapshot.ts';
import { directoryOf } from '../core/views/directory.ts';
import { signerOfTypedData } from '../host/signatures/verifyWallet.ts';
import { typedDataDigest } from '../host/signatures/walletSignatures.ts';
import { ReplayedEngine } from '../host/writer/replayedEngine.ts';
import type { Disk } from '../journal/disk.ts';
import { replayJournal } from '../journal/replay.ts';
import { listSnapshots } from '../journal/snapshot.ts';
import { readSnapshot } from '../journal/snapshotReader.ts';
import { decodeEnvelope, type Envelope, isOfWallet, type Proof } from '../protocol/commands/envelope.ts';
import type { FirmCommand } from '../protocol/commands/firm.ts';
import { commandKinds, isKeyKind } from '../protocol/commands/kinds.ts';
import { AgentScheme } from '../protocol/enums.ts';
import { firmTypedData, isFirmCommand } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { ContractQuestion, ContractVerdict } from '../settlement/wallets/contractSignature.ts';
import { assert } from '../units/assert.ts';

/** What an independent replay found. */
export interface Verified {
  readonly from: string;
  readonly sequence: number;
  readonly stateHash: string;
  readonly commandCount: number;
  /** Checked here with their keys. */
  readonly signatureCount: number;
  /** Of wallets that are contracts: only a chain can say; and those of them that one was asked about here. */
  readonly contractSignatureCount: number;
  readonly contractCheckedCount: number;
  readonly sentences: readonly string[];
}

const INVARIANTS_EVERY = 10_000;

/** Asks a chain what a contract says. @fails ChainError when it cannot be asked about that block */
export type AskContract = (question: ContractQuestion) => Promise<ContractVerdict>;

/**
 * Replays a data folder from its genesis, or from the oldest snapshot when older journal was pruned, and
 * checks on the way what nobody has to be trusted for: the chain, the invariants, every signature and that
 * it is over the command that was applied, and the snapshots that are passed. Writes nothing.
 *
 * @param ask given a chain, signatures of contracts are checked at their blocks; else they are only counted
 * @fails with a sentence at the first thing that is wrong
 */
export async function verifyJournal(disk: Disk, dir: string, ask?: AskContract): Promise<Verified> {
  const journal = new JournalCheck(snapshotHashes(disk, dir), ask);
  const replayed = replayJournal({
    disk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    from: 'oldest',
    restore: journal.target.restore,
    apply: (seq, timeMs, payload) => journal.apply(seq, timeMs, payload),
  });
  if (replayed.kind === 'incompatible') throw new Error(replayed.sentence);
  await Promise.all(journal.walletChecks);
  const { engine } = journal.target;
  if (engine !== undefined) checkInvariants(engine.state);
  return {
    from: replayed.snapshot?.name ?? 'genesis',
    sequence: replayed.position.seq,
    stateHash: engine === undefined ? '' : stateHash(engine.state),
    commandCount: replayed.recordCount,
    signatureCount: journal.signatureCount - journal.contractSignatureCount,
    contractSignatureCount: journal.contractSignatureCount,
    contractCheckedCount: journal.contractCheckedCount,
    sentences: replayed.sentences,
  };
}

/** State hashes that snapshots in the folder claim, by sequence. A damaged one claims nothing. */
function snapshotHashes(disk: Disk, dir: string): Map<number, string> {
  const hashes = new Map<number, string>();
  for (const ref of listSnapshots(disk, dir)) {
    try {
      hashes.set(ref.seq, readSnapshot(disk, dir, ref, SCHEMA_VERSION).stateHash);
    } catch {
      // The replay says so when it matters.
    }
  }
  return hashes;
}

class JournalCheck {
  readonly target = new ReplayedEngine();
  readonly walletChecks: Promise<void>[] = [];
  signatureCount = 0;
  contractSignatureCount = 0;
  contractCheckedCount = 0;
  readonly #ask: AskContract | undefined;
  readonly #snapshotHashes: ReadonlyMap<number, string>;
  #names: Names | undefined;
  #namesBefore: Names | undefined;
  #version = -1;

  constructor(hashes: ReadonlyMap<number, string>, ask: AskContract | undefined) {
    this.#snapshotHashes = hashes;
    this.#ask = ask;
  }

  apply(seq: number, timeMs: number, payload: Uint8Array): void {
    const hasProof = payload[1] === 1;
    const envelope = hasProof ? decodeEnvelope(payload) : undefined;
    const { engine } = this.target;
    if (envelope !== undefined && engine !== undefined)
      this.#checkProof(seq, envelope, this.#namesOf(engine));
    else if (engine !== undefined) this.#checkUnsigned(seq, payload, engine);
    this.target.apply(seq, timeMs, payload);
    this.#checkState(seq);
  }

  /** The typed data of the command, as the directory makes it, was signed by the wallet that gave it. */
  #checkFirmProof(seq: number, envelope: Envelope, command: FirmCommand, names: Names): void {
    const { actor, nonce, proof } = envelope;
    const wallet = names.view.agents[actor - 1]?.publicKey;
    assert(wallet !== undefined && proof?.key === wallet, `the wallet at seq ${seq} is not the actor's`);
    // The door may have read names that the command just before it changed.
    const typedData = [names, this.#namesBefore ?? names]
      .map(({ view }) => firmTypedData(view, command, { wallet, nonce }))
      .find((each) => each !== undefined && JSON.stringify(each) === proof.signedText);
    assert(typedData !== undefined, `the text a wallet signed is not the ${command.kind} at seq ${seq}`);
    this.#checkWallet(seq, wallet, typedData, proof);
  }

  /** A key's signature is checked; a contract's is put to the chain, where there is one, and never taken for a key's. */
  #checkWallet(seq: number, wallet: string, typedData: TypedData, proof: Proof): void {
    const { signature, scheme, block } = proof;
    if (scheme === 'eip712') {
      this.walletChecks.push(
        signerOfTypedData(typedData, signature).then((signer) =>
          assert(signer === wallet, `the signature at seq ${seq} is signed by ${signer}, not by ${wallet}`),
        ),
      );
      return;
    }
    assert(block !== undefined, `the contract's signature at seq ${seq} names no block`);
    this.contractSignatureCount += 1;
    if (this.#ask === undefined) return;
    const question = { wallet, digest: typedDataDigest(typedData), signature, block };
    this.walletChecks.push(
      this.#ask(question).then((verdict) => {
        assert(
          verdict === 'valid',
          `contract ${wallet} does not take the signature at seq ${seq}: ${verdict}`,
        );
        this.contractCheckedCount += 1;
      }),
    );
  }

  #checkProof(seq: number, envelope: Envelope, names: Names): void {
    const { proof, command } = envelope;
    assert(proof !== undefined, `the command at seq ${seq} says that it has a proof and has none`);
    this.signatureCount += 1;
    if (!isOfWallet(proof)) {
      const against = againstKey(names, envelope, proof);
      return assert(against === undefined, `seq ${seq}: ${against}`);
    }
    if (isFirmCommand(command)) return this.#checkFirmProof(seq, envelope, command, names);
    assert(command.kind === 'ApproveAgent', `a wallet signed a ${command.kind} at seq ${seq}`);
    const typedData = approvalSigned(names.view, command, proof);
    assert(typeof typedData !== 'string', `seq ${seq}: ${typedData}`);
    this.#checkWallet(seq, command.member, typedData, proof);
  }

  /** Only the desk itself and agents inside it may go without a signature; approvals of outside keys never may. */
  #checkUnsigned(seq: number, payload: Uint8Array, engine: Engine): void {
    const actor = new DataView(payload.buffer, payload.byteOffset).getUint32(2, true);
    const agent = actor === 0 ? undefined : engine.state.directory.agents[actor - 1];
    const isInside = actor === 0 || agent?.scheme === AgentScheme.local;
    assert(isInside, `the command at seq ${seq} is of agent ${actor}, who must sign, and has no signature`);
    // The engine asks the desk itself for no right: an order of its own would be in anybody's name.
    assert(actor !== 0 || !isKeyKind(payload[0]!), `the order at seq ${seq} is the desk's own, of no key`);
    if (payload[0] !== commandKinds.ApproveAgent) return;
    const { command } = decodeEnvelope(payload);
    assert(
      command.kind === 'ApproveAgent' && command.scheme === AgentScheme.local,
      `the approval at seq ${seq} lets a key from outside trade without a wallet's signature`,
    );
  }

  #checkState(seq: number): void {
    const { engine } = this.target;
    if (engine === undefined) return;
    if (seq % INVARIANTS_EVERY === 0) checkInvariants(engine.state);
    const claimed = this.#snapshotHashes.get(seq);
    if (claimed === undefined) return;
    const found = stateHash(engine.state);
    assert(found === claimed, `the snapshot at seq ${seq} claims ${claimed}, the replay has ${found}`);
  }

  #namesOf(engine: Engine): Names {
    const { version } = engine.state.directory;
    if (this.#names === undefined || this.#version !== version) {
      this.#namesBefore = this.#names;
      this.#names = namesOf(directoryOf(engine));
      this.#version = version;
    }
    return this.#names;
  }
}
