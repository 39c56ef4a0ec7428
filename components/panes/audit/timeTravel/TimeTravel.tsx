'use client';

import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useAsOf } from '../../../../lib/hooks/audit.ts';
import { lookAsOf } from '../../../../lib/stores/auditStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { SequenceForm } from '../../../ui/SequenceForm.tsx';
import styles from './TimeTravel.module.css';
import { BARS, barsOf, neighbour } from './TimeTravel.state.ts';

/** Where in the journal the desk is looked at: a slider along it, and steps from decision to decision. */
export function TimeTravel({ records, lastSeq }: { records: readonly AuditRecord[]; lastSeq: number }) {
  const asOfSeq = useAsOf();
  const seq = asOfSeq ?? lastSeq;
  const step = (by: -1 | 1) => {
    const next = neighbour(records, seq, by);
    if (next !== undefined) lookAsOf(next);
  };
  const go = (text: string) => {
    const wanted = Number(text);
    if (Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= lastSeq) lookAsOf(wanted);
  };
  return (
    <Pane
      title="Time travel"
      aside={<span>the firm as of any command, made anew from the journal</span>}
      actions={
        <span className={styles.controls}>
          <Button size="row" onClick={() => step(-1)} isBlocked={neighbour(records, seq, -1) === undefined}>
            ← decision
          </Button>
          <Button size="row" onClick={() => step(1)} isBlocked={neighbour(records, seq, 1) === undefined}>
            decision →
          </Button>
          <SequenceForm
            key={asOfSeq ?? 'live'}
            initial={asOfSeq === undefined ? '' : String(asOfSeq)}
            onGo={go}
          />
          {asOfSeq !== undefined && (
            <>
              <Badge tone="info">AS OF {formatCount(asOfSeq)}</Badge>
              <Button size="row" onClick={() => lookAsOf(undefined)}>
                Return to live
              </Button>
            </>
          )}
        </span>
      }
    >
      <div className={styles.box}>
        <Marks records={records} lastSeq={lastSeq} />
        <input
          type="range"
          className={styles.slider}
          aria-label="Sequence to look at"
          min={1}
          max={Math.max(1, lastSeq)}
          value={seq}
          onChange={(event) => lookAsOf(Number(event.target.value))}
        />
        <div className={styles.axis}>
          <span>1</span>
          <span>{formatCount(Math.round(lastSeq / 2))}</span>
          <span>{formatCount(lastSeq)}</span>
        </div>
      </div>
    </Pane>
  );
}

function Marks({ records, lastSeq }: { records: readonly AuditRecord[]; lastSeq: number }) {
  const bars = barsOf(records, lastSeq);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${BARS * 5} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${records.length} decisions along the journal`}
    >
      {bars.map(({ from, count, refused }) => (
        <g key={from}>
          <rect
            className={styles.bar}
            x={from * 5}
            width={4}
            y={100 - (count / most) * 100}
            height={(count / most) * 100}
          />
          <rect
            className={styles.refused}
            x={from * 5}
            width={4}
            y={100 - (refused / most) * 100}
            height={(refused / most) * 100}
          />
        </g>
      ))}
    </svg>
  );
}
