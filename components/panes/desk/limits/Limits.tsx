'use client';

import { useMemo } from 'react';
import type { LimitUseView } from '../../../../engine/protocol/views/firmRisk.ts';
import {
  limitAmount,
  limitName,
  limitState,
  limitTone,
  softMark,
  usedText,
} from '../../../../lib/firm/limitWords.ts';
import { usedPpm, worstFirst } from '../../../../lib/firm/tree.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useFirmRisk, useFirmRiskFreshness } from '../../../../lib/hooks/firmRisk.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { UseBar } from '../../../ui/UseBar.tsx';
import styles from './Limits.module.css';

/** A list for people: what is used least of a thousand limits is looked at by nobody. */
const SHOWN_MAX = 60;
const PPM = 1_000_000;

/** Every limit of every place, what is used most on top. */
export function Limits() {
  const firm = useFirm();
  const view = useFirmRisk();
  const isHeld = useFirmRiskFreshness().face === 'stale';
  const uses = useMemo(() => worstFirst(view?.limits ?? []).slice(0, SHOWN_MAX), [view]);
  const labelOf = (node: number) => firm?.nodes.find((each) => each.node === node)?.label ?? '';
  return (
    <Pane title="Limits" aside={<span>used of hard · worst first</span>}>
      {uses.length === 0 ? (
        <EmptyState title={view === undefined ? 'Waiting for the accounts.' : 'No limits are set here.'} />
      ) : (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <Table
            label="Limits and how much of them is used"
            columns={
              <>
                <col className={styles.place} />
                <col className={styles.limit} />
                <col />
                <col />
                <col />
                <col className={styles.share} />
                <col className={styles.bar} />
              </>
            }
            head={
              <>
                <HeadCell align="left">Place</HeadCell>
                <HeadCell align="left">Limit</HeadCell>
                <HeadCell>Used</HeadCell>
                <HeadCell>Soft</HeadCell>
                <HeadCell>Hard</HeadCell>
                <HeadCell>Share</HeadCell>
                <HeadCell align="left">State</HeadCell>
              </>
            }
          >
            {uses.map((use) => (
              <LimitRow key={`${use.node} ${use.kind} ${use.of}`} use={use} place={labelOf(use.node)} />
            ))}
          </Table>
        </div>
      )}
    </Pane>
  );
}

function LimitRow({ use, place }: { use: LimitUseView; place: string }) {
  const tone = limitTone(use);
  const amount = (of: number | null) => (of === null ? '·' : limitAmount(use, of));
  return (
    <Row>
      <Cell align="left" title={place}>
        {place}
      </Cell>
      <Cell align="left">{limitName(use)}</Cell>
      <Cell isStrong>{limitAmount(use, use.used)}</Cell>
      <Cell>{amount(use.soft)}</Cell>
      <Cell>{amount(use.hard)}</Cell>
      <Cell className={styles[tone]}>{usedText(use)}</Cell>
      <Cell align="left" title={limitState(use)}>
        <span className="visually-hidden">{limitState(use)}</span>
        <UseBar share={usedPpm(use) / PPM} tone={tone} marks={softMark(use)} />
      </Cell>
    </Row>
  );
}
