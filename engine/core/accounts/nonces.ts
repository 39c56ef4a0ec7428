import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import { putF, putI, type Undo } from '../memory/undo.ts';
import { NONCES_PER_AGENT, type State } from '../state.ts';

/** A nonce is a wall time of the client: this far behind or ahead of the engine's it is no longer believed. */
const OLDEST_MS = 2 * DAY_MS;
const NEWEST_MS = DAY_MS;

/** After this long nothing that could once be used passes the window any more. */
export const NONCE_LIFE_MS = OLDEST_MS + NEWEST_MS;

/** Whether a nonce is a time that is believed now. */
export function isNonceOfNow(nonce: number, timeMs: number): boolean {
  return nonce > timeMs - OLDEST_MS && nonce < timeMs + NEWEST_MS;
}

function cell(state: State, row: number, place: number): number {
  const start = state.agents.columns.nonceStart[row]!;
  return row * NONCES_PER_AGENT + ((start + place) % NONCES_PER_AGENT);
}

/**
 * Whether a nonce may be used: inside the time window, above the lowest of the hundred kept when
 * these are full, and not among them.
 *
 * @returns OK or the refusal, in the order: window, too low, replayed
 */
export function judgeNonce(state: State, row: number, nonce: number, timeMs: number): number {
  if (!isNonceOfNow(nonce, timeMs)) return refusal['nonce.outsideWindow'];
  const kept = state.nonces.columns.nonce;
  const count = state.agents.columns.nonceCount[row]!;
  if (count === NONCES_PER_AGENT && nonce < kept[cell(state, row, 0)]!) return refusal['nonce.tooLow'];
  for (let place = count - 1; place >= 0; place--) {
    const used = kept[cell(state, row, place)]!;
    if (used === nonce) return refusal['nonce.replayed'];
    if (used < nonce) break;
  }
  return OK;
}

/** Keeps a nonce that `judgeNonce` let pass; the lowest of a full ring is dropped. */
export function keepNonce(state: State, undo: Undo, row: number, nonce: number): void {
  const { nonceStart, nonceCount } = state.agents.columns;
  const kept = state.nonces.columns.nonce;
  if (nonceCount[row] === NONCES_PER_AGENT) {
    putI(undo, nonceStart, row, (nonceStart[row]! + 1) % NONCES_PER_AGENT);
  } else {
    putI(undo, nonceCount, row, nonceCount[row]! + 1);
  }
  let place = nonceCount[row]! - 1;
  for (; place > 0 && kept[cell(state, row, place - 1)]! > nonce; place--) {
    putF(undo, kept, cell(state, row, place), kept[cell(state, row, place - 1)]!);
  }
  putF(undo, kept, cell(state, row, place), nonce);
}
