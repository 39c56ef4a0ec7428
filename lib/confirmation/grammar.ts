import type {
  BracketLegWire,
  OperationWire,
  OrderDraftWire,
  ScaleDraftWire,
} from '../../engine/protocol/wire/commands.ts';
import { sentenceOf } from './sentence.ts';
import {
  lifeWords,
  momentOf,
  postOnlyWords,
  reduceOnlyWords,
  selfTradeWords,
  sideWords,
  typeWords,
  wordOf,
  worstWords,
} from './words.ts';

/**
 * Reads a confirmation back:
 *
 *     sentence = terms "; account " number [ " (" name ")" ]
 *     terms    = order | scale | change | cancel | move | cap
 *     order    = side size instrument { ", " term } [ "; " leg { ", " leg } ] [ "; reference " hex ]
 *     type     = words [ [ "no worse than " ] price ]
 *     scale    = side size instrument " in " count " limit orders from " price " to " price { ", " term } [ "; reference " hex ]
 *
 * and a pot, whose label is quoted. Names are skipped: they come last and say nothing that counts.
 *
 * @returns undefined for anything that `sentenceOf` would not have written
 */
export function operationOf(sentence: string): OperationWire | undefined {
  const whole = /^(.*?); account (\d+)(?: \((.*)\))?$/s.exec(sentence);
  const pot = potHead.exec(sentence);
  const operation = pot === null ? whole && readTerms(whole[1] ?? '', Number(whole[2])) : potOf(pot);
  if (operation === undefined || operation === null) return undefined;
  // A second opinion for the price of one comparison: what does not read the same again was not ours.
  const name = pot === null ? whole?.[3] : pot[4];
  return sentenceOf(operation, () => name) === sentence ? operation : undefined;
}

const potHead = /^Open a pot of (\S+) for account (\d+), called ("(?:[^"\\]|\\.)*")(?: \((.*)\))?$/s;

function potOf([, underlying = '', account, label = '']: RegExpExecArray): OperationWire {
  return { type: 'OpenPot', account: Number(account), underlying, label: JSON.parse(label) as string };
}

function readTerms(terms: string, account: number): OperationWire | undefined {
  return (
    readOrder(terms, account) ??
    readScale(terms, account) ??
    readChange(terms, account) ??
    readCancel(terms, account) ??
    readMoney(terms, account)
  );
}

const NUMBER = '[0-9,]+(?:\\.[0-9]+)?';
const orderHead = new RegExp(`^(Buy|Sell) (${NUMBER}) (\\S+)$`);
const scaleHead = new RegExp(
  `^(Buy|Sell) (${NUMBER}) (\\S+) in (\\d+) limit orders from (${NUMBER}) USDC to (${NUMBER}) USDC$`,
);
const priceTerm = new RegExp(`^(${NUMBER}) USDC$`);
const legTerm = new RegExp(`^(take profit|stop) at (${NUMBER}) USDC(?: limit (${NUMBER}) USDC)?$`);
const ratioTerm = new RegExp(`^the last (${NUMBER}) times the first$`);

function readOrder(terms: string, account: number): OperationWire | undefined {
  const [said = '', ...parts] = terms.split('; ');
  const [head = '', type = '', ...rest] = said.split(', ');
  const match = orderHead.exec(head);
  const side = wordOf(sideWords, match?.[1] ?? '');
  const kind = readType(type);
  if (match === null || side === undefined || kind === undefined) return undefined;
  const order: OrderDraftWire = {
    account,
    instrument: match[3] ?? '',
    side,
    size: digits(match[2]),
    ...kind,
  };
  for (const change of [...rest.map(readTerm), ...parts.map(readPart)]) {
    if (change === undefined) return undefined;
    Object.assign(order, change);
  }
  return { type: 'PlaceOrder', order };
}

function readScale(terms: string, account: number): OperationWire | undefined {
  const [said = '', ...parts] = terms.split('; ');
  const [head = '', ...rest] = said.split(', ');
  const match = scaleHead.exec(head);
  const side = wordOf(sideWords, match?.[1] ?? '');
  if (match === null || side === undefined) return undefined;
  const [, , size, instrument = '', count, fromPrice, toPrice] = match;
  const scale: ScaleDraftWire = {
    account,
    instrument,
    side,
    size: digits(size),
    count: Number(count),
    fromPrice: digits(fromPrice),
    toPrice: digits(toPrice),
  };
  for (const change of [...rest.map(readScaleTerm), ...parts.map(readPart)]) {
    if (change === undefined) return undefined;
    Object.assign(scale, change);
  }
  return { type: 'PlaceScale', scale };
}

function readScaleTerm(term: string): Partial<ScaleDraftWire> | undefined {
  const ratio = ratioTerm.exec(term);
  return ratio === null ? readRestriction(term) : { sizeRatio: digits(ratio[1]) };
}

