import type {
  ListDestination,
  SetWithdrawalLimits,
  UnlistDestination,
} from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isAddressValid, isIntegerIn, isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { changeSettlement } from './changeSettlement.ts';
import type { Destination } from './settlementFacts.ts';

/** Addresses in the book of one firm. */
const BOOK_MAX = 64;

/** The addresses a firm lets its withdrawals go to, besides its owner's. */
export function bookOf({ directory }: State, firm: number): readonly Destination[] {
  return directory.settlement.book.filter((each) => each.firm === firm);
}

/** What a firm may withdraw in a day, micro-USD; 0 for no end. */
export function withdrawalLimitsOf(
  { directory }: State,
  firm: number,
): { dayUsd: number; destinationDayUsd: number } {
  const own = directory.settlement.limits.find((each) => each.firm === firm);
  return { dayUsd: own?.dayUsd ?? 0, destinationDayUsd: own?.destinationDayUsd ?? 0 };
}

/** Refusals: parameters.invalid, label.invalid, destination.tooMany. */
export function listDestination(engine: Engine, firm: number, action: ListDestination): number {
  const { to, label, dayUsd } = action;
  const { directory, globals } = engine.state;
  const { book } = directory.settlement;
  if (!isAddressValid(to) || !isIntegerIn(dayUsd, 0, Number.MAX_SAFE_INTEGER))
    return refusal['parameters.invalid'];
  if (!isLabelValid(label)) return refusal['label.invalid'];
  const others = book.filter((each) => each.firm !== firm || each.to !== to);
  if (others.filter((each) => each.firm === firm).length >= BOOK_MAX) return refusal['destination.tooMany'];
  const before = book.find((each) => each.firm === firm && each.to === to);
  const listedMs = before?.listedMs ?? globals.columns.timeMs[0]!;
  changeBook(engine, firm, [...others, { firm, to, label, dayUsd, listedMs }]);
  return OK;
}

/** Refusal: destination.unknown. */
export function unlistDestination(engine: Engine, firm: number, { to }: UnlistDestination): number {
  const { book } = engine.state.directory.settlement;
  const others = book.filter((each) => each.firm !== firm || each.to !== to);
  if (others.length === book.length) return refusal['destination.unknown'];
  changeBook(engine, firm, others);
  return OK;
}

function changeBook(engine: Engine, firm: number, book: readonly Destination[]): void {
  changeSettlement(engine, { book });
  announce(engine.out, TAG.DestinationsSet, firm, bookOf(engine.state, firm).length);
}

/** Refusal: parameters.invalid. */
export function setWithdrawalLimits(engine: Engine, firm: number, action: SetWithdrawalLimits): number {
  const { dayUsd, destinationDayUsd } = action;
  const isLimit = (usd: number) => isIntegerIn(usd, 0, Number.MAX_SAFE_INTEGER);
  if (!isLimit(dayUsd) || !isLimit(destinationDayUsd)) return refusal['parameters.invalid'];
  const others = engine.state.directory.settlement.limits.filter((each) => each.firm !== firm);
  const isNone = dayUsd === 0 && destinationDayUsd === 0;
  changeSettlement(engine, { limits: isNone ? others : [...others, { firm, dayUsd, destinationDayUsd }] });
  announce(engine.out, TAG.WithdrawalLimitsSet, firm, dayUsd, destinationDayUsd);
  return OK;
}

/** Whether new limits let nothing more pass than those of now. */
export function areWithdrawalLimitsTighter(state: State, firm: number, action: SetWithdrawalLimits): boolean {
  const before = withdrawalLimitsOf(state, firm);
  return (
    isNoMore(action.dayUsd, before.dayUsd) && isNoMore(action.destinationDayUsd, before.destinationDayUsd)
  );
}

/** Of limits where 0 is no end. */
function isNoMore(after: number, before: number): boolean {
  return before === 0 || (after > 0 && after <= before);
}
