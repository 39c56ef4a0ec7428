import { useRef } from 'react';
import { type FeedAges, feedAges } from '../feedAges.ts';
import {
  accountFreshness,
  bookFreshness,
  type Clockwork,
  type Freshness,
  feedFreshness,
  looksSame,
  markFreshness,
} from '../freshness.ts';
import { accounts } from '../stores/accountStore.ts';
import { channels, link, pulse } from '../stores/connectionStore.ts';
import { books, marks } from '../stores/marketStore.ts';
import { useSelectedAccount } from './account.ts';
import { useKeyed } from './keyed.ts';
import { useMarkets } from './market.ts';
import { PACE_MS, useNow, useTicked } from './now.ts';

const unknown: Freshness = { face: 'unknown' };

/**
 * What ages are read from, renewed four times a second. Books, marks and accounts are looked at then and not at every
 * change of theirs: an age says nothing new sixty times a second, and whoever shows one would be drawn as often.
 */
export function useClockwork(): Clockwork {
  const nowMs = useNow(PACE_MS);
  return { link: useKeyed(link, 'link'), pulse: pulse(), nowMs };
}

/** A face looked at as often, and the same object while it looks the same: what is fresh renders nobody again. */
function useFace(read: (clockwork: Clockwork) => Freshness): Freshness {
  const shown = useRef(unknown);
  const line = useKeyed(link, 'link');
  const look = (nowMs: number) => {
    const now = read({ link: line, pulse: pulse(), nowMs });
    if (!looksSame(shown.current, now)) shown.current = now;
    return shown.current;
  };
  return useTicked(PACE_MS, look, unknown);
}

/** Face of the stream itself: nothing that comes with it is fresher. */
export function useFeedFreshness(): Freshness {
  return useFace(feedFreshness);
}

export function useBookFreshness(instrument: number): Freshness {
  const channel = useKeyed(channels, `market/${instrument}`);
  return useFace((clockwork) => bookFreshness(books.get(instrument), channel, clockwork));
}

export function useMarkFreshness(instrument: number): Freshness {
  return useFace((clockwork) => markFreshness(marks.get(instrument), clockwork));
}

/** The selected account's age as it ticks, for whoever shows it of fresh numbers too. */
export function useAccountAge(): Freshness {
  const account = useSelectedAccount()?.account ?? -1;
  const channel = useKeyed(channels, `account/${account}`);
  return accountFreshness(accounts.get(account)?.view, channel, useClockwork());
}

/** Face of the selected account: its orders, positions and margin. */
export function useAccountFreshness(): Freshness {
  const account = useSelectedAccount()?.account ?? -1;
  const channel = useKeyed(channels, `account/${account}`);
  return useFace((clockwork) => accountFreshness(accounts.get(account)?.view, channel, clockwork));
}

/** Market data, exchange session, oracle and account, each with its own age and limit: the dots of the top bar. */
export function useFeedAges(): FeedAges {
  const clockwork = useClockwork();
  const account = useAccountFreshness();
  return feedAges({ clockwork, account, markets: useMarkets() });
}
