import type { ReactNode } from 'react';
import { formatMove, formatPercent } from '../../../../lib/format.ts';
import { jointReason, touchReason } from '../../../../lib/reasons/distance.ts';
import { timeReason } from '../../../../lib/reasons/margin.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { Why } from '../../../ui/Why.tsx';
import styles from './Gauge.module.css';
import { BEYOND_SIGMAS, restText } from './Gauge.state.ts';
import type { GaugeViewProps } from './gaugeViewProps.ts';

const MOVES_SHOWN = 3;

/** What the picture cannot say: which way, how often such moves come, and how long it lasts without any. */
export function Foot({ sounding, margin }: Pick<GaugeViewProps, 'sounding' | 'margin'>) {
  const { state, sigmas, path, touchPpm, sentence } = sounding;
  const isMeasured = state === 'measured' || state === 'beyond';
  const touch = `${sigmas > BEYOND_SIGMAS ? 'under ' : ''}${formatPercent(touchPpm, 2)}`;
  const moves = path
    .slice(0, MOVES_SHOWN)
    .map(({ underlying, move }) => `${underlying} ${formatMove(move)}`)
    .join(', ');
  const known = isMeasured ? margin : undefined;
  return (
    <div className={styles.foot}>
      <Line name="Most likely way" reason={known && (() => jointReason(sounding, known))}>
        {moves || sentence || '–'}
      </Line>
      <Line name="Touch within a day" reason={known && (() => touchReason(sounding))}>
        {isMeasured ? touch : '–'}
      </Line>
      <Line name="At rest" reason={known && (() => timeReason(known.time, known))}>
        {known === undefined ? '–' : restText(known.time)}
      </Line>
    </div>
  );
}

interface LineProps {
  name: string;
  /** Undefined where there is nothing to ask about. */
  reason: (() => Reason) | undefined;
  children: ReactNode;
}

function Line({ name, reason, children }: LineProps) {
  return (
    <div>
      {name}:{' '}
      {reason === undefined ? (
        <b>{children}</b>
      ) : (
        <Why name={name} reason={reason}>
          <b>{children}</b>
        </Why>
      )}
    </div>
  );
}
