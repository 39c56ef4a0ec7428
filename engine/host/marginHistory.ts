import type { AccountView } from '../protocol/views/account.ts';
import type { MarginHistoryView, MarginSampleView } from '../protocol/views/accounts.ts';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';
import { worseOf } from './marginWindows.ts';

/** A day by the minute: what one account may take in memory, whatever happens. */
const SAMPLES_MAX = DAY_MS / MINUTE_MS;

/**
 * How near accounts came to liquidation, minute by minute. It is no record of what was decided: the journal can answer
 * for any sequence, and this ring only saves the screens from asking it a thousand times.
 */
export class MarginHistory {
  #sinceMs: number;
  readonly #rings = new Map<number, MarginSampleView[]>();

  constructor(sinceMs: number) {
    this.#sinceMs = sinceMs;
  }

  /** Whose history is kept. */
  get accounts(): Iterable<number> {
    return this.#rings.keys();
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

  /** Puts what earlier runs of the desk saw before what this one did; of a minute that both saw the worse counts. */
  seed(account: number, earlier: readonly MarginSampleView[]): void {
    const [oldest] = earlier;
    if (oldest === undefined) return;
    this.#sinceMs = Math.min(this.#sinceMs, oldest.timeMs);
    const byMinute = new Map(earlier.map((sample) => [sample.timeMs, sample]));
    for (const sample of this.#rings.get(account) ?? []) {
      const known = byMinute.get(sample.timeMs);
      byMinute.set(sample.timeMs, known === undefined ? sample : worseOf(known, sample));
    }
    this.#rings.set(
      account,
      [...byMinute.values()].sort((a, b) => a.timeMs - b.timeMs),
    );
  }

  /** The minutes from one moment on, oldest first. */
  samplesFrom(account: number, fromMs: number): readonly MarginSampleView[] {
    return (this.#rings.get(account) ?? []).filter(({ timeMs }) => timeMs >= fromMs);
  }

  view(account: number, nowMs: number): MarginHistoryView {
    const samples = [...this.samplesFrom(account, nowMs - DAY_MS + 1)];
    return { account, sinceMs: this.#sinceMs, samples };
  }
}
