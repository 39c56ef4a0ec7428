'use client';

import { useMemo, useState } from 'react';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { accountsIn } from '../../../../lib/firm/tree.ts';
import { formatAge, formatDistance, formatMove, formatPercent } from '../../../../lib/format.ts';
import { useFirmRisk, useFirmRiskFreshness, useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { DANGER_SIGMAS, distanceLevel, type Level, WARN_SIGMAS } from '../../../../lib/riskLevel.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Nearest.module.css';
import { AXIS_SIGMAS, isOld, nearestFirst } from './Nearest.state.ts';
import { Rebalance } from './Rebalance.tsx';

/** Accounts by how far they are from liquidation, on one axis, with the likeliest way there. */
export function Nearest() {
  const tree = useFirmTree();
  const timeMs = useFirmRisk()?.timeMs ?? 0;
  const isHeld = useFirmRiskFreshness().face === 'stale';
  const isPast = useIsPast();
  const [isRebalancing, setIsRebalancing] = useState(false);
  const nearest = useMemo(() => (tree === undefined ? [] : nearestFirst(accountsIn(tree))), [tree]);
  return (
    <Pane
      title="Nearest to liquidation"
      aside={<span>joint distance, σ-days</span>}
      actions={
        <Button size="row" isBlocked={isPast || tree === undefined} onClick={() => setIsRebalancing(true)}>
          Rebalance…
        </Button>
      }
    >
      {isRebalancing && tree !== undefined && !isPast && (
        <Rebalance accounts={accountsIn(tree)} onClose={() => setIsRebalancing(false)} />
      )}
      {nearest.length === 0 ? (
        <EmptyState
          title={tree === undefined ? 'Waiting for the accounts.' : 'No price moves these accounts.'}
        />
      ) : (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <Table
            label="Accounts nearest to liquidation"
            columns={
              <>
                <col className={styles.account} />
                <col className={styles.sigmas} />
                <col className={styles.axis} />
                <col className={styles.touch} />
                <col />
              </>
            }
            head={
              <>
                <HeadCell align="left">Account</HeadCell>
                <HeadCell>σ</HeadCell>
                <HeadCell align="left">0 – {AXIS_SIGMAS}σ</HeadCell>
                <HeadCell>touch 1 d</HeadCell>
                <HeadCell align="left">most likely way, %</HeadCell>
              </>
            }
          >
            {nearest.map((account) => (
              <AccountRow key={account.account} account={account} timeMs={timeMs} />
            ))}
          </Table>
        </div>
      )}
    </Pane>
  );
}

function AccountRow({ account, timeMs }: { account: AccountRiskView; timeMs: number }) {
  const { label, distance } = account;
  const { state, sigmas, touchPpm, path } = distance;
  const level = distanceLevel(distance);
  const way = path.map(({ underlying, move }) => `${underlying} ${moveText(move)}`).join(', ');
  const isHeld = isOld(distance, timeMs);
  return (
    <Row data-account={account.account} className={isHeld ? styles.old : undefined}>
      <Cell align="left" title={label}>
        {label}
      </Cell>
      <Cell isStrong className={styles[level]}>
        {formatDistance(sigmas)}
      </Cell>
      <Cell>
        <Axis sigmas={state === 'beyond' ? AXIS_SIGMAS : sigmas} level={level} />
      </Cell>
      <Cell>{state === 'beyond' ? '·' : touchPpm < 1_000 ? '< 0.1%' : formatPercent(touchPpm)}</Cell>
      <Cell align="left" title={way} className={styles.way}>
        {isHeld
          ? `${formatAge(timeMs - distance.timeMs)} old`
          : path.map(({ underlying, move }) => (
              <span key={underlying}>
                <i>{underlying}</i>
                {moveText(move)}
              </span>
            ))}
      </Cell>
    </Row>
  );
}

/** The unit stands in the head. */
function moveText(move: number): string {
  return formatMove(move).replace('%', '');
}

/** One scale for all rows, with lines where the colours change. */
function Axis({ sigmas, level }: { sigmas: number; level: Level }) {
  const at = (value: number) => `${(Math.min(value, AXIS_SIGMAS) / AXIS_SIGMAS) * 100}%`;
  return (
    <svg className={styles.scale} width="100%" height="14" aria-hidden="true">
      <rect x={at(DANGER_SIGMAS)} width="1" height="14" className={styles.dangerLine} />
      <rect x={at(WARN_SIGMAS)} width="1" height="14" className={styles.warnLine} />
      <rect
        x={at(sigmas)}
        y="1"
        width="3"
        height="12"
        transform="translate(-2 0)"
        className={styles[`${level}Tick`]}
      />
    </svg>
  );
}
