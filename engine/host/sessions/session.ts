/** What is noted of a sign-in, so that its owner knows it again in a list. */
export interface SignedInFrom {
  /** What the browser says it is. */
  readonly browser: string;
  /** Names the network address without saying it: the same address reads the same until the desk restarts. */
  readonly place: string;
  /** What the address was of which firms; once that is not so any more the session ends. */
  readonly standing: string;
}

export interface Session extends SignedInFrom {
  /** Hash of the secret in the cookie: what a look into this process or a log would show. */
  readonly id: string;
  /** Lower case hex. */
  readonly address: string;
  readonly startedMs: number;
  readonly expiresAtMs: number;
  lastSeenMs: number;
}
