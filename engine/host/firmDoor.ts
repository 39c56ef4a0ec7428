import type { Names } from '../api/native/names.ts';
import type { Envelope } from '../protocol/commands/envelope.ts';
import type { FirmCommand } from '../protocol/commands/firm.ts';
import type { CommandAnswer } from '../protocol/stream.ts';
import { firmTypedData } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import type {
  CommentWire,
  DecideDraftWire,
  DecideWire,
  ProposeDraftWire,
  ProposeWire,
  WithdrawProposalWire,
} from '../protocol/wire/firm.ts';
import { assert } from '../units/assert.ts';
import type { WalletSignatures } from './signatures/walletSignatures.ts';
import { CallError } from './threads/pendingCalls.ts';

export interface FirmDoorPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  readonly wallets: Pick<WalletSignatures, 'ofTypedData'>;
  submitProven(envelope: Envelope): Promise<CommandAnswer>;
}

/** Whose wallet signed, and when. */
type Signed = WithdrawProposalWire;

/**
 * The way into the engine for what a member's wallet signs. The desk builds the typed data from the request alone and
 * asks who signed that: a page that showed another text has had something else signed.
 *
 * Refusals: engine.notReady, actor.unknown, proposal.unknown, signature.invalid, signature.notBinding,
 * chain.unavailable, engine.busy; then the engine's own, in the answer.
 */
export class FirmDoor {
  readonly #ports: FirmDoorPorts;

  constructor(ports: FirmDoorPorts) {
    this.#ports = ports;
  }

  /**
   * What a wallet is to sign for an action. The page holds its fields against what it asked for; the sentence names
   * things that only the desk can name.
   */
  draft({ firm, action, wallet, nonce, ...terms }: ProposeDraftWire): TypedData {
    const propose = { kind: 'Propose', firm, action, terms } as const;
    const typedData = firmTypedData(this.#names().view, propose, { wallet, nonce });
    assert(typedData !== undefined, 'an action that is asked for can be written down');
    return typedData;
  }

  /**
   * What a wallet is to sign to agree or object, as the desk will rebuild it: for programs in other languages, which hold
   * its fields and its hash against their own. @fails CallError proposal.unknown
   */
  draftDecision(proposal: number, { wallet, nonce, ...terms }: DecideDraftWire): TypedData {
    const decide = { kind: 'Decide', proposal, ...terms } as const;
    const typedData = firmTypedData(this.#names().view, decide, { wallet, nonce });
    if (typedData === undefined) throw new CallError('proposal.unknown');
    return typedData;
  }

  propose({ firm, action, wallet, nonce, signature, ...terms }: ProposeWire): Promise<CommandAnswer> {
    return this.#submit({ kind: 'Propose', firm, action, terms }, { wallet, nonce, signature });
  }

  decide(proposal: number, { wallet, nonce, signature, ...terms }: DecideWire): Promise<CommandAnswer> {
    return this.#submit({ kind: 'Decide', proposal, ...terms }, { wallet, nonce, signature });
  }

  withdraw(proposal: number, signed: WithdrawProposalWire): Promise<CommandAnswer> {
    return this.#submit({ kind: 'WithdrawProposal', proposal }, signed);
  }

  comment(proposal: number, { wallet, nonce, signature, ...said }: CommentWire): Promise<CommandAnswer> {
    return this.#submit({ kind: 'CommentProposal', proposal, ...said }, { wallet, nonce, signature });
  }

  async #submit(command: FirmCommand, { wallet, nonce, signature }: Signed): Promise<CommandAnswer> {
    const names = this.#names();
    const agent = names.agentByKey.get(wallet);
    if (agent === undefined) throw new CallError('actor.unknown');
    const typedData = firmTypedData(names.view, command, { wallet, nonce });
    if (typedData === undefined) throw new CallError('proposal.unknown');
    const found = await this.#ports.wallets.ofTypedData(wallet, typedData, signature);
    const proof = { ...found, key: wallet, signature, signedText: JSON.stringify(typedData) };
    return await this.#ports.submitProven({ actor: agent.agent, nonce, command, proof });
  }

  #names(): Names {
    const names = this.#ports.names();
    if (names === undefined) throw new CallError('engine.notReady');
    return names;
  }
}
