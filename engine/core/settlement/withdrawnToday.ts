import type { Withdraw } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import type { Engine } from '../engine.ts';
import { putF } from '../memory/undo.ts';
import { addedUsd, collateralUsd } from '../policy/movedValue.ts';
import type { State } from '../state.ts';
import { changeSettlement } from './changeSettlement.ts';
import { bookOf, withdrawalLimitsOf } from './destinations.ts';

/** Micro-USD of this withdrawal and of all that was authorised for the firm since 00:00 UTC: pieces are as large as the whole. */
function withdrawnUsd(state: State, firm: number, action: Withdraw): number {
  return addedUsd(withdrawnTodayUsd(state, firm), collateralUsd(state, action));
}

/**
 * Micro-USD of this withdrawal, of all that was authorised today and of all that was asked for before it and waits:
 * pieces that are opened first and done afterwards are as large as the whole.
 *
 * @param openedBefore number of the proposal it is, or will be
 */
export function askedTodayUsd(state: State, firm: number, action: Withdraw, openedBefore: number): number {
  return state.directory.proposals.reduce(
    (sum, open) =>
      open.firm === firm && open.proposal < openedBefore && open.action.kind === 'Withdraw'
        ? addedUsd(sum, collateralUsd(state, open.action))
        : sum,
    withdrawnUsd(state, firm, action),
  );
}

/**
 * Whether a withdrawal stays within what the firm lets out in a day, in all and to where it goes. What has no price is
 * over every limit.
 *
 * Refusals: withdrawal.dayLimit, withdrawal.destinationLimit.
 */
export function judgeDay(state: State, firm: number, action: Withdraw): number {
  const { dayUsd, destinationDayUsd } = withdrawalLimitsOf(state, firm);
  if (dayUsd > 0 && withdrawnUsd(state, firm, action) > dayUsd) return refusal['withdrawal.dayLimit'];
  const own = bookOf(state, firm).find(({ to }) => to === action.to)?.dayUsd ?? 0;
  const most = Math.min(
    ...[own, destinationDayUsd].map((usd) => (usd === 0 ? Number.POSITIVE_INFINITY : usd)),
  );
  const sent = addedUsd(sentTodayUsd(state, firm, action.to), collateralUsd(state, action));
  return sent > most ? refusal['withdrawal.destinationLimit'] : OK;
}

/** Notes one that is authorised just now. */
export function noteWithdrawn(engine: Engine, firm: number, action: Withdraw): void {
  const { state, undo } = engine;
  const { withdrawnUsd: usd, withdrawnDay } = state.firms.columns;
  const day = dayOf(state);
  const { to } = action;
  const sentUsd = addedUsd(sentTodayUsd(state, firm, to), collateralUsd(state, action));
  const others = state.directory.settlement.sent.filter(
    (each) => each.day === day && (each.firm !== firm || each.to !== to),
  );
  putF(undo, usd, firm, withdrawnUsd(state, firm, action));
  putF(undo, withdrawnDay, firm, day);
  changeSettlement(engine, { sent: [...others, { firm, to, day, usd: sentUsd }] });
}

/** Micro-USD authorised to an address since 00:00 UTC. */
export function sentTodayUsd(state: State, firm: number, to: string): number {
  const day = dayOf(state);
  const { sent } = state.directory.settlement;
  return sent.find((each) => each.firm === firm && each.to === to && each.day === day)?.usd ?? 0;
}

/** Micro-USD authorised for the firm since 00:00 UTC. */
export function withdrawnTodayUsd(state: State, firm: number): number {
  const { withdrawnUsd: usd, withdrawnDay } = state.firms.columns;
  return withdrawnDay[firm] === dayOf(state) ? usd[firm]! : 0;
}

function dayOf({ globals }: State): number {
  return Math.floor(globals.columns.timeMs[0]! / DAY_MS);
}
