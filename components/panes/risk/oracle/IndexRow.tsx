import type { OracleIndexView } from '../../../../engine/protocol/views/oracle.ts';
import { formatAge, formatPriceE8, formatSignedBp } from '../../../../lib/format.ts';
import { Num } from '../../../ui/Num.tsx';
import { Cell, Row } from '../../../ui/Table.tsx';
import { Why } from '../../../ui/Why.tsx';
import styles from './Oracle.module.css';
import { confidenceReason, confidenceText, indexReason, isTroubled, markReason } from './Oracle.state.ts';
import { Strip } from './Strip.tsx';

/** All of a price is bright: the last digits are where sources differ. */
const DIGITS = 8;

export interface IndexRowProps {
  index: OracleIndexView;
  nowMs: number;
  isShown: boolean;
  onPick: () => void;
}

/** One index in a line; pressing it shows its sources below. */
export function IndexRow({ index, nowMs, isShown, onPick }: IndexRowProps) {
  const { underlying, indexE8, indexTimeMs, liveSources, sources, confidencePpm, markDeviationBp } = index;
  const isKnown = indexE8 > 0;
  const trouble = isTroubled(index, nowMs) ? styles.warn : undefined;
  return (
    <Row kind={isShown ? 'marked' : 'plain'} data-index={underlying}>
      <Cell align="left" isStrong>
        <button type="button" className={styles.pick} aria-pressed={isShown} onClick={onPick}>
          {underlying}
        </button>
      </Cell>
      <Cell>
        <Why name={`Index of ${underlying}`} reason={() => indexReason(index, nowMs)}>
          <Num text={isKnown ? formatPriceE8(indexE8, index.ticksPerUsd) : undefined} significant={DIGITS} />
        </Why>
      </Cell>
      <Cell className={trouble}>
        <Why name={`Live sources of ${underlying}`} reason={() => indexReason(index, nowMs)}>
          {liveSources}
          <i className={styles.faint}>/{sources.length}</i>
        </Why>
      </Cell>
      <Cell className={trouble}>
        <Why name={`Confidence in ${underlying}`} reason={() => confidenceReason(index)}>
          {confidenceText(confidencePpm)}
        </Why>
      </Cell>
      <Cell className={trouble}>
        {isKnown && (
          <Why name={`Age of ${underlying}`} reason={() => indexReason(index, nowMs)}>
            {formatAge(nowMs - indexTimeMs)}
          </Why>
        )}
      </Cell>
      <Cell>
        <Why name={`Mark of ${underlying} from its index`} reason={() => markReason(index)}>
          <Num
            text={markDeviationBp === null ? undefined : formatSignedBp(markDeviationBp)}
            significant={DIGITS}
          />
        </Why>
      </Cell>
      <Cell>
        <Strip index={index} />
      </Cell>
    </Row>
  );
}
