import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type { PastAccountView, PastMarketView, PastMomentView } from '../../engine/protocol/views/past.ts';
import type { Channel } from '../feed/messages.ts';
import { getJson, RequestError } from '../http.ts';
import { restoreSession } from '../session.ts';
import { applyAccountFrame } from '../stores/accountStore.ts';
import { link, setPulse } from '../stores/connectionStore.ts';
import { books, marks, setListing } from '../stores/marketStore.ts';
import { pastStore } from './pastStore.ts';

const AGAIN_MS = 1_000;
/** Records are seconds behind the journal, or there are none. */
const FILLS_ASKED_MAX = 10;
/** Refusals that pass by themselves. */
const passing = new Set(['past.busy', 'engine.busy', 'engine.notReady', 'request.tooMany']);

/** Fills a page of the past once: who looks, the moment, the listing and its marks. Nothing is followed after that. */
export async function openPast(life: AbortSignal): Promise<void> {
  await restoreSession();
  const moment = await asked<PastMomentView>('/api/v1/moment', life);
  if (moment === undefined) return;
  const listing = await asked<MarketsView>('/api/v1/markets', life);
  if (listing === undefined) return;
  setListing(listing);
  stand(moment);
  const [first] = listing.markets;
  if (first !== undefined) await showMarket(first.instrument, life);
}

/** What the stream would tell of a channel, once. */
export function showOnce(channel: Channel): () => void {
  const life = new AbortController();
  if (channel.kind === 'market') void showMarket(channel.key, life.signal);
  if (channel.kind === 'account') void showAccount(channel.key, life.signal);
  return () => life.abort();
}

/** Everything on the page is as old as the moment itself: its clock and what it last heard stand there. */
function stand(moment: PastMomentView): void {
  const { seq, timeMs } = moment;
  setPulse({
    seq,
    timeMs,
    sentMs: timeMs,
    receivedMs: timeMs,
    delayMs: 0,
    messagesPerSecond: 0,
    rttMs: undefined,
  });
  link.set('link', { state: 'open', build: '', isPaused: true });
  pastStore.setState({ moment, error: undefined });
}

async function showMarket(instrument: number, life: AbortSignal): Promise<void> {
  const view = await asked<PastMarketView>(`/api/v1/stream/market/${instrument}`, life);
  if (view === undefined) return;
  books.set(instrument, view.market);
  for (const mark of view.marks) marks.set(mark.instrument, mark);
}

async function showAccount(account: number, life: AbortSignal): Promise<void> {
  for (let tries = 0; tries < FILLS_ASKED_MAX; tries++) {
    const view = await asked<PastAccountView>(`/api/v1/stream/account/${account}`, life);
    if (view === undefined) return;
    const snapshot = { ...view, type: 'accountSnapshot' as const, fills: view.fills ?? [] };
    applyAccountFrame({ accounts: [snapshot] });
    if (view.fills !== null) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** The answer, asked again while the desk is busy; undefined when it is refused for good, or nobody waits any more. */
async function asked<T>(path: string, life: AbortSignal): Promise<T | undefined> {
  while (!life.aborted) {
    try {
      const view = await getJson<T>(path);
      return life.aborted ? undefined : view;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const isKnown = pastStore.getState().moment !== undefined;
      // What was not there yet leaves its pane empty; without the moment itself there is no page.
      if (!isKnown) pastStore.setState({ error: error.error });
      if (!passing.has(error.error.code)) return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return undefined;
}
