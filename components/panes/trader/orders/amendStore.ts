import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import type { OrderChange } from '../../../../lib/orderChange.ts';
import { moveOrder } from '../../../../lib/orderRequests.ts';
import { accounts } from '../../../../lib/stores/accountStore.ts';
import { type AmendDraft, amendDraftOf, areLegsShown, changeOf } from './amendment.ts';

/** How long fields wait for the account's own word. */
const SHOWN_MS_MAX = 2_000;

export interface Amending {
  readonly draft: AmendDraft;
  /** Where the writing begins. */
  readonly first: keyof AmendDraft;
}

type Drafts = Readonly<Record<number, Amending | undefined>>;

/** Orders that are being written anew, by id. Cells of one row share it, and so do the rows of its exits. */
const drafts = createStore<Drafts>()(() => ({}));

export function useAmending(orderId: number): Amending | undefined {
  return useStore(drafts, (all) => all[orderId]);
}

/** The ids of orders that are being written anew, the same text until one is begun or left. */
export function useAmendedIds(): string {
  return useStore(drafts, (all) =>
    Object.keys(all)
      .filter((id) => all[Number(id)] !== undefined)
      .join(),
  );
}

export function isAmending(orderId: number): boolean {
  return drafts.getState()[orderId] !== undefined;
}

export function startAmend(order: OrderView, market: MarketView, first: keyof AmendDraft): void {
  drafts.setState({ [order.orderId]: { draft: amendDraftOf(order, market), first } });
}

export function writeAmend(orderId: number, change: Partial<AmendDraft>): void {
  const amending = drafts.getState()[orderId];
  if (amending === undefined) return;
  drafts.setState({ [orderId]: { ...amending, draft: { ...amending.draft, ...change } } });
}

export function dropAmend(orderId: number): void {
  drafts.setState({ [orderId]: undefined });
}

/**
 * Sends what was written, reviewed when safe; what is refused or left stays to be written again.
 *
 * @param onAnswered the fields are still there
 */
export async function sendAmend(order: OrderView, market: MarketView, onAnswered: () => void): Promise<void> {
  const amending = drafts.getState()[order.orderId];
  const change = amending && changeOf(order, amending.draft, contextNow(order.account, market));
  if (change === undefined) return;
  const end = await moveOrder(order, market, change);
  onAnswered();
  if (end.is !== 'answered' || end.answered.results.some(({ status }) => status === 'refused')) return;
  await untilShown(order, change);
  dropAmend(order.orderId);
}

/** An answer is faster than the account's stream: exits that were written stay where they are until they are there. */
function untilShown({ account, orderId }: OrderView, change: OrderChange): Promise<void> {
  const isShown = () =>
    areLegsShown(
      change,
      accounts.get(account)?.orders.find((order) => order.orderId === orderId),
    );
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, SHOWN_MS_MAX);
    const stop = accounts.subscribe(account, () => isShown() && done());
    if (isShown()) done();
  });
}
