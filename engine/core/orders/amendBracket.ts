import { type Bracket, LEG_REMOVED } from '../../protocol/commands/types.ts';
import { BracketRole, InstrumentKind, OrderFlag } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { hasRoomToRest } from '../book/bookStore.ts';
import { flagsOf, sideOf } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import { bracketOf, legOf } from './bracketPlaces.ts';
import { announceBracket, dropBracket, keepRoomFor, legCountOf, openBracket } from './brackets.ts';

/** What is asked of one closing order: to be like this, or (`LEG_REMOVED`) not to be. */
interface LegChange {
  role: BracketRole;
  ticks: number;
  limitTicks: number;
}

const noLegs: Bracket = {
  takeProfitTicks: 0,
  takeProfitLimitTicks: 0,
  stopLossTicks: 0,
  stopLossLimitTicks: 0,
};

/** Those that are named: a trigger or a limit says so. */
function changesOf(legs: Bracket): LegChange[] {
  const { takeProfitTicks, takeProfitLimitTicks, stopLossTicks, stopLossLimitTicks } = legs;
  return [
    { role: BracketRole.takeProfit, ticks: takeProfitTicks, limitTicks: takeProfitLimitTicks },
    { role: BracketRole.stopLoss, ticks: stopLossTicks, limitTicks: stopLossLimitTicks },
  ].filter(({ ticks, limitTicks }) => ticks !== 0 || limitTicks !== 0);
}

/** Whether an amendment names anything of a bracket. */
export function namesLegs(legs: Bracket | undefined): legs is Bracket {
  return legs !== undefined && changesOf(legs).length > 0;
}

/** Whether it only takes away: for that no price need be known. */
export function onlyRemovesLegs(legs: Bracket): boolean {
  return changesOf(legs).every(({ ticks }) => ticks === LEG_REMOVED);
}

/** Whether the terms name anything that is not so already; of an order without a bracket everything is. */
export function changesLegs(state: State, row: number, legs: Bracket): boolean {
  const bracket = bracketOf(state, row);
  return changesOf(legs).some(({ role, ticks, limitTicks }) => {
    if (bracket === NONE) return true;
    const leg = legOf(state, role);
    return ticks !== leg.ticks[bracket] || limitTicks !== leg.limitTicks[bracket];
  });
}

/** Whether each trigger is a tick of the instrument or `LEG_REMOVED`, which has no limit, and each limit a tick. */
export function areLegPricesValid(legs: Bracket, ticksMax: number): boolean {
  return changesOf(legs).every(({ ticks, limitTicks }) =>
    ticks === LEG_REMOVED
      ? limitTicks === 0
      : ticks >= 0 && ticks <= ticksMax && limitTicks >= 0 && limitTicks <= ticksMax,
  );
}

/** The bracket as it is once the changes are made: all zeros for none. */
export function legsAfter(state: State, bracket: number, legs: Bracket | undefined): Bracket {
  const b = state.brackets.columns;
  const after: Bracket =
    bracket === NONE
      ? { ...noLegs }
      : {
          takeProfitTicks: b.takeProfitTicks[bracket]!,
          takeProfitLimitTicks: b.takeProfitLimitTicks[bracket]!,
          stopLossTicks: b.stopLossTicks[bracket]!,
          stopLossLimitTicks: b.stopLossLimitTicks[bracket]!,
        };
  for (const { role, ticks, limitTicks } of legs === undefined ? [] : changesOf(legs)) {
    const isTake = role === BracketRole.takeProfit;
    after[isTake ? 'takeProfitTicks' : 'stopLossTicks'] = ticks === LEG_REMOVED ? 0 : ticks;
    after[isTake ? 'takeProfitLimitTicks' : 'stopLossLimitTicks'] = limitTicks;
  }
  return after;
}

/**
 * Judges which closing orders an amendment may name: of an entry those that are not open, to take one away it must
 * have been asked for. An order without a bracket becomes an entry.
 *
 * @param bracket of the order; NONE for one without
 * @returns OK or: bracket.legUnknown, bracket.legIsOpen, bracket.reduceOnly, bracket.spot
 */
