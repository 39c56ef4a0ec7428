'use client';

import { useRef } from 'react';
import {
  formatMinute,
  formatPercent,
  formatRatio,
  formatSigmas,
  formatTime,
} from '../../../../lib/format.ts';
import { useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { useMarginHistories } from '../../../../lib/hooks/marginHistory.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './History.module.css';
import {
  extremeReason,
  type HistoryLine,
  type HistoryPicture,
  historyPicture,
  worstByMinute,
} from './History.state.ts';

const EVERY_MS = 5_000;

/** The last day of joint distance and MM, as the desk sampled them; a desk that started later says since when. */
export function History() {
  const accounts = useScopedAccounts();
  const histories = useMarginHistories(accounts.map(({ account }) => account));
  const nowMs = useNow(EVERY_MS);
  const picture = historyPicture(worstByMinute(histories), nowMs);
  const sinceMs = histories[0]?.sinceMs;
  if (useIsPast())
    return (
      <Pane title="History">
        <EmptyState title="The history of margin is not kept by sequence.">
          It is sampled beside the journal. Any minute of it can be looked at as of its own sequence.
        </EmptyState>
      </Pane>
    );
  return (
    <Pane
      title="History"
      aside={<span>{accounts.length > 1 ? 'worst of all accounts' : 'worst of each minute'}</span>}
      actions={sinceMs !== undefined && <span>kept since {formatMinute(sinceMs)}</span>}
    >
      {picture === undefined ? (
        <EmptyState title="No sample yet." />
      ) : (
        <WhySource value="sampled by the desk, kept with its records">
          <Lines picture={picture} />
        </WhySource>
      )}
    </Pane>
  );
}

function Lines({ picture }: { picture: HistoryPicture }) {
  const low = picture.lowSigmas === undefined ? 'no risk' : `low ${formatSigmas(picture.lowSigmas)}σ`;
  const high = `high ${formatRatio(picture.highRatioPpm)}`;
  return (
    <div className={styles.lines}>
      <LineBox
        line={picture.depth}
        name="joint distance"
        extreme={low}
        reason={() => extremeReason(picture, 'depth')}
        top="0σ"
        bottom={`≥ ${picture.deepestSigmas}σ`}
      />
      <LineBox
        line={picture.ratio}
        name="MM of equity"
        extreme={high}
        reason={() => extremeReason(picture, 'ratio')}
        top={formatPercent(picture.topPpm, 0)}
        bottom="0%"
      />
      <p className={styles.times} data-axis>
        <span>{formatTime(picture.fromMs, false).slice(0, 5)}</span>
        <span>{formatMinute(picture.toMs)}</span>
      </p>
    </div>
  );
}

interface LineBoxProps {
  line: HistoryLine;
  name: string;
  extreme: string;
  reason: () => Reason;
  top: string;
  bottom: string;
}

function LineBox({ line, name, extreme, reason, top, bottom }: LineBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        <span>{name}</span>
        <Why name={`${name}, ${extreme}`} reason={reason}>
          <b>{extreme}</b>
        </Why>
      </div>
      <div ref={box} className={styles.box} role="img" aria-label={`${name}, ${extreme}`}>
        {size !== undefined && size.width > 0 && (
          <svg width={size.width} height={size.height} aria-hidden="true">
            <path d={pathOf(line, size.width, size.height)} className={styles.line} />
          </svg>
        )}
      </div>
      <p className={styles.scale} data-axis>
        <span>{top}</span>
        <span>{bottom}</span>
      </p>
    </div>
  );
}

/** Pixels kept free at the edges, so that a line on the floor or the surface is seen whole. */
const EDGE = 2;

function pathOf({ points }: HistoryLine, width: number, height: number): string {
  const place = ([x, y]: readonly [number, number]) =>
    `${(EDGE + x * (width - 2 * EDGE)).toFixed(1)},${(EDGE + y * (height - 2 * EDGE)).toFixed(1)}`;
  return points.map((stretch) => `M${stretch.map(place).join('L')}`).join('');
}
