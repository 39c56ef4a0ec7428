import { feedFreshness } from '../freshness.ts';
import { link, pulse } from '../stores/connectionStore.ts';
import { sessionStore } from '../stores/sessionStore.ts';

/** Why nothing could be sent at one click now, as a sentence; undefined when it could. */
export function armingBlock(): string | undefined {
  const { session, account } = sessionStore.getState();
  if (session.state !== 'signedIn') return 'Sign in to arm.';
  if (session.agent === undefined) return 'Approve a trading key to arm.';
  const chosen = session.session.accounts.find((each) => each.account === account);
  if (chosen?.mayTrade !== true) return 'You may look at this account and not trade it.';
  return isFeedFresh() ? undefined : 'The feed is not live: nothing can be armed.';
}

export function isFeedFresh(): boolean {
  return feedFreshness({ link: link.latest('link'), pulse: pulse(), nowMs: Date.now() }).face === 'fresh';
}
