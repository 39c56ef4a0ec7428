import { pageErrors } from '../../../../engine/protocol/pageErrors.ts';
import { type DraftContext, hasTrigger, worstOf } from '../../../../lib/draftOrder.ts';
import { priceText, readPercentPpm, ticksOf } from '../../../../lib/numberInput.ts';
import { type PriceContext, readPrice } from '../../../../lib/priceInput.ts';
import type { Draft } from '../../../../lib/stores/draftStore.ts';
import type { TypedWorst } from '../../../../lib/worstPrice.ts';
import { steppedTicks } from './Ticket.hints.ts';

/** The price of a distance, or the distance of a price; none while it cannot be read. */
export function worstHint(draft: Draft, context: DraftContext): string | undefined {
  const worst = worstNow(draft, context);
  return worst.is === 'worst' && worst.shown !== '' ? `= ${worst.shown}` : undefined;
}

export function worstFault(draft: Draft, context: DraftContext): string | undefined {
  const worst = worstNow(draft, context);
  if (worst.is === 'unreadable') return 'No price. Try 1%, 63,100, ask+20.';
  if (worst.is !== 'worst' || ticksOf(worst.text, context.market) !== undefined) return undefined;
  return pageErrors['order.priceOffTick'][1];
}

function worstNow(draft: Draft, context: DraftContext): TypedWorst {
  const trigger = hasTrigger(draft) ? readPrice(draft.triggerText, context) : undefined;
  return worstOf(draft, trigger?.is === 'decimal' ? trigger.text : undefined, context);
}

/** A tenth of a percent, as most people think of slippage. */
const STEP_PPM = 1_000;

/** The text some steps further, a tenth of a percent or a tick each; undefined when there is nothing to start from. */
export function steppedWorst(typed: string, steps: number, context: PriceContext): string | undefined {
  const ppm = readPercentPpm(typed);
  if (ppm !== undefined) return `${Math.max(STEP_PPM, ppm + steps * STEP_PPM) / 10_000}%`;
  const ticks = typed.trim() === '' ? undefined : steppedTicks(typed, steps, context);
  return ticks === undefined ? undefined : priceText(ticks, context.market);
}
