import type { MarginSampleView } from '../protocol/views/accounts.ts';
import type { MarginWindowRecord } from '../records/views.ts';
import { DAY_MS } from '../units/time.ts';
import type { MarginHistory } from './marginHistory.ts';
import { minutesOf, windowStartMs, windowsOf } from './marginWindows.ts';
import { CallError } from './threads/pendingCalls.ts';

export interface MarginKeeperPorts {
  readonly history: MarginHistory;
  nowMs(): number;
  /** @fails CallError when the records are late or gone */
  kept(fromMs: number): Promise<readonly MarginWindowRecord[]>;
  write(windows: readonly MarginWindowRecord[]): void;
}

/**
 * Carries the history of margins over a restart: reads what earlier runs left, then leaves what this one sees. Nothing
 * is written before the earlier was read, because a window that both saw is written whole.
 */
export class MarginKeeper {
  readonly #ports: MarginKeeperPorts;
  #hasRead = false;
  /** Start of the newest window that was written: it may have gone on since. */
  #writtenMs = 0;

  constructor(ports: MarginKeeperPorts) {
    this.#ports = ports;
  }

  /** Reads once, then writes. Asked once a minute. */
  async keep(): Promise<void> {
    if (this.#hasRead || (await this.#read())) this.write();
  }

  /** Writes every window that is new or has gone on; nothing before the earlier ones were read. */
  write(): void {
    if (!this.#hasRead) return;
    const { history, nowMs, write } = this.#ports;
    const windows = [...history.accounts].flatMap((account) =>
      windowsOf(account, history.samplesFrom(account, this.#writtenMs)),
    );
    this.#writtenMs = windowStartMs(nowMs());
    write(windows);
  }

  async #read(): Promise<boolean> {
    const { history, nowMs, kept } = this.#ports;
    try {
      const byAccount = new Map<number, MarginSampleView[]>();
      for (const window of await kept(nowMs() - DAY_MS)) {
        const samples = byAccount.get(window.account) ?? [];
        samples.push(...minutesOf(window));
        byAccount.set(window.account, samples);
      }
      // Two may have asked at once; the second finds it done.
      if (this.#hasRead) return true;
      for (const [account, samples] of byAccount) history.seed(account, samples);
      this.#hasRead = true;
    } catch (error) {
      // Records that are late are asked again in a minute; what was seen stays in memory until then.
      if (!(error instanceof CallError)) throw error;
    }
    return this.#hasRead;
  }
}