/** What stands between semicolons behind the terms: legs, or a reference. */
function readPart(part: string): Partial<OrderDraftWire> | undefined {
  if (part.startsWith('reference ')) return { clientId: part.slice('reference '.length) };
  const legs: Partial<OrderDraftWire> = {};
  for (const text of part.split(', ')) {
    const leg = readLeg(text);
    if (leg === undefined) return undefined;
    Object.assign(legs, leg);
  }
  return legs;
}

function readLeg(text: string): Pick<OrderDraftWire, 'takeProfit' | 'stopLoss'> | undefined {
  const match = legTerm.exec(text);
  if (match === null) return undefined;
  const [, name, triggerPrice, price] = match;
  const leg: BracketLegWire = { triggerPrice: digits(triggerPrice) };
  if (price !== undefined) leg.price = digits(price);
  return name === 'stop' ? { stopLoss: leg } : { takeProfit: leg };
}

function readType(text: string): Pick<OrderDraftWire, 'type' | 'price'> | undefined {
  const plain = wordOf(typeWords, text);
  if (plain !== undefined) return { type: plain };
  const match = new RegExp(`^(.+?)(?: ${worstWords})? (${NUMBER}) USDC$`).exec(text);
  const type = wordOf(typeWords, match?.[1] ?? '');
  return type === undefined ? undefined : { type, price: digits(match?.[2]) };
}

function readTerm(term: string): Partial<OrderDraftWire> | undefined {
  const timeInForce = wordOf(lifeWords, term);
  if (timeInForce !== undefined) return { timeInForce };
  if (term.startsWith('ends ')) return { expiresAtMs: momentOf(term.slice(5)) };
  const triggerPrice = priceAfter('triggered at mark ', term);
  return triggerPrice === undefined ? readRestriction(term) : { triggerPrice };
}

function readRestriction(
  term: string,
): Pick<OrderDraftWire, 'selfTrade' | 'isPostOnly' | 'isReduceOnly'> | undefined {
  const selfTrade = wordOf(selfTradeWords, term);
  if (selfTrade !== undefined) return { selfTrade };
  const postOnly = wordOf(postOnlyWords, term);
  if (postOnly !== undefined) return { isPostOnly: postOnly === 'yes' };
  const reduceOnly = wordOf(reduceOnlyWords, term);
  return reduceOnly === undefined ? undefined : { isReduceOnly: reduceOnly === 'yes' };
}

function readChange(terms: string, account: number): OperationWire | undefined {
  const match = /^Change order (\d+) on (\S+)(?: to (.*))?$/.exec(terms);
  if (match === null) return undefined;
  const amendment: OperationWire = {
    type: 'AmendOrder',
    account,
    instrument: match[2] ?? '',
    orderId: Number(match[1]),
  };
  for (const change of match[3]?.split(', ') ?? []) {
    const price = priceAfter('price ', change);
    const triggerPrice = priceAfter('trigger ', change);
    const legs = readNoLeg(change) ?? readLeg(change);
    if (price !== undefined) amendment.price = price;
    else if (triggerPrice !== undefined) amendment.triggerPrice = triggerPrice;
    else if (legs !== undefined) Object.assign(amendment, legs);
    else amendment.size = digits(change.replace(/^size /, ''));
  }
  return amendment;
}

function readNoLeg(text: string): { takeProfit: 'none' } | { stopLoss: 'none' } | undefined {
  if (text === 'no take profit') return { takeProfit: 'none' };
  return text === 'no stop' ? { stopLoss: 'none' } : undefined;
}

function readCancel(terms: string, account: number): OperationWire | undefined {
  const one = /^Cancel order (\d+)$/.exec(terms);
  if (one !== null) return { type: 'CancelOrder', account, orderId: Number(one[1]) };
  const known = /^Cancel the order with reference (\S+)$/.exec(terms);
  if (known !== null) return { type: 'CancelByClientId', account, clientId: known[1] ?? '' };
  const all = /^Cancel all orders(?: on (\S+))?$/.exec(terms);
  if (all === null) return undefined;
  return all[1] === undefined
    ? { type: 'CancelAll', account }
    : { type: 'CancelAll', account, instrument: all[1] };
}

function readMoney(terms: string, account: number): OperationWire | undefined {
  const move = new RegExp(`^Move (${NUMBER}) (\\S+) to account (\\d+)$`).exec(terms);
  if (move !== null) {
    const [, amount, asset = '', to] = move;
    return { type: 'MoveCollateral', from: account, to: Number(to), asset, amount: digits(amount) };
  }
  const cap = new RegExp(`^Cap leverage(?: on (\\S+))? at (${NUMBER})$`).exec(terms);
  if (cap === null) return undefined;
  const [, underlying, leverage] = cap;
  const wire = { type: 'SetLeverageCap' as const, account, leverage: digits(leverage) };
  return underlying === undefined ? wire : { ...wire, underlying };
}

function priceAfter(words: string, text: string): string | undefined {
  if (!text.startsWith(words)) return undefined;
  const match = priceTerm.exec(text.slice(words.length));
  return match === null ? undefined : digits(match[1]);
}

function digits(grouped: string | undefined): string {
  return (grouped ?? '').replaceAll(',', '');
}
