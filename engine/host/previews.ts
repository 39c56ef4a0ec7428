import { readOrderOperations, readSizelessOrder } from '../api/native/commands.ts';
import type { Names } from '../api/native/names.ts';
import { errorView } from '../protocol/errors.ts';
import type { LargestOrderView } from '../protocol/views/largestOrder.ts';
import type { PreviewView } from '../protocol/views/preview.ts';
import type { OperationWire, SizelessOrderWire } from '../protocol/wire/commands.ts';
import type { Session } from './sessions/session.ts';
import type { FollowerAnswers, FollowerCall } from './threads/messages.ts';
import { CallError } from './threads/pendingCalls.ts';

export interface PreviewPorts {
  /** Names to read by; undefined while orders are not accepted. */
  names(): Names | undefined;
  maySee(session: Session | undefined, account: number): boolean;
  /** The engine's copy, at or behind everything that is durable now. */
  ask<C extends FollowerCall>(call: C): Promise<FollowerAnswers[C['kind']]>;
}

/** Questions about orders before they are sent: whoever may see an account may ask what an order would do to it. */
export class Previews {
  readonly #ports: PreviewPorts;

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
  }

  /**
   * What order operations of one account would do.
   *
   * @fails CallError session.required, engine.notReady, actor.outOfScope, or what is wrong with the operations
   */
  async preview(session: Session | undefined, wires: readonly OperationWire[]): Promise<PreviewView> {
    const reading = readOrderOperations(this.#namesFor(session), wires);
    if ('error' in reading) throw new CallError(reading.error);
    const operations = reading.value;
    for (const { account } of operations) this.#refuseForeign(session, account);
    if (operations.some(({ account }) => account !== operations[0]?.account))
      throw new CallError(errorView('request.malformed', 'A preview is of one account.'));
    return await this.#ports.ask({ kind: 'preview', operations });
  }

  /**
   * The most of an order or a scale that would be accepted.
   *
   * @fails CallError session.required, engine.notReady, actor.outOfScope, or what is wrong with the terms
   */
  async largestOrder(
    session: Session | undefined,
    wire: SizelessOrderWire,
    lotsMax: number | undefined,
  ): Promise<LargestOrderView> {
    const reading = readSizelessOrder(this.#namesFor(session), wire);
    if ('error' in reading) throw new CallError(reading.error);
    this.#refuseForeign(session, reading.value.account);
    return await this.#ports.ask({ kind: 'largestOrder', order: reading.value, lotsMax });
  }

  #namesFor(session: Session | undefined): Names {
    if (session === undefined) throw new CallError('session.required');
    const names = this.#ports.names();
    if (names === undefined) throw new CallError('engine.notReady');
    return names;
  }

  #refuseForeign(session: Session | undefined, account: number): void {
    if (!this.#ports.maySee(session, account)) throw new CallError('actor.outOfScope');
  }
}