export function judgeLegs(
  state: State,
  row: number,
  instrument: number,
  bracket: number,
  legs: Bracket,
): number {
  const changes = changesOf(legs);
  const isClosing = bracket !== NONE && state.brackets.columns.entry[bracket] !== row;
  const isThere = (role: BracketRole) => bracket !== NONE && legOf(state, role).ticks[bracket] !== 0;
  const isUnknown = ({ role, ticks }: LegChange) => ticks === 0 || (ticks === LEG_REMOVED && !isThere(role));
  if (isClosing || changes.some(isUnknown)) return refusal['bracket.legUnknown'];
  if (bracket !== NONE) {
    const isOpen = changes.some(({ role }) => legOf(state, role).row[bracket] !== NONE);
    return isOpen ? refusal['bracket.legIsOpen'] : OK;
  }
  const isReduceOnly = (flagsOf(state.book.orders.columns.packed[row]!) & OrderFlag.reduceOnly) !== 0;
  if (isReduceOnly) return refusal['bracket.reduceOnly'];
  const isSpot = state.instruments.columns.kind[instrument] === InstrumentKind.spot;
  return isSpot ? refusal['bracket.spot'] : OK;
}

/** How many more closing orders the bracket will be able to open. */
function addedLegs(state: State, bracket: number, legs: Bracket): number {
  return legCountOf(legsAfter(state, bracket, legs)) - legCountOf(legsAfter(state, bracket, undefined));
}

/** Whether the account may have one more order for each that is added, besides those that wait with it. */
export function mayHaveLegs(state: State, row: number, bracket: number, legs: Bracket): boolean {
  if (addedLegs(state, bracket, legs) <= 0) return true;
  const openCount =
    bracket === NONE
      ? 0
      : [BracketRole.takeProfit, BracketRole.stopLoss].filter(
          (role) => legOf(state, role).row[bracket] !== NONE,
        ).length;
  const waiting = legCountOf(legsAfter(state, bracket, legs)) - openCount;
  const account = state.book.orders.columns.account[row]!;
  return state.accounts.columns.orderCount[account]! + waiting <= state.limits.ordersPerAccount;
}

/** Whether the books have room for what is added, and for so many orders besides. */
export function hasRoomForLegs(state: State, bracket: number, legs: Bracket, besides: number): boolean {
  const promised = bracket === NONE ? 0 : state.brackets.columns.promisedOrders[bracket]!;
  const more = legCountOf(legsAfter(state, bracket, legs)) - promised;
  return more <= 0 || hasRoomToRest(state.book, more + besides);
}

/** Whether one that is set would be opened at once, for what has filled already, and fire at once. */
export function wouldFireNow(state: State, instrument: number, bracket: number, legs: Bracket): boolean {
  if (bracket === NONE || state.brackets.columns.heldLots[bracket] === 0) return false;
  const { mark, usdPerTickLot } = state.instruments.columns;
  const isBuy = state.brackets.columns.entrySide[bracket] === 0;
  return changesOf(legs).some(({ role, ticks }) => {
    const trigger = ticks * usdPerTickLot[instrument]!;
    const firesOnRise = isBuy === (role === BracketRole.takeProfit);
    return firesOnRise ? mark[instrument]! >= trigger : mark[instrument]! <= trigger;
  });
}

/**
 * Writes what closes the entry's fills from now on, and keeps room for just that. The bracket is to be settled
 * afterwards: what was added to an entry that has filled in part is opened for that part.
 */
export function putLegs(engine: Engine, row: number, instrument: number, legs: Bracket | undefined): void {
  if (legs === undefined) return;
  const { state, undo, touchedBrackets } = engine;
  const before = bracketOf(state, row);
  const after = legsAfter(state, before, legs);
  if (before === NONE) {
    const { account, packed, id } = state.book.orders.columns;
    const entry = { account: account[row]!, instrument, side: sideOf(packed[row]!) };
    openBracket(engine, entry, after, id[row]!, row);
    return;
  }
  const b = state.brackets.columns;
  putI(undo, b.takeProfitTicks, before, after.takeProfitTicks);
  putI(undo, b.takeProfitLimitTicks, before, after.takeProfitLimitTicks);
  putI(undo, b.stopLossTicks, before, after.stopLossTicks);
  putI(undo, b.stopLossLimitTicks, before, after.stopLossLimitTicks);
  keepRoomFor(engine, before, legCountOf(after));
  announceBracket(engine, before);
  if (legCountOf(after) === 0) dropBracket(engine, before);
  else touchedBrackets.push(before);
}
