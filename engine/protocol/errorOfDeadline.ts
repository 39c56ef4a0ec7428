import { MINUTE_MS } from '../units/time.ts';
import type { ErrorView } from './errors.ts';
import { errorView } from './errors.ts';
import { utcMinute } from './keyWords.ts';

/** The refusal of a withdrawal whose deadline is too soon: it says which would do. Whole minutes, upwards. */
export function errorOfDeadline({ earliestMs, safeMs }: { earliestMs: number; safeMs: number }): ErrorView {
  const minute = (timeMs: number) => `${utcMinute(Math.ceil(timeMs / MINUTE_MS) * MINUTE_MS)} UTC`;
  return errorView(
    'withdrawal.deadlineTooSoon',
    `That is at ${minute(earliestMs)} at the earliest, which would do if all agree at once; ${minute(safeMs)} does whenever they agree.`,
  );
}
