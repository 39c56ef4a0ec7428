import {
  collateralPriceE8,
  collateralValueUsd,
  collateralWeightPpm,
} from '../../core/accounts/collateralValue.ts';
import type { Engine } from '../../core/engine.ts';
import { FIRST_ACCOUNT, USDC } from '../../core/ledger/systemAccounts.ts';
import { countedUsd, equityUsd } from '../../core/margin/equity.ts';
import { highWater } from '../../core/memory/table.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { walkEvents } from '../../protocol/events/read.ts';
import { eventTags } from '../../protocol/events/table.ts';
import { DAY_MS } from '../../units/time.ts';

/** What comes from elsewhere or goes there was not earned. A ported position leaves both sides as they were at mark. */
const MOVES: readonly number[] = [LedgerReason.deposit, LedgerReason.collateralMove, LedgerReason.transfer];

/**
 * What each account has earned this day (UTC): how its equity has changed, less what was moved in or out. Kept in
 * memory: a desk that was started anew begins with its start, and says since when it counts.
 */
export class DayBook {
  #sinceMs = 0;
  /** Equity when the day began, and what was moved in since: micro-USD by account. */
  #equityUsd = new Map<number, number>();
  #movedUsd = new Map<number, number>();

  /** When the day's count began; 0 while there is nothing to count by. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Takes note of the events of a frame that has just been applied. */
  follow(engine: Engine, lanes: Float64Array): void {
    const nowMs = engine.state.globals.columns.timeMs[0]!;
    if (this.#sinceMs === 0 || dayOf(nowMs) !== dayOf(this.#sinceMs)) {
      // Coins without a price would count as earned when they get one.
      if (isPriced(engine)) this.#begin(engine, nowMs);
      return;
    }
    walkEvents(lanes, 0, lanes.length, (tag, at) => {
      if (tag !== eventTags.LedgerPosted || !MOVES.includes(lanes[at + 4]!)) return;
      const usd = countedValueUsd(engine, lanes[at + 2]!, lanes[at + 3]!);
      this.#add(lanes[at]!, 0 - usd);
      this.#add(lanes[at + 1]!, usd);
    });
  }

  /**
   * @param equity of the account now, micro-USD
   * @returns null while the day's count has not begun
   */
  pnlUsd(account: number, equity: number): number | null {
    if (this.#sinceMs === 0) return null;
    return equity - (this.#equityUsd.get(account) ?? 0) - (this.#movedUsd.get(account) ?? 0);
  }

  #begin({ state, risk }: Engine, nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#movedUsd.clear();
    this.#equityUsd.clear();
    for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++)
      this.#equityUsd.set(account, equityUsd(risk.portfolioOf(account)));
  }

  #add(account: number, usd: number): void {
    this.#movedUsd.set(account, (this.#movedUsd.get(account) ?? 0) + usd);
  }
}

function isPriced({ state }: Engine): boolean {
  return state.directory.assets.every((_, asset) => asset === USDC || collateralPriceE8(state, asset) > 0);
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

/** What an amount adds to equity. */
function countedValueUsd({ state }: Engine, asset: number, amount: number): number {
  if (asset === USDC) return amount;
  return countedUsd(collateralValueUsd(state, asset, amount), collateralWeightPpm(state, asset));
}
