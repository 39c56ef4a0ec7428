import type { AccountView } from '../protocol/views/account.ts';
import { MINUTE_MS } from '../units/time.ts';
import type { History } from './history.ts';
import { MarginHistory } from './marginHistory.ts';
import { MarginKeeper } from './marginKeeper.ts';
import { MarginSampler } from './marginSampler.ts';
import type { RecordsClient } from './threads/recordsClient.ts';

/** Often enough that a minute's worst is not missed by much. */
const SAMPLE_MS = 5_000;
/** What a kill may take from the history. */
const KEEP_MS = MINUTE_MS;

export interface MarginsPorts {
  /** Whose margins are looked at; none unless the desk is open. */
  accounts(): readonly number[];
  ask(accounts: number[]): Promise<readonly AccountView[]>;
  readonly recorded: Pick<History, 'marginWindows'>;
  /** Undefined on a desk that keeps no records: its history begins anew with each start. */
  records(): RecordsClient | undefined;
}

/** How near accounts came to liquidation over the last day: looked at, held in memory, kept over a restart. */
export class Margins {
  readonly history = new MarginHistory(Date.now());
  readonly #ports: MarginsPorts;
  readonly #keeper: MarginKeeper;

  constructor(ports: MarginsPorts) {
    this.#ports = ports;
    this.#keeper = new MarginKeeper({
      history: this.history,
      nowMs: Date.now,
      kept: (fromMs) => ports.recorded.marginWindows(fromMs),
      write: (windows) => ports.records()?.margins(windows),
    });
  }

  /** Looks from now on. @param every sets a timer that ends with the desk */
  start(every: (intervalMs: number, run: () => void) => void): void {
    const { accounts, ask } = this.#ports;
    const note = (view: AccountView) => this.history.note(view, Date.now());
    const sampler = new MarginSampler({ accounts, ask, note });
    every(SAMPLE_MS, () => void sampler.look());
    every(KEEP_MS, () => void this.keep());
    void sampler.look();
  }

  /** Writes what is new to the records, once they have said what they know. */
  async keep(): Promise<void> {
    if (this.#ports.records() !== undefined) await this.#keeper.keep();
  }

  /** The last minute too, before the records end. */
  stop(): void {
    this.#keeper.write();
  }
}
