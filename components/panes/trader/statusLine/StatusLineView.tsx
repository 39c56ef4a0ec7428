import { formatAge, formatCount, formatDateTime, formatMs, UNKNOWN } from '../../../../lib/format.ts';
import type { ConnectionView } from '../../../../lib/hooks/connection.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import styles from './StatusLine.module.css';
import { feedWords } from './StatusLine.state.ts';

export interface StatusLineViewProps {
  connection: ConnectionView;
  nowMs: number;
  /** Engine time; undefined before the first message. */
  engineMs: number | undefined;
}

/** Where the engine is, how fast it answers and how fresh this page is. */
export function StatusLineView({ connection, nowMs, engineMs }: StatusLineViewProps) {
  const { words, tone } = feedWords(connection, nowMs);
  const { seq, ackP50Ms, ackP99Ms, ageMs, tickToFrameP99Ms, build } = connection;
  return (
    <div className={styles.line}>
      <Entry name="seq" value={seq === undefined ? UNKNOWN : formatCount(seq)} />
      <Entry name="order ack" value={`${formatMs(ackP50Ms)} / ${formatMs(ackP99Ms)}`} after="p50 / p99" />
      <Entry name="tick to frame p99" value={formatMs(tickToFrameP99Ms)} />
      <span className={styles.entry} data-tone={tone}>
        feed <i className={styles.dot} aria-hidden="true" /> <b>{words}</b>
      </span>
      <Entry name="feed age" value={ageMs === undefined ? UNKNOWN : formatAge(ageMs)} />
      {build !== '' && <Entry name="build" value={build.slice(0, 12)} />}
      <span className={styles.space} />
      <span className={styles.entry}>
        engine time <b>{engineMs === undefined ? UNKNOWN : formatDateTime(engineMs)}</b>
      </span>
      <LiveRegion words={tone === 'danger' ? `Feed ${connection.state}` : ''} isUrgent />
    </div>
  );
}

function Entry({ name, value, after }: { name: string; value: string; after?: string }) {
  return (
    <span className={styles.entry}>
      {name} <b>{value}</b>
      {after !== undefined && ` ${after}`}
    </span>
  );
}
