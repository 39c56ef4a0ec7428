import { OK, refusal } from '../../protocol/errors.ts';
import { ownerCapMicroCoins } from '../caps/coinCaps.ts';
import { grossUsd, judgeLeverageSince } from '../caps/leverage.ts';
import { stakeRow } from '../caps/stakes.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** What an account and its firm could come to hold of a coin once their open orders fill. */
interface Reach {
  mostLong: number;
  mostShort: number;
  inCoinUsd: number;
  inAllUsd: number;
}

export function reachOf(state: State, account: number, underlying: number): Reach {
  const row = stakeRow(state, state.accounts.columns.firm[account]!, underlying);
  return {
    mostLong: state.stakes.columns.mostLong[row]!,
    mostShort: state.stakes.columns.mostShort[row]!,
    inCoinUsd: grossUsd(state, account, underlying),
    inAllUsd: grossUsd(state, account, NONE),
  };
}

/**
 * Judges what a move has made of an account by the caps that hold for orders. What has not grown passes.
 *
 * @param before the same account's reach before the move
 * @returns OK or: cap.ownerShare, cap.leverage
 */
export function judgeGrowth(engine: Engine, account: number, underlying: number, before: Reach): number {
  const { state, risk } = engine;
  const now = reachOf(state, account, underlying);
  const cap = ownerCapMicroCoins(state, state.accounts.columns.firm[account]!, underlying);
  const isTooLong = now.mostLong > before.mostLong && now.mostLong > cap;
  const isTooShort = now.mostShort > before.mostShort && now.mostShort > cap;
  if (isTooLong || isTooShort) return refusal['cap.ownerShare'];
  const hasGrown = now.inCoinUsd > before.inCoinUsd || now.inAllUsd > before.inAllUsd;
  return hasGrown ? judgeLeverageSince(state, account, underlying, before, risk.portfolioOf(account)) : OK;
}
