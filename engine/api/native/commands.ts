import type { Proof } from '../../protocol/commands/envelope.ts';
import {
  type AccountCommand,
  type AmendOrder,
  ANY_INSTRUMENT,
  type Command,
  type OrderCommand,
  type PlaceOrder,
} from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, SelfTrade, Side, TimeInForce } from '../../protocol/enums.ts';
import { type ErrorCode, type ErrorView, errorView } from '../../protocol/errors.ts';
import type { AgentView } from '../../protocol/views/directory.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import {
  type CommandEnvelopeWire,
  type CommandWire,
  commandWire,
  type OperationWire,
  type OrderDraftWire,
} from '../../protocol/wire/commands.ts';
import { parseDecimal } from '../../units/decimal.ts';
import { clientIdWords } from './clientId.ts';
import type { Names } from './names.ts';
import { type Quantity, readPrice, readSize } from './quantities.ts';
import { type Reading, readJson } from './readJson.ts';

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
  const reading = readJson(envelope.text, commandWire);
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
  const operations: OrderCommand[] = [];
  for (const [index, operation] of wire.operations.entries()) {
    if (isAccountOperation(operation))
      return { error: errorView('request.malformed', `${operation.type} is never part of a batch.`) };
    const reading = readOperation(names, operation);
    if ('error' in reading) {
      if (wire.operations.length === 1) return reading;
      return { error: errorView(reading.error.code, `Operation ${index}; nothing of the batch was sent.`) };
    }
    operations.push(reading.value);
  }
  const [only] = operations;
  if (operations.length === 1 && only !== undefined) return { value: only };
  return { value: { kind: 'Batch', operations } };
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

/** An order as a person writes it → as the engine counts it. */
export function readOrderDraft(names: Names, draft: OrderDraftWire): Reading<PlaceOrder> {
  const market = names.marketByName.get(draft.instrument);
  if (market === undefined) return refused('instrument.unknown');
  const numbers = readNumbers(market, draft.size, draft.price, draft.triggerPrice);
  if ('error' in numbers) return numbers;
  const isMarket = draft.type === 'market' || draft.type === 'stopMarket' || draft.type === 'takeMarket';
  return {
    value: {
      kind: 'PlaceOrder',
      account: draft.account,
      instrument: market.instrument,
      side: Side[draft.side],
      type: OrderType[draft.type],
      timeInForce: TimeInForce[draft.timeInForce ?? (isMarket ? 'ioc' : 'gtc')],
      selfTrade: SelfTrade[draft.selfTrade ?? 'expireTaker'],
      flags:
        (draft.isPostOnly === true ? OrderFlag.postOnly : 0) |
        (draft.isReduceOnly === true ? OrderFlag.reduceOnly : 0),
      expiresAtMs: draft.expiresAtMs ?? 0,
      ...numbers.value,
      ...clientIdWords(draft.clientId),
    },
  };
}

function readAmendment(
  names: Names,
  amendment: Extract<OperationWire, { type: 'AmendOrder' }>,
): Reading<AmendOrder> {
  const market = names.marketByName.get(amendment.instrument);
  if (market === undefined) return refused('instrument.unknown');
  const numbers = readNumbers(market, amendment.size, amendment.price, amendment.triggerPrice);
  if ('error' in numbers) return numbers;
  const { account, orderId } = amendment;
  return { value: { kind: 'AmendOrder', account, orderId, ...numbers.value } };
}

/** Size first, then price, then trigger: the documented order. What was left out is 0. */
function readNumbers(
  market: MarketView,
  size: string | undefined,
  price: string | undefined,
  triggerPrice: string | undefined,
): Reading<{ sizeLots: number; priceTicks: number; triggerTicks: number }> {
  const sizeLots: Quantity = size === undefined ? 0 : readSize(market, size);
  if (typeof sizeLots === 'string') return refused(sizeLots);
  const priceTicks: Quantity = price === undefined ? 0 : readPrice(market, price);
  if (typeof priceTicks === 'string') return refused(priceTicks);
  const triggerTicks: Quantity = triggerPrice === undefined ? 0 : readPrice(market, triggerPrice);
  if (typeof triggerTicks === 'string') return refused(triggerTicks);
  return { value: { sizeLots, priceTicks, triggerTicks } };
}

function refused(code: ErrorCode): { error: ErrorView } {
  return { error: errorView(code) };
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
