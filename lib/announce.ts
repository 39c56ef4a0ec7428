import { type ErrorCode, errors } from '../engine/protocol/errors.ts';
import type { AccountDeltaMessage } from '../engine/protocol/stream.ts';
import { formatPrice, formatSize } from './format.ts';
import { listing } from './stores/marketStore.ts';
import { notify } from './stores/noticeStore.ts';

const cancellationSentences: Record<string, string> = {
  iocRemainder: 'What could not be filled at once was cancelled.',
  selfTrade: 'It would have met an order of the same firm.',
  expired: 'Its time ran out.',
  reduceOnlyExceeded: 'There is no position left for it to reduce.',
  marginInsufficient: 'The account could not carry it any more.',
  amendedToZero: 'Nothing of it was left to work.',
  triggerRefused: 'Its trigger fired, and the order was refused.',
};

/** Cancellations that nobody here asked for. */
export function announceCancellations(delta: AccountDeltaMessage): void {
  for (const { orderId, reason, code } of delta.notices) {
    if (reason === 'requested') continue;
    const sentence = code !== undefined && code in errors ? errors[code as ErrorCode][1] : '';
    notify({
      group: `order ${orderId}`,
      tone: 'warn',
      text: `Order ${orderId} was cancelled.`,
      detail: `${cancellationSentences[reason] ?? reason} ${sentence}`.trim(),
    });
  }
}

/** Resting orders that somebody else met: the one kind of fill that nobody is looking at. */
export function announceMakerFills(delta: AccountDeltaMessage): void {
  const markets = listing.get('listing')?.markets ?? [];
  for (const fill of delta.fills) {
    const market = markets.find((each) => each.instrument === fill.instrument);
    if (!fill.isMaker || market === undefined) continue;
    const verb = fill.side === 'buy' ? 'Bought' : 'Sold';
    const size = `${formatSize(fill.lots, market)} ${market.underlying}`;
    notify({
      group: `order ${fill.orderId}`,
      tone: 'info',
      text: `${verb} ${size} at ${formatPrice(fill.priceTicks, market)}.`,
      detail: `Order ${fill.orderId} on ${market.name} was met.`,
    });
  }
}
