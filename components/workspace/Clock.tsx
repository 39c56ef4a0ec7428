'use client';

import { useEffect, useRef } from 'react';
import { formatDateTime, formatTime } from '../../lib/format.ts';
import { subscribeClock } from '../../lib/hooks/now.ts';
import { shownMs } from '../../lib/past/pastStore.ts';
import { zoneName, zoneText } from '../../lib/timeZone.ts';
import { putText } from '../ui/putText.ts';
import styles from './TopBar.module.css';

const TENTH_MS = 100;

/**
 * Wall time to the tenth, in the zone that was chosen. Tabular digits in a fixed width: it ticks and does not move. Written by hand: ten
 * renders a second would cost more than all that they change.
 */
export function Clock() {
  const time = useRef<HTMLTimeElement>(null);
  const date = useRef<HTMLSpanElement>(null);
  const second = useRef<HTMLElement>(null);
  const tenth = useRef<HTMLSpanElement>(null);
  const zone = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = (nowMs: number) => {
      const text = formatTime(nowMs);
      putText(tenth.current, text.slice(8, 10));
      if (!putText(second.current, text.slice(0, 8))) return;
      putText(date.current, `${formatDateTime(nowMs).slice(0, 10)} `);
      time.current?.setAttribute('datetime', new Date(nowMs).toISOString());
      const zoneNow = zoneText(nowMs);
      if (!putText(zone.current, ` ${zoneNow}`)) return;
      time.current?.setAttribute('title', zoneName() === zoneNow ? zoneNow : `${zoneName()}, ${zoneNow}`);
      // A longer zone has room of its own: nothing beside it moves as time goes on.
      time.current?.style.setProperty('--zone', `${zoneNow.length - 3}ch`);
    };
    write(shownMs());
    return subscribeClock(TENTH_MS, write);
  }, []);
  return (
    <time ref={time} className={styles.clock}>
      <span className={styles.face}>
        <span ref={date} className={styles.date} />
        <b ref={second} />
        <span ref={tenth} className={styles.tenth} />
        <span ref={zone} />
      </span>
    </time>
  );
}
