import type { MarketView } from '../engine/protocol/views/market.ts';
import { type DraftContext, type DraftReading, readDraft } from './draftOrder.ts';
import { sizeText } from './numberInput.ts';
import { settings } from './settings/settingsStore.ts';
import { accounts } from './stores/accountStore.ts';
import { pulse } from './stores/connectionStore.ts';
import { type Draft, draftStore } from './stores/draftStore.ts';
import { books, marks } from './stores/marketStore.ts';
import { isAtMarket } from './worstPrice.ts';

/** Everything a draft is read against, as it stands now. */
export function contextNow(account: number, market: MarketView): DraftContext {
  const { instrument } = market;
  const held = accounts.get(account)?.view.positions.find((each) => each.instrument === instrument);
  return {
    account,
    market,
    book: books.get(instrument),
    mark: marks.get(instrument),
    positionLots: held?.lots ?? 0,
    mostLots: draftStore.getState().most?.lots,
    tolerancePercent: settings().slippage.tolerancePercent,
    nowMs: pulse()?.timeMs ?? 0,
  };
}

/** The draft as an operation, read now. `max` means what was last asked for these terms, and nothing for others. */
export function readDraftNow(draft: Draft, account: number, market: MarketView): DraftReading {
  const context = contextNow(account, market);
  const { most } = draftStore.getState();
  const isMostCurrent = most !== undefined && most.terms === termsOf(draft, account, market);
  return readDraft(draft, isMostCurrent ? context : { ...context, mostLots: undefined });
}

/** What the largest size depends on: the draft without its size; '' while it says nothing. */
export function termsOf(draft: Draft, account: number, market: MarketView): string {
  const probe = probeOf(draft, account, market, 1);
  if (probe === undefined) return '';
  const isMoving = (key: string) => moving.has(key) || (key === 'price' && isAtMarket(draft.type));
  return JSON.stringify([draft.worstText, probe], (key, value: unknown) =>
    isMoving(key) ? undefined : value,
  );
}

/** An order with a life says another time each moment, and a bracket or a worst price in percent another price. */
const moving = new Set(['expiresAtMs', 'takeProfit', 'stopLoss']);

/** The draft's operation at another size. */
export function probeOf(draft: Draft, account: number, market: MarketView, lots: number) {
  const reading = readDraft({ ...draft, sizeText: sizeText(lots, market) }, contextNow(account, market));
  return reading.is === 'operation' ? reading.operation : undefined;
}
