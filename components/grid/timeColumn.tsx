import { plainTime } from '../../lib/plainText.ts';
import { TimeText } from '../ui/TimeText.tsx';
import type { GridColumn } from './gridColumn.ts';

/**
 * When each row of a history was: the first column, and under it how many rows stand in the list.
 *
 * @param nouns what the rows are, in the plural
 */
export function timeColumn<R>(width: number, nouns: string, timeMsOf: (row: R) => number): GridColumn<R> {
  return {
    id: 'time',
    title: 'time UTC',
    kind: 'time',
    width,
    text: (row) => plainTime(timeMsOf(row)),
    cell: (row) => <TimeText timeMs={timeMsOf(row)} todayMs={Date.now()} />,
    total: (rows) => `${rows.length} ${nouns}`,
  };
}
