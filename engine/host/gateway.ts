import { agentTypedData, approveAgentCommand, approveAgentProof } from '../api/native/agentApproval.ts';
import { answerOf } from '../api/native/answer.ts';
import { readCommand, readSignedText } from '../api/native/commands.ts';
import type { Names } from '../api/native/names.ts';
import { type Envelope, encodeEnvelope, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import type { Command } from '../protocol/commands/types.ts';
import type { CommandAnswer } from '../protocol/stream.ts';
import type { CommandEnvelopeWire, CommandWire } from '../protocol/wire/commands.ts';
import type { ApproveAgentWire } from '../protocol/wire/session.ts';
import { mayComeFrom } from './http/mayComeFrom.ts';
import { KeyUses } from './keyUses.ts';
import type { Lane } from './limits.ts';
import type { WalletSignatures } from './signatures/walletSignatures.ts';
import type { Applied } from './threads/engineClient.ts';
import { CallError } from './threads/pendingCalls.ts';
import type { SignaturesClient } from './threads/signaturesClient.ts';

export interface GatewayPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  submit(envelope: Uint8Array): Promise<Applied>;
  readonly signatures: Pick<SignaturesClient, 'isProven'>;
  readonly wallets: Pick<WalletSignatures, 'ofTypedData'>;
  /** Market of an open order of a person, where it is known. */
  instrumentOf(orderId: number): number | undefined;
  /** Whether the address may do one more thing in this lane. */
  take(lane: Lane, address: string): boolean;
}

/**
 * The way into the engine: reads what was sent, checks who signed it, and hands it over with the proof.
 *
 * Refusals in this order: engine.notReady, request.malformed, signature.payloadMismatch, actor.unknown,
 * request.tooMany, signature.invalid, agent.otherAddress, those of `readCommand`, engine.busy; then the engine's own, in the answer.
 */
export class Gateway {
  readonly #ports: GatewayPorts;
  /** Signed commands on their way: read, and not answered yet. */
  readonly #onTheWay = new Set<Promise<CommandAnswer>>();
  readonly keyUses = new KeyUses();

  constructor(ports: GatewayPorts) {
    this.#ports = ports;
  }

  /** @fails CallError with the refusal, or outcome.unknown when the engine did not answer in time */
  async submitSigned(envelope: CommandEnvelopeWire, address: string): Promise<CommandAnswer> {
    const answer = this.#submitSigned(envelope, address);
    this.#onTheWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#onTheWay.delete(answer);
    }
  }

  /** Returns once every signed command that came before has its answer, or will not get one. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#onTheWay);
  }

  async #submitSigned(envelope: CommandEnvelopeWire, address: string): Promise<CommandAnswer> {
    const names = this.#names();
    const signed = readSignedText(names, envelope);
    if ('error' in signed) throw new CallError(signed.error);
    const { wire, agent, proof } = signed.value;
    if (!this.#ports.take(isCancelOnly(wire) ? 'cancels' : 'orders', address))
      throw new CallError('request.tooMany');
    if (!(await this.#ports.signatures.isProven(proof))) throw new CallError('signature.invalid');
    if (!mayComeFrom(agent.addresses, address)) throw new CallError('agent.otherAddress');
    const reading = readCommand(names, wire);
    if ('error' in reading) throw new CallError(reading.error);
    this.#refuseForeignAmendments(names, wire);
    const { agent: actor, publicKey } = agent;
    const answer = await this.#submit(names, { actor, nonce: wire.nonce, command: reading.value, proof });
    this.keyUses.note(publicKey, address, wire, answer);
    return answer;
  }

  /** A wallet lets a session key trade: the desk rebuilds what it must have signed from the request alone. */
  async approveAgent(request: ApproveAgentWire): Promise<CommandAnswer> {
    const names = this.#names();
    const typedData = agentTypedData(names.view, request);
    const found = await this.#ports.wallets.ofTypedData(
      request.member.toLowerCase(),
      typedData,
      request.signature,
    );
    const proof = { ...approveAgentProof(typedData, request), ...found };
    return await this.#submit(names, {
      actor: SYSTEM_ACTOR,
      nonce: 0,
      command: approveAgentCommand(request),
      proof,
    });
  }

  /** A command whose signature was checked by who hands it over. */
  async submitProven(envelope: Envelope): Promise<CommandAnswer> {
    return await this.#submit(this.#names(), envelope);
  }

  /** A command of the desk itself. */
  async submitSystem(command: Command): Promise<CommandAnswer> {
    return await this.#submit(this.#names(), { actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
  }

  async #submit(names: Names, envelope: Envelope): Promise<CommandAnswer> {
    const { lanes, from, to } = await this.#ports.submit(encodeEnvelope(envelope));
    return answerOf(envelope.command, lanes, from, to, names.view.markets);
  }

  /** Ticks of another market would be another price than the one that was signed. */
  #refuseForeignAmendments(names: Names, wire: CommandWire): void {
    for (const operation of wire.operations) {
      if (operation.type !== 'AmendOrder') continue;
      const instrument = this.#ports.instrumentOf(operation.orderId);
      if (instrument === undefined) continue;
      if (names.marketByName.get(operation.instrument)?.instrument === instrument) continue;
      throw new CallError('order.unknown', `Order ${operation.orderId} is not in ${operation.instrument}.`);
    }
  }

  #names(): Names {
    const names = this.#ports.names();
    if (names === undefined) throw new CallError('engine.notReady');
    return names;
  }
}

function isCancelOnly(wire: CommandWire): boolean {
  return wire.operations.every(({ type }) => type.startsWith('Cancel'));
}
