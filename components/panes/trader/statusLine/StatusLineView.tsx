import type { ReactNode } from 'react';
import { formatAge, formatCount, formatMs, UNKNOWN } from '../../../../lib/format.ts';
import type { ConnectionView } from '../../../../lib/hooks/connection.ts';
import type { HashCheck } from '../../../../lib/hooks/hashCheck.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import styles from './StatusLine.module.css';
import { feedWords, remainingText } from './StatusLine.state.ts';

export interface StatusLineViewProps {
  connection: ConnectionView;
  nowMs: number;
  /** Where the desk's two copies of the engine last agreed; undefined before the first answer. */
  hashCheck: HashCheck | undefined;
  /** Of the margin parameters the account is judged by; undefined while it is not known. */
  rulesVersion: string | undefined;
  /** Warnings and refusals on screen. */
  alertCount: number;
  arming: { isArmed: boolean; untilMs: number; note: string | undefined };
  onKill: () => void;
  onKeys: () => void;
}

/** Where the engine is, how fast it answers, how fresh this page is, and whether one click sends. */
export function StatusLineView(props: StatusLineViewProps) {
  const { connection, nowMs, hashCheck, rulesVersion, alertCount, arming, onKill, onKeys } = props;
  const { words, tone } = feedWords(connection, nowMs);
  const { seq, ackP50Ms, ackP99Ms, tickToFrameP99Ms, messagesPerSecond, build } = connection;
  return (
    <div className={styles.line}>
      <Entry name="seq" room="seq" value={seq === undefined ? UNKNOWN : formatCount(seq)} />
      <Entry
        name="order ack"
        room="times"
        value={`${formatMs(ackP50Ms)} / ${formatMs(ackP99Ms)}`}
        after="p50 / p99"
      />
      <Entry name="tick to frame p99" room="time" value={formatMs(tickToFrameP99Ms)} />
      <span className={styles.entry} data-tone={tone}>
        feed <i className={styles.dot} aria-hidden="true" /> <b>{words}</b>
        {tone === 'calm' && <span className={styles.rate}>{formatCount(messagesPerSecond)} msg/s</span>}
      </span>
      {hashCheck?.root !== undefined && <Entry name="state root" value={rootText(hashCheck.root)} />}
      <span
        className={styles.entry}
        // Where there is room for one of the two, the root is what the vault holds the desk to.
        data-minor={hashCheck?.root !== undefined || undefined}
        title={`The desk compares the hashes of its two copies of the engine. The last: ${hashCheck?.stateHash || UNKNOWN}`}
      >
        hash check <b>{hashText(hashCheck)}</b>
      </span>
      {rulesVersion !== undefined && <Entry name="rules" value={rulesVersion.slice(0, 8)} isMinor />}
      {build !== '' && <Entry name="build" value={build.slice(0, 8)} isMinor />}
      <span className={styles.space} />
      {arming.note !== undefined && <span className={styles.note}>{arming.note}</span>}
      <span className={styles.entry} data-tone={alertCount > 0 ? 'warn' : undefined}>
        alerts <b>{alertCount}</b>
      </span>
      <Press onPress={onKeys}>
        keys <ActionKeys id="desk.keySheet" />
      </Press>
      <Press onPress={onKill}>
        kill <ActionKeys id="desk.kill" />
      </Press>
      {arming.isArmed ? (
        <span className={styles.armed}>ARMED · Esc disarms · {remainingText(arming.untilMs - nowMs)}</span>
      ) : (
        <span className={styles.entry}>
          <b>SAFE</b> · <ActionKeys id="desk.arm" /> arms
        </span>
      )}
      <LiveRegion words={tone === 'danger' ? `Feed ${connection.state}` : ''} isUrgent />
      <LiveRegion
        words={arming.isArmed ? 'Armed: one click sends. Escape disarms.' : (arming.note ?? '')}
        isUrgent
      />
    </div>
  );
}

function hashText(check: HashCheck | undefined): string {
  if (check === undefined) return UNKNOWN;
  const seq = `#${formatCount(check.seq)}`;
  return check.ageMs === undefined ? seq : `${seq} · ${formatAge(check.ageMs)}`;
}

function rootText({ epoch, ageMs }: NonNullable<HashCheck['root']>): string {
  const root = `#${formatCount(epoch)}`;
  return ageMs === undefined ? root : `${root} · ${formatAge(ageMs)}`;
}

interface EntryProps {
  name: string;
  value: string;
  after?: string;
  /** Of what it keeps room for its largest value: what stands right of it does not move. */
  room?: 'seq' | 'times' | 'time';
  /** Gives way where there is no room. */
  isMinor?: boolean;
}

function Entry({ name, value, after, room, isMinor }: EntryProps) {
  return (
    <span className={styles.entry} data-minor={isMinor || undefined}>
      {name} <b data-room={room}>{value}</b>
      {after !== undefined && <span data-minor> {after}</span>}
    </span>
  );
}

function Press({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.press} onClick={onPress}>
      {children}
    </button>
  );
}
