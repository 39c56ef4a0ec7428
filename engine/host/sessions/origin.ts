import type { Session } from './session.ts';

/** Where a request came from: what the door knows and the journal does not. */
export interface Origin {
  readonly session: Session | undefined;
  readonly ipAddress: string;
  /** The desk itself did it, about that session. */
  readonly isDesk?: boolean;
}
