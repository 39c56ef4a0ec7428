/** GET /api/v1/sessions: who is signed in as oneself, or (`?of=firm`, for admins) as anybody of the firm. */
export interface SessionsView {
  sessions: SessionEntryView[];
}

export interface SessionEntryView {
  /** What DELETE /api/v1/sessions/:session names. It signs nobody in. */
  session: string;
  /** Of the member, and the wallet it signed in with. */
  label: string;
  address: string;
  startedMs: number;
  lastSeenMs: number;
  expiresAtMs: number;
  /** As the browser names itself. */
  browser: string;
  /** Stands for the network address: equal for equal ones, until the desk restarts. */
  place: string;
  /** The one that asks. */
  isThis: boolean;
}
