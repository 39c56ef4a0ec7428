import type { FillView, OrderOutcomeView, OrderView } from '../engine/protocol/views/account.ts';
import { announceFills, marketOf, sizeOf, tellEnd } from './announce.ts';
import { outcomeWords } from './orderEnds.ts';
import { playSound } from './sounds/playSound.ts';
import { toast } from './stores/toastStore.ts';

/** An order that ended while nobody listened. */
export interface FoundEnd {
  /** As it was last seen working. */
  order: OrderView;
  /** Undefined where the desk does not know it either. */
  outcome: OrderOutcomeView | undefined;
  /** Those of its fills since then that are known. */
  fills: readonly FillView[];
}

/** More are told as a count: nobody reads forty toasts. */
const TOLD_ONE_BY_ONE = 2;

/** How orders ended while nobody listened, as the desk remembers it. */
export function announceOutcomes(ends: readonly FoundEnd[]): void {
  if (ends.length > TOLD_ONE_BY_ONE) return tellCount(ends);
  for (const { order, outcome, fills } of ends) {
    if (outcome === undefined) tellUnknown(order);
    else if (outcome.state === 'filled') tellFilled(order, outcome, fills);
    else {
      const { orderId, filledLots, cancelReason, sizeLots } = outcome;
      const reason = cancelReason === '' ? 'requested' : cancelReason;
      tellEnd({ orderId, reason, filledLots }, { ...order, sizeLots });
    }
  }
}

function tellUnknown({ orderId }: OrderView): void {
  toast({
    group: `order ${orderId}`,
    tone: 'warn',
    text: `How order ${orderId} ended is not known.`,
    detail: 'The desk has no record of it. Look at your fills and positions.',
  });
}

/** At its average where every fill since is known, else only how much. */
function tellFilled(
  order: OrderView,
  { orderId, filledLots, sizeLots }: OrderOutcomeView,
  fills: readonly FillView[],
): void {
  const sinceLots = filledLots - (order.sizeLots - order.openLots);
  const knownLots = fills.reduce((sum, { lots }) => sum + lots, 0);
  if (knownLots === sinceLots) {
    const filled = { ...order, sizeLots, openLots: 0, state: 'filled' as const };
    return announceFills({ orders: [filled], fills: [...fills], notices: [] });
  }
  const market = marketOf(order);
  playSound('fill');
  toast({
    group: `order ${orderId}`,
    tone: 'info',
    text: `Order ${orderId} filled.`,
    detail: market === undefined ? '' : `${sizeOf(filledLots, market)} on ${market.name}.`,
  });
}

function tellCount(ends: readonly FoundEnd[]): void {
  const counts = new Map<string, number>();
  for (const { outcome } of ends) {
    const words = outcome === undefined ? 'not known' : outcomeWords(outcome);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  toast({
    group: 'ended meanwhile',
    tone: 'warn',
    text: `${ends.length} orders ended meanwhile.`,
    detail: `${[...counts].map(([words, count]) => `${count} ${words}`).join('; ')}.`,
  });
}
