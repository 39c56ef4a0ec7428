import type { Origin } from './origin.ts';

/** How a session ended: by whom, or by what. */
export type SessionEnd =
  | { readonly is: 'signedOut'; readonly by: Origin }
  /** Ended in the list of sessions: one's own elsewhere, or, by an admin, anybody's of the firm. */
  | { readonly is: 'revoked'; readonly by: Origin }
  /** The browser signed in anew. */
  | { readonly is: 'replaced'; readonly by: Origin }
  /** The address is no longer what it was of which firms. */
  | { readonly is: 'lostStanding' }
  | { readonly is: 'ranOut' }
  /** There were too many: the one that was idle longest went. */
  | { readonly is: 'crowdedOut' };
