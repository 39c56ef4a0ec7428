import type { Origin } from './origin.ts';
import { RefusedSignIns } from './refusedSignIns.ts';
import type { Session } from './session.ts';
import type { SessionEnd } from './sessionEnd.ts';

/** As many digits of a session's hash as records name it by. */
const SESSION_DIGITS = 16;

/** Where it is written. */
interface DoorLog {
  record(action: string, origin: Origin, result: string, params: unknown): void;
  refused(action: string, origin: Origin, code: string, params: unknown): void;
}

/** What signing in and out leaves in the audit log: decisions that never reach the engine (decision 074). */
export class SignInAudit {
  readonly #audit: DoorLog;
  readonly #refused: RefusedSignIns;

  constructor(audit: DoorLog, nowMs: () => number) {
    this.#audit = audit;
    this.#refused = new RefusedSignIns({
      nowMs,
      refused: (origin, code, params) => audit.refused('SignIn', origin, code, params),
      summed: (origin, code, params) => audit.refused('SignInsRefused', origin, code, params),
    });
  }

  signedIn(origin: Origin & { readonly session: Session }): void {
    const { address, browser } = origin.session;
    this.#audit.record('SignIn', origin, 'applied', { wallet: address, browser });
  }

  /** @see RefusedSignIns.note */
  refused(origin: Origin, code: string, wallet: string): void {
    this.#refused.note(origin, code, wallet);
  }

  /** Everybody's session, however it ended. What nobody asked for is the desk's own doing. */
  ended(session: Session, end: SessionEnd): void {
    const params = { session: session.id.slice(0, SESSION_DIGITS), wallet: session.address, why: end.is };
    if (end.is === 'signedOut') return this.#audit.record('SignOut', end.by, 'applied', params);
    const by: Origin = 'by' in end ? end.by : { session, ipAddress: '', isDesk: true };
    this.#audit.record('EndSession', by, 'applied', params);
  }

  sweep(): void {
    this.#refused.sweep();
  }

  close(): void {
    this.#refused.close();
  }
}
