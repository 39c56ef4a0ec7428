import { type HashTypedDataParameters, type Hex, hashTypedData, recoverAddress } from 'viem';
import { type Names, namesOf } from '../api/native/names.ts';
import { againstKey, approvalSigned } from '../api/proofs/signedCommand.ts';
import type { Engine } from '../core/engine.ts';
import { directoryOf } from '../core/views/directory.ts';
import { decodeEnvelope, type Envelope, type Proof, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import type { FirmCommand } from '../protocol/commands/firm.ts';
import { commandKindName, commandKinds, isFirmKind, isKeyKind } from '../protocol/commands/kinds.ts';
import type { ApproveAgent } from '../protocol/commands/types.ts';
import { AgentScheme } from '../protocol/enums.ts';
import { firmTypedData, isFirmCommand } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import type { ProofNote } from './notes.ts';

/** Names the door may have read a command by: those it finds, and what they were at signed commands before it. */
const VIEWS_MAX = 4;

/** A key's check, a millisecond of it, that is on its way. */
export type Checking = ProofNote | Promise<ProofNote>;

/**
 * Looks at each command as it comes in the journal: what a wallet or a trading key alone may give was signed by it. The
 * engine judges what they may do and never looks at a signature, so a desk that lies writes commands that nobody gave.
 */
export class Proofs {
  #names: Names[] = [];
  #version = -1;

  /**
   * @param engine with the state that the command will find
   * @returns undefined where nothing is left to say: nobody has to sign it, or a key did
   */
  check(engine: Engine, seq: number, payload: Uint8Array): Checking | undefined {
    const kind = payload[0]!;
    const isOfKey = isKeyKind(kind);
    const isSigned = payload[1] === 1 && (isOfKey || isFirmKind(kind) || kind === commandKinds.ApproveAgent);
    if (!isSigned) return unsigned(engine, seq, payload);
    const envelope = decodeEnvelope(payload);
    const { command, proof } = envelope;
    if (proof === undefined) return bad(seq, `The ${command.kind} at seq ${seq} has no signature.`);
    if (isFirmCommand(command)) return this.#ofFirm(engine, seq, envelope, command, proof);
    if (command.kind === 'ApproveAgent') return this.#approval(engine, seq, command, proof);
    return this.#ofKey(engine, seq, envelope, proof);
  }

  #ofFirm(
    engine: Engine,
    seq: number,
    { actor, nonce }: Envelope,
    command: FirmCommand,
    proof: Proof,
  ): Checking {
    const names = this.#namesOf(engine);
    const wallet = names[0]?.view.agents[actor - 1]?.publicKey;
    if (wallet === undefined || proof.key !== wallet)
      return bad(seq, `The wallet at seq ${seq} is not the actor’s.`);
    const typedData = names
      .map(({ view }) => firmTypedData(view, command, { wallet, nonce }))
      .find((each) => each !== undefined && JSON.stringify(each) === proof.signedText);
    if (typedData === undefined)
      return bad(seq, `The text a wallet signed is not the ${command.kind} at seq ${seq}.`);
    return ofWallet(seq, command.kind, wallet, typedData, proof);
  }

  /** A key trades in somebody's name because their wallet said so. */
  #approval(engine: Engine, seq: number, command: ApproveAgent, proof: Proof): Checking {
    const [names] = this.#namesOf(engine);
    const typedData = approvalSigned(names!.view, command, proof);
    if (typeof typedData === 'string') return bad(seq, `Of the ApproveAgent at seq ${seq} ${typedData}.`);
    return ofWallet(seq, command.kind, command.member, typedData, proof);
  }

  #ofKey(engine: Engine, seq: number, envelope: Envelope, proof: Proof): Checking | undefined {
    let first: string | undefined;
    for (const names of this.#namesOf(engine)) {
      const against = againstKey(names, envelope, proof);
      if (against === undefined) return undefined;
      first ??= against;
    }
    return bad(seq, `Of the ${envelope.command.kind} at seq ${seq} ${first}.`);
  }

  /** Newest first, and never none. */
  #namesOf(engine: Engine): Names[] {
    const { version } = engine.state.directory;
    if (version !== this.#version)
      this.#names = [namesOf(directoryOf(engine)), ...this.#names].slice(0, VIEWS_MAX);
    this.#version = version;
    return this.#names;
  }
}

/** What may come without a signature: what the desk gives itself, and orders of agents that live inside it. */
function unsigned({ state }: Engine, seq: number, payload: Uint8Array): ProofNote | undefined {
  const kind = payload[0]!;
  const actor = new DataView(payload.buffer, payload.byteOffset).getUint32(2, true);
  // The engine asks the desk itself for no right: an order of its own would be in anybody's name.
  if (isKeyKind(kind)) {
    const isInside = actor !== SYSTEM_ACTOR && state.agents.columns.scheme[actor - 1] === AgentScheme.local;
    return isInside
      ? undefined
      : bad(seq, `The ${commandKindName(kind)} at seq ${seq} has no key’s signature.`);
  }
  const isOfPeople = kind === commandKinds.OpenFirm || kind === commandKinds.AddMember;
  const isApproval = kind === commandKinds.ApproveAgent;
  if (!isFirmKind(kind) && !isOfPeople && !isApproval) return undefined;
  // The sandbox is opened by the desk itself, before there is a vault; from then on people decide.
  const isOpening = actor === SYSTEM_ACTOR && state.directory.settlement.vault === null;
  if (isOpening && !(isApproval && isFromOutside(payload))) return undefined;
  return bad(seq, `The ${commandKindName(kind)} at seq ${seq} has no wallet’s signature.`);
}

/** Whether a key is approved that lives in no process of the desk. */
function isFromOutside(payload: Uint8Array): boolean {
  const { command } = decodeEnvelope(payload);
  return command.kind !== 'ApproveAgent' || command.scheme !== AgentScheme.local;
}

/** A key's signature is recovered; a contract's is put to the chain by whoever signs for it. */
function ofWallet(seq: number, kind: string, wallet: string, typedData: TypedData, proof: Proof): Checking {
  const digest = digestOf(typedData);
  const { scheme, signature, block } = proof;
  if (scheme === 'eip712') return ofWalletKey(seq, kind, wallet, digest, signature);
  if (block === undefined || scheme !== 'eip1271')
    return bad(seq, `The ${kind} at seq ${seq} is signed as a ${scheme}.`);
  return {
    seq,
    verdict: 'asked',
    sentence: `The contract ${wallet} of seq ${seq} cannot be asked.`,
    question: { wallet: wallet as Hex, digest, signature, block },
  };
}

async function ofWalletKey(
  seq: number,
  kind: string,
  wallet: string,
  digest: Hex,
  signature: string,
): Promise<ProofNote> {
  const signer = await recoverAddress({ hash: digest, signature: signature as Hex }).catch(() => undefined);
  return signer?.toLowerCase() === wallet
    ? { seq, verdict: 'good', sentence: '' }
    : bad(seq, `The ${kind} at seq ${seq} is not signed by ${wallet}.`);
}

function digestOf(typedData: TypedData): Hex {
  // The types of the library ask for bigint where its code takes whatever BigInt() takes.
  return hashTypedData(typedData as unknown as HashTypedDataParameters);
}

function bad(seq: number, sentence: string): ProofNote {
  return { seq, verdict: 'bad', sentence };
}
