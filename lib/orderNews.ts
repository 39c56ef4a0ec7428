import type { ErrorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import type { Answered } from './commands.ts';
import type { Block } from './feedBlock.ts';
import { formatAverage, formatCount, formatMs, formatSize, formatUsd } from './format.ts';
import { lotsOf } from './numberInput.ts';
import { endWords } from './orderEnds.ts';
import type { FoundOutcome } from './outcome.ts';
import { listing } from './stores/marketStore.ts';
import { toast, withdrawOffers } from './stores/toastStore.ts';

/** An undo is offered as long as a slip is noticed. */
const UNDO_MS = 5_000;

interface Told {
  operations: readonly OperationWire[];
  title: string;
  undo?: (answered: Answered) => OperationWire[];
}

/** One toast an order, grouped by it; a long list is told as a count, because nobody reads forty toasts. */
export function tellAnswer(
  { operations, title, undo }: Told,
  answered: Answered,
  take: (operations: OperationWire[]) => void,
): void {
  const back = undo?.(answered) ?? [];
  const offer =
    back.length > 0 && answered.results.every(({ status }) => status !== 'refused')
      ? { actions: [{ label: 'Undo', run: () => take(back) }], shownMs: UNDO_MS }
      : {};
  const { results } = answered;
  // What closes and what opens is one wish: it is told as one, by what of each stood.
  if (results.length > 2 || isMixed(operations)) return tellCount(title, operations, answered, offer);
  results.forEach((result, index) => {
    const operation = operations[index];
    if (operation !== undefined) tellResult(title, operation, result, answered, offer);
  });
}

function tellResult(
  title: string,
  operation: OperationWire,
  result: OperationResult,
  { seq, ackMs }: Answered,
  offer: object,
): void {
  const where = `seq ${formatCount(seq)}, ${formatMs(ackMs)}`;
  if (result.status === 'refused') {
    const { code, message } = result.error;
    toast({ group: groupOf(title, operation), tone: 'danger', text: `Refused: ${code}.`, detail: message });
    return;
  }
  toast({
    group: result.orderId > 0 ? `order ${result.orderId}` : title,
    tone: 'good',
    text: resultWords(title, operation, result),
    detail: `${fillWords(operation, result)}${where}`,
    ...offer,
  });
}

function tellCount(
  title: string,
  operations: readonly OperationWire[],
  { seq, ackMs, results }: Answered,
  offer: object,
): void {
  const refused = results.filter((result) => result.status === 'refused');
  const [first] = refused;
  const left = isMixed(operations)
    ? turnWords(operations, results)
    : results.flatMap((result, index) => leftWords(operations[index], result));
  const where = `seq ${formatCount(seq)}, ${formatMs(ackMs)}`;
  toast({
    group: title,
    tone: first !== undefined ? 'danger' : isWhole(results) ? 'good' : 'warn',
    text: `${title}: ${results.length - refused.length} of ${results.length} done.`,
    detail: [first?.status === 'refused' && first.error.message, ...left, where].filter(Boolean).join('; '),
    ...offer,
  });
}

/** Nothing was refused, and no order ended with something undone. */
function isWhole(results: readonly OperationResult[]): boolean {
  return results.every((result) => result.status !== 'refused' && endWords(result) === undefined);
}

type Accepted = Exclude<OperationResult, { status: 'refused' }>;

function resultWords(title: string, operation: OperationWire, result: Accepted): string {
  const { status, orderId } = result;
  if (operation.type === 'CancelAll') {
    return status === 'cancelled' ? 'All open orders cancelled.' : 'There was nothing to cancel.';
  }
  if (status === 'done') return `${title}: done.`;
  const isAsked = operation.type === 'CancelOrder' || operation.type === 'CancelByClientId';
  const words: Record<Exclude<Accepted['status'], 'done'>, string> = {
    resting: 'rests',
    parked: 'waits for its trigger',
    filled: 'filled',
    partlyFilled: 'partly filled',
    cancelled: isAsked ? 'cancelled' : 'cancelled unfilled',
    amended: 'amended',
  };
  return `Order ${orderId} ${endWords(result) ?? words[status]}.`;
}

function fillWords(operation: OperationWire, result: Accepted): string {
  if (operation.type !== 'PlaceOrder') return '';
  const market = marketNamed(operation.order.instrument);
  if (market === undefined) return '';
  const { filledLots, filledNotionalUsd, feeUsd } = result;
  const size = (lots: number) => `${formatSize(lots, market)} ${market.underlying}`;
  const average = () => formatAverage(filledNotionalUsd, filledLots, market);
  const filled = filledLots > 0 && `${size(filledLots)} at ${average()}, fee ${formatUsd(feeUsd, 2)}`;
  return [filled, ...leftWords(operation, result)]
    .filter((part) => part !== false)
    .map((part) => `${part}; `)
    .join('');
}

/** What an order that ended left undone: of an exit it is the risk that stays. */
function leftWords(operation: OperationWire | undefined, result: OperationResult): string[] {
  if (operation?.type !== 'PlaceOrder' || result.status === 'refused' || endWords(result) === undefined)
    return [];
  const market = marketNamed(operation.order.instrument);
  const askedLots = market && lotsOf(operation.order.size, market);
  if (market === undefined || askedLots === undefined) return [];
  return [`${formatSize(askedLots - result.filledLots, market)} ${market.name} not filled`];
}

/** Orders of which some can only close and others may open, as a reversal that takes several. */
function isMixed(operations: readonly OperationWire[]): boolean {
  const orders = operations.flatMap((each) => (each.type === 'PlaceOrder' ? [each.order] : []));
  const closing = orders.filter(({ isReduceOnly }) => isReduceOnly === true).length;
  return closing > 0 && closing < orders.length;
}

/** Which part of it stood: `closed 5.0000 of 5.0000 BTC-PERP`, `opened 0.0000 of 5.0000 BTC-PERP`. */
function turnWords(operations: readonly OperationWire[], results: readonly OperationResult[]): string[] {
  return ([true, false] as const).flatMap((isClosing) => {
    const sum = { askedLots: 0, filledLots: 0 };
    let market: MarketView | undefined;
    operations.forEach((operation, index) => {
      const result = results[index];
      if (operation.type !== 'PlaceOrder' || (operation.order.isReduceOnly === true) !== isClosing) return;
      market ??= marketNamed(operation.order.instrument);
      sum.askedLots += (market && lotsOf(operation.order.size, market)) ?? 0;
      sum.filledLots += result === undefined || result.status === 'refused' ? 0 : result.filledLots;
    });
    if (market === undefined) return [];
    const of = `${formatSize(sum.filledLots, market)} of ${formatSize(sum.askedLots, market)} ${market.name}`;
    return [`${isClosing ? 'closed' : 'opened'} ${of}`];
  });
}

function marketNamed(name: string): MarketView | undefined {
  return listing.get('listing')?.markets.find((market) => market.name === name);
}

function groupOf(title: string, operation: OperationWire): string {
  return 'orderId' in operation ? `order ${operation.orderId}` : title;
}

/**
 * An undo takes back the last thing done to an order. With the next one on its way it would take back the one before,
 * so it is not offered until that one is answered.
 */
export function withdrawUndo(operations: readonly OperationWire[]): void {
  const isOfAll = operations.some(({ type }) => type === 'CancelAll');
  const groups = new Set(operations.map((operation) => groupOf('', operation)));
  withdrawOffers((group) => (isOfAll ? group.startsWith('order ') : groups.has(group)));
}

export function tellBlocked(title: string, { words, sentence }: Block): void {
  toast({ group: title, tone: 'warn', text: `${title}: ${words}.`, detail: sentence });
}

export function tellRefused(title: string, { code, message }: ErrorView): void {
  toast({ group: title, tone: 'danger', text: `Refused: ${code}.`, detail: message });
}

/** Stands until the outcome takes its place. */
export function tellUnknown(title: string): void {
  toast({
    group: title,
    tone: 'warn',
    text: `${title}: the answer was lost.`,
    detail: 'Whether it took effect is being asked. Do not send it again.',
    shownMs: 120_000,
  });
}

export function tellOutcomes(title: string, outcomes: readonly FoundOutcome[]): void {
  const found = outcomes.flatMap((outcome) => (outcome.kind === 'found' ? [outcome.orderId] : []));
  if (outcomes.length === 0) {
    toast({
      group: title,
      tone: 'warn',
      text: `${title}: the answer was lost.`,
      detail: 'Look at your orders for what became of it.',
    });
    return;
  }
  toast({
    group: title,
    tone: found.length > 0 ? 'info' : 'warn',
    text: found.length > 0 ? `${title}: it arrived.` : `${title}: it never arrived.`,
    detail:
      found.length > 0
        ? `Orders by client id: ${found.join(', ')}.`
        : 'Nothing was placed. It is safe to send again.',
  });
}
