import { type HashTypedDataParameters, type Hex, hashTypedData, recoverAddress } from 'viem';
import type { Engine } from '../core/engine.ts';
import { directoryOf } from '../core/views/directory.ts';
import { decodeEnvelope, type Envelope } from '../protocol/commands/envelope.ts';
import { commandKinds, isFirmKind } from '../protocol/commands/kinds.ts';
import { firmTypedData, isFirmCommand } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import type { ProofNote } from './notes.ts';

/** Names the door may have read a command by: those it finds, and what they were at the commands of wallets before it. */
const VIEWS_MAX = 4;

/** A key's check, a millisecond of it, that is on its way. */
export type Checking = ProofNote | Promise<ProofNote>;

/**
 * Looks at each command that only a wallet may give, as it comes in the journal: asking, agreeing, objecting, taking back.
 * The engine judges what they may do and never looks at a signature, so a desk that lies writes commands that nobody gave.
 */
export class Proofs {
  #views: DirectoryView[] = [];
  #version = -1;

  /**
   * @param engine with the state that the command will find
   * @returns undefined of a command that needs no wallet
   */
  check(engine: Engine, seq: number, payload: Uint8Array): Checking | undefined {
    const kind = payload[0]!;
    const isOfPeople = kind === commandKinds.OpenFirm || kind === commandKinds.AddMember;
    if (!isFirmKind(kind) && !isOfPeople) return undefined;
    const envelope = decodeEnvelope(payload);
    if (envelope.proof !== undefined && isFirmCommand(envelope.command))
      return this.#signed(engine, seq, envelope);
    // The sandbox is opened by the desk itself, before there is a vault; from then on people decide.
    const isOpening = envelope.actor === 0 && engine.state.directory.settlement.vault === null;
    return isOpening
      ? undefined
      : bad(seq, `The ${envelope.command.kind} at seq ${seq} has no wallet’s signature.`);
  }

  #signed(engine: Engine, seq: number, { actor, nonce, command, proof }: Envelope): Checking {
    const [view] = this.#viewsOf(engine);
    const wallet = view?.agents[actor - 1]?.publicKey;
    if (wallet === undefined || proof === undefined || !isFirmCommand(command) || proof.key !== wallet)
      return bad(seq, `The wallet at seq ${seq} is not the actor’s.`);
    const typedData = this.#views
      .map((each) => firmTypedData(each, command, { wallet, nonce }))
      .find((each) => each !== undefined && JSON.stringify(each) === proof.signedText);
    if (typedData === undefined)
      return bad(seq, `The text a wallet signed is not the ${command.kind} at seq ${seq}.`);
    const digest = digestOf(typedData);
    if (proof.scheme === 'eip712') return ofKey(seq, command.kind, wallet, digest, proof.signature);
    if (proof.block === undefined || proof.scheme !== 'eip1271')
      return bad(seq, `The ${command.kind} at seq ${seq} is signed as a ${proof.scheme}.`);
    const question = { wallet, digest, signature: proof.signature, block: proof.block };
    return {
      seq,
      verdict: 'asked',
      sentence: `The contract ${wallet} of seq ${seq} cannot be asked.`,
      question,
    };
  }

  /** Newest first. */
  #viewsOf(engine: Engine): DirectoryView[] {
    const { version } = engine.state.directory;
    if (version !== this.#version) this.#views = [directoryOf(engine), ...this.#views].slice(0, VIEWS_MAX);
    this.#version = version;
    return this.#views;
  }
}

async function ofKey(
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
