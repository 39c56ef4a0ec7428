import type {
  BracketLegChangeWire,
  BracketLegWire,
  OperationWire,
  OrderDraftWire,
  ScaleDraftWire,
} from '../../engine/protocol/wire/commands.ts';
import { isAtMarket } from '../worstPrice.ts';
import {
  groupedDecimal,
  lifeWords,
  momentWords,
  postOnlyWords,
  reduceOnlyWords,
  selfTradeWords,
  sideWords,
  typeWords,
  worstWords,
} from './words.ts';

/** The name of an account, for the eye: its number stands before it and is what counts. */
export type AccountNames = (account: number) => string | undefined;

const noNames: AccountNames = () => undefined;

/**
 * One operation as a sentence a trader reads. Two operations never read alike: `operationOf` reads the sentence
 * back into the operation it was made from.
 *
 * @example Buy 40 BTC-PERP, limit 63,104 USDC, good till cancelled, post only; account 4 (Macro / BTC-basis)
 */
export function sentenceOf(operation: OperationWire, names: AccountNames = noNames): string {
  switch (operation.type) {
    case 'PlaceOrder':
      return `${orderWords(operation.order)}; ${accountWords(operation.order.account, names)}`;
    case 'PlaceScale':
      return `${scaleWords(operation.scale)}; ${accountWords(operation.scale.account, names)}`;
    case 'AmendOrder': {
      const { orderId, instrument, account } = operation;
      return `Change order ${orderId} on ${instrument}${changeWords(operation)}; ${accountWords(account, names)}`;
    }
    case 'CancelOrder':
      return `Cancel order ${operation.orderId}; ${accountWords(operation.account, names)}`;
    case 'CancelByClientId':
      return `Cancel the order with reference ${operation.clientId}; ${accountWords(operation.account, names)}`;
    case 'CancelAll': {
      const where = operation.instrument === undefined ? '' : ` on ${operation.instrument}`;
      return `Cancel all orders${where}; ${accountWords(operation.account, names)}`;
    }
    case 'OpenPot': {
      const { underlying, account, label } = operation;
      return `Open a pot of ${underlying} for account ${account}, called ${JSON.stringify(label)}${nameWords(account, names)}`;
    }
    case 'MoveCollateral': {
      const { amount, asset, from, to } = operation;
      return `Move ${groupedDecimal(amount)} ${asset} to account ${to}; ${accountWords(from, names)}`;
    }
    case 'SetLeverageCap': {
      const { underlying, leverage, account } = operation;
      const where = underlying === undefined ? '' : ` on ${underlying}`;
      return `Cap leverage${where} at ${groupedDecimal(leverage)}; ${accountWords(account, names)}`;
    }
  }
}

/** The name comes last and in brackets, so that no name can be read as a term. */
function accountWords(account: number, names: AccountNames): string {
  return `account ${account}${nameWords(account, names)}`;
}

function nameWords(account: number, names: AccountNames): string {
  const name = names(account);
  return name === undefined ? '' : ` (${name})`;
}

function orderWords(order: OrderDraftWire): string {
  const { triggerPrice, timeInForce, expiresAtMs, takeProfit, stopLoss } = order;
  const terms = [
    headWords(order),
    kindWords(order),
    triggerPrice !== undefined && `triggered at mark ${priceWords(triggerPrice)}`,
    timeInForce !== undefined && lifeWords[timeInForce],
    expiresAtMs !== undefined && `ends ${momentWords(expiresAtMs)}`,
    ...restrictionWords(order),
  ];
  const legs = [
    takeProfit !== undefined && legWords('take profit', takeProfit),
    stopLoss !== undefined && legWords('stop', stopLoss),
  ];
  return [joined(terms), joined(legs), referenceWords(order)].filter((part) => part !== '').join('; ');
}

function kindWords({ type, price }: OrderDraftWire): string {
  if (price === undefined) return typeWords[type];
  return [typeWords[type], ...(isAtMarket(type) ? [worstWords] : []), priceWords(price)].join(' ');
}

function scaleWords(scale: ScaleDraftWire): string {
  const { count, fromPrice, toPrice, sizeRatio } = scale;
  const terms = [
    `${headWords(scale)} in ${count} limit orders from ${priceWords(fromPrice)} to ${priceWords(toPrice)}`,
    sizeRatio !== undefined && `the last ${groupedDecimal(sizeRatio)} times the first`,
    ...restrictionWords(scale),
  ];
  return [joined(terms), referenceWords(scale)].filter((part) => part !== '').join('; ');
}

type SharedTerms = Pick<
  ScaleDraftWire,
  'side' | 'size' | 'instrument' | 'isPostOnly' | 'isReduceOnly' | 'selfTrade' | 'clientId'
>;

function headWords({ side, size, instrument }: SharedTerms): string {
  return `${sideWords[side]} ${groupedDecimal(size)} ${instrument}`;
}

function restrictionWords({ isPostOnly, isReduceOnly, selfTrade }: SharedTerms): (string | false)[] {
  return [
    isPostOnly !== undefined && postOnlyWords[isPostOnly ? 'yes' : 'no'],
    isReduceOnly !== undefined && reduceOnlyWords[isReduceOnly ? 'yes' : 'no'],
    selfTrade !== undefined && selfTradeWords[selfTrade],
  ];
}

function legWords(name: string, { triggerPrice, price }: BracketLegWire): string {
  const limit = price === undefined ? '' : ` limit ${priceWords(price)}`;
  return `${name} at ${priceWords(triggerPrice)}${limit}`;
}

function referenceWords({ clientId }: SharedTerms): string {
  return clientId === undefined ? '' : `reference ${clientId}`;
}

function joined(terms: readonly (string | false)[]): string {
  return terms.filter((term) => term !== false).join(', ');
}

function changeWords({
  price,
  size,
  triggerPrice,
  takeProfit,
  stopLoss,
}: Extract<OperationWire, { type: 'AmendOrder' }>): string {
  const changes = [
    price !== undefined && `price ${priceWords(price)}`,
    size !== undefined && `size ${groupedDecimal(size)}`,
    triggerPrice !== undefined && `trigger ${priceWords(triggerPrice)}`,
    takeProfit !== undefined && legChangeWords('take profit', takeProfit),
    stopLoss !== undefined && legChangeWords('stop', stopLoss),
  ].filter((change) => change !== false);
  return changes.map((change, index) => `${index === 0 ? ' to ' : ', '}${change}`).join('');
}

function legChangeWords(name: string, leg: BracketLegChangeWire): string {
  return leg === 'none' ? `no ${name}` : legWords(name, leg);
}

function priceWords(price: string): string {
  return `${groupedDecimal(price)} USDC`;
}
