import { createHash, randomBytes } from 'node:crypto';
import { limits } from '../limits.ts';
import type { Session, SignedInFrom } from './session.ts';
import type { SessionEnd } from './sessionEnd.ts';

type EndListener = (session: Session, end: SessionEnd) => void;

/**
 * Who is signed in. Sessions live in this process alone, so ending one ends it everywhere at once; a
 * restart signs everybody out.
 */
export class SessionStore {
  readonly #nowMs: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #onEnd: EndListener[] = [];

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Told of every session that ends, however it ends: its sockets must go. */
  onEnd(listener: EndListener): void {
    this.#onEnd.push(listener);
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** @returns the secret for the cookie; it is not kept here */
  start(address: string, from: SignedInFrom): { readonly secret: string; readonly session: Session } {
    if (this.#sessions.size >= limits.session.sessionsMax) this.#endLongestIdle();
    const secret = randomBytes(32).toString('base64url');
    const nowMs = this.#nowMs();
    const session = {
      ...from,
      id: hashOf(secret),
      address,
      startedMs: nowMs,
      expiresAtMs: nowMs + limits.session.lifeMs,
      lastSeenMs: nowMs,
    };
    this.#sessions.set(session.id, session);
    return { secret, session };
  }

  /** The session of a secret, if it is still good. Being asked for counts as being used. */
  find(secret: string): Session | undefined {
    return this.byId(hashOf(secret));
  }

  byId(sessionId: string): Session | undefined {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return undefined;
    if (this.#hasEnded(session)) {
      this.end(session.id, { is: 'ranOut' });
      return undefined;
    }
    session.lastSeenMs = this.#nowMs();
    return session;
  }

  /** All that are still good, latest sign-in first. */
  all(): Session[] {
    return [...this.#sessions.values()].filter((session) => !this.#hasEnded(session)).reverse();
  }

  /** Ends every session of which this is so. */
  endWhere(isOver: (session: Session) => boolean, end: SessionEnd): void {
    for (const session of this.#sessions.values()) if (isOver(session)) this.end(session.id, end);
  }

  /** Ends those whose address is no longer what it was of which firms. */
  endLost(hasLost: (session: Session) => boolean): void {
    this.endWhere(hasLost, { is: 'lostStanding' });
  }

  end(sessionId: string, end: SessionEnd): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return;
    this.#sessions.delete(sessionId);
    for (const listener of this.#onEnd) listener(session, end);
  }

  /** Ends what has run out; call it now and then. A session with an open socket is in use. */
  sweep(isInUse: (sessionId: string) => boolean): void {
    for (const session of this.#sessions.values())
      if (isInUse(session.id)) session.lastSeenMs = this.#nowMs();
    this.endWhere((session) => this.#hasEnded(session), { is: 'ranOut' });
  }

  #hasEnded(session: Session): boolean {
    const nowMs = this.#nowMs();
    return nowMs >= session.expiresAtMs || nowMs - session.lastSeenMs >= limits.session.idleMs;
  }

  #endLongestIdle(): void {
    let idlest: Session | undefined;
    for (const session of this.#sessions.values()) {
      if (idlest === undefined || session.lastSeenMs < idlest.lastSeenMs) idlest = session;
    }
    if (idlest !== undefined) this.end(idlest.id, { is: 'crowdedOut' });
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
