import * as z from 'zod/mini';
import type { Proof } from '../../protocol/commands/envelope.ts';
import {
  type AccountCommand,
  ANY_INSTRUMENT,
  type Command,
  type OrderCommand,
  type PlaceOrder,
  type PlaceScale,
} from '../../protocol/commands/types.ts';
import { errorView } from '../../protocol/errors.ts';
import type { AgentView } from '../../protocol/views/directory.ts';
import {
  type CommandEnvelopeWire,
  type CommandWire,
  commandWire,
  type OperationWire,
  type SizelessOrderWire,
} from '../../protocol/wire/commands.ts';
import { parseDecimal } from '../../units/decimal.ts';
import { clientIdWords } from './clientId.ts';
import type { Names } from './names.ts';
import { readAmendment, readOrderDraft, readScaleDraft } from './orderDrafts.ts';
import { type Reading, readJson, refused } from './readJson.ts';

/** Every order passes it: made into code once, at the door alone. A page's policy would not let it make code. */
const compiledCommand = z.compile(commandWire);

/** A signed text that names this desk and a known key. Its signature is still to be checked. */
export interface SignedText {
  readonly wire: CommandWire;
  readonly agent: AgentView;
  readonly proof: Proof;
}

/** Reads what was signed: its shape, its desk, its key. Nothing of it is believed yet. */
export function readSignedText(names: Names, envelope: CommandEnvelopeWire): Reading<SignedText> {
  // A lone surrogate has no UTF-8: the bytes that were signed would not be the text that is kept.
  if (!isWellFormed(envelope.text)) {
    return { error: errorView('request.malformed', 'The text is not well-formed Unicode.') };
  }
  const reading = readJson(envelope.text, compiledCommand);
  if ('error' in reading) return reading;
  const wire = reading.value;
  if (wire.chainId !== names.view.chainId || wire.vault !== names.view.vault) {
    return { error: errorView('signature.payloadMismatch', 'It names another desk.') };
  }
  const agent = names.agentByKey.get(envelope.agent);
  if (agent === undefined) return { error: errorView('actor.unknown') };
  const scheme = schemeOf(agent);
  if (scheme === undefined) return { error: errorView('actor.unknown') };
  const { text: signedText, signature } = envelope;
  return { value: { wire, agent, proof: { scheme, key: envelope.agent, signature, signedText } } };
}

/** Local agents live in this process: a message from outside is never theirs. */
function schemeOf(agent: AgentView): 'ed25519' | 'p256' | undefined {
  if (agent.scheme === 1) return 'ed25519';
  return agent.scheme === 2 ? 'p256' : undefined;
}

/** The command of a signed text. One operation stands alone; several order operations are a batch. */
export function readCommand(names: Names, wire: CommandWire): Reading<Command> {
  const [first] = wire.operations;
  if (wire.operations.length === 1 && first !== undefined && isAccountOperation(first))
    return readAccountOperation(names, first);
  const reading = readOrderOperations(names, wire.operations);
  if ('error' in reading) return reading;
  const operations = reading.value;
  const [only] = operations;
  if (operations.length === 1 && only !== undefined) return { value: only };
  return { value: { kind: 'Batch', operations } };
}

/** Order operations, all or none of them. */
export function readOrderOperations(names: Names, wires: readonly OperationWire[]): Reading<OrderCommand[]> {
  const operations: OrderCommand[] = [];
  for (const [index, operation] of wires.entries()) {
    if (isAccountOperation(operation))
      return { error: errorView('request.malformed', `${operation.type} is never part of a batch.`) };
    const reading = readOperation(names, operation);
    if ('error' in reading) {
      if (wires.length === 1) return reading;
      return { error: errorView(reading.error.code, `Operation ${index}; nothing of the batch was sent.`) };
    }
    operations.push(reading.value);
  }
  return { value: operations };
}

/** An order or a scale whose size is asked for: it reads as 0. */
export function readSizelessOrder(names: Names, wire: SizelessOrderWire): Reading<PlaceOrder | PlaceScale> {
  return wire.type === 'PlaceOrder' ? readOrderDraft(names, wire.order) : readScaleDraft(names, wire.scale);
}

/** A leverage is written with up to three decimals. */
const LEVERAGE_DECIMALS = 3;

type AccountOperation = Extract<OperationWire, { type: AccountCommand['kind'] }>;

function isAccountOperation(operation: OperationWire): operation is AccountOperation {
  return (
    operation.type === 'OpenPot' || operation.type === 'MoveCollateral' || operation.type === 'SetLeverageCap'
  );
}

function readAccountOperation(names: Names, operation: AccountOperation): Reading<AccountCommand> {
  switch (operation.type) {
    case 'OpenPot': {
      const { type: kind, account, underlying, label } = operation;
      return { value: { kind, account, underlying, label } };
    }
    case 'MoveCollateral': {
      const { type: kind, from, to, asset } = operation;
      const listed = names.assetByName.get(asset);
      if (listed === undefined) return refused('asset.unknown');
      const amount = parseDecimal(operation.amount, listed.decimals);
      return amount === undefined ? refused('amount.invalid') : { value: { kind, from, to, asset, amount } };
    }
    case 'SetLeverageCap': {
      const { type: kind, account, underlying = '' } = operation;
      const leverageMilli = parseDecimal(operation.leverage, LEVERAGE_DECIMALS);
      if (leverageMilli === undefined) return refused('parameters.invalid');
      return { value: { kind, account, underlying, leverageMilli } };
    }
  }
}

function readOperation(
  names: Names,
  operation: Exclude<OperationWire, AccountOperation>,
): Reading<OrderCommand> {
  switch (operation.type) {
    case 'PlaceOrder':
      return readOrderDraft(names, operation.order);
    case 'PlaceScale':
      return readScaleDraft(names, operation.scale);
    case 'AmendOrder':
      return readAmendment(names, operation);
    case 'CancelOrder':
      return { value: { kind: 'CancelOrder', account: operation.account, orderId: operation.orderId } };
    case 'CancelByClientId':
      return {
        value: { kind: 'CancelByClientId', account: operation.account, ...clientIdWords(operation.clientId) },
      };
    case 'CancelAll': {
      if (operation.instrument === undefined) {
        return { value: { kind: 'CancelAll', account: operation.account, instrument: ANY_INSTRUMENT } };
      }
      const market = names.marketByName.get(operation.instrument);
      if (market === undefined) return refused('instrument.unknown');
      return { value: { kind: 'CancelAll', account: operation.account, instrument: market.instrument } };
    }
  }
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
