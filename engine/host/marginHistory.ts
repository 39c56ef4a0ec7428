import type { AccountView } from '../protocol/views/account.ts';
import type { MarginHistoryView, MarginSampleView } from '../protocol/views/accounts.ts';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';

/** A day by the minute: what one account may take in memory, whatever happens. */
const SAMPLES_MAX = DAY_MS / MINUTE_MS;

/**
 * How near accounts came to liquidation, minute by minute. It is no record: the journal can answer for any
 * sequence, and this ring only saves the screens from asking it a thousand times.
 */
export class MarginHistory {
  readonly #sinceMs: number;
  readonly #rings = new Map<number, MarginSampleView[]>();

  constructor(sinceMs: number) {
    this.#sinceMs = sinceMs;
  }

  /** Notes where an account stands. Of a minute the worst is kept. */
  note({ account, margin, distance }: Pick<AccountView, 'account' | 'margin' | 'distance'>, nowMs: number) {
    const ring = this.#rings.get(account) ?? [];
    this.#rings.set(account, ring);
    const sample = {
      timeMs: Math.floor(nowMs / MINUTE_MS) * MINUTE_MS,
      sigmas: distance.state === 'noRisk' ? -1 : distance.sigmas,
      ratioPpm: margin.ratioPpm,
    };
    const last = ring.at(-1);
    if (last?.timeMs === sample.timeMs) ring[ring.length - 1] = worseOf(last, sample);
    else ring.push(sample);
    // Twice the day, so that a minute costs no copy of the whole ring.
    if (ring.length > 2 * SAMPLES_MAX) ring.splice(0, ring.length - SAMPLES_MAX);
  }

  view(account: number, nowMs: number): MarginHistoryView {
    const samples = (this.#rings.get(account) ?? []).filter(({ timeMs }) => timeMs > nowMs - DAY_MS);
    return { account, sinceMs: this.#sinceMs, samples };
  }
}

/** Nothing at risk is the best there is, an infinite ratio the worst. */
function worseOf(a: MarginSampleView, b: MarginSampleView): MarginSampleView {
  return {
    timeMs: a.timeMs,
    sigmas: a.sigmas < 0 || b.sigmas < 0 ? Math.max(a.sigmas, b.sigmas) : Math.min(a.sigmas, b.sigmas),
    ratioPpm: a.ratioPpm < 0 || b.ratioPpm < 0 ? -1 : Math.max(a.ratioPpm, b.ratioPpm),
  };
}
