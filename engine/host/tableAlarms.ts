import type { HealthView, TableUseView } from '../protocol/views/health.ts';

/** From this share of its rows on a table is told. */
const ALARM_SHARE = 0.8;

/** Tables that will be full: while they are not somebody can still do something about it. */
export function tableAlarms(tables: readonly TableUseView[]): string[] {
  return tables
    .filter(({ used, limit }) => used >= ALARM_SHARE * limit)
    .map(
      ({ name, used, limit }) =>
        `Alarm: ${used} of ${limit} ${name} are taken; when all are, the next is refused.`,
    );
}

/** @param tables undefined before there is a state */
export function tableHealth(tables: TableUseView[] = []): Pick<HealthView, 'tables' | 'alarms'> {
  return { tables, alarms: tableAlarms(tables) };
}
