import { formatTime } from '../../lib/format.ts';
import styles from './TimeText.module.css';

/** A time of day in UTC; milliseconds are there and do not shout. The date stands where it is not today's. */
export function TimeText({ timeMs, todayMs }: { timeMs: number; todayMs?: number }) {
  if (timeMs <= 0) return '–';
  const text = formatTime(timeMs);
  const date = new Date(timeMs).toISOString().slice(0, 10);
  const isOtherDay = todayMs !== undefined && date !== new Date(todayMs).toISOString().slice(0, 10);
  return (
    <time dateTime={new Date(timeMs).toISOString()}>
      {isOtherDay && <span className={styles.faint}>{date.slice(5)} </span>}
      {text.slice(0, 8)}
      <span className={styles.faint}>{text.slice(8)}</span>
    </time>
  );
}
