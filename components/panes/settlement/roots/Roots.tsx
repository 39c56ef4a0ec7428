'use client';

import { formatCount, formatDateTime, formatLeft, formatTime } from '../../../../lib/format.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement, useSettlementFreshness } from '../../../../lib/hooks/settlement.ts';
import { ZoneText } from '../../../grid/ZoneText.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import held from '../../../ui/Held.module.css';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Table } from '../../../ui/Table.tsx';
import { UseBar } from '../../../ui/UseBar.tsx';
import styles from './Roots.module.css';
import { costWords, machineLines, type RootRow, rootRows, waitingWords } from './Roots.state.ts';

/** States of the engine as its signers signed them: who signed, and how long anybody can still object. */
export function Roots() {
  const view = useSettlement();
  const isOld = useSettlementFreshness().face !== 'fresh';
  const nowMs = useNow(1_000);
  if (view === undefined)
    return (
      <Pane title="State roots">
        <EmptyState title="Waiting for the roots." />
      </Pane>
    );
  const rows = rootRows(view, nowMs);
  const waiting = waitingWords(view);
  const { nextRootMs, terms } = view;
  return (
    <Pane
      title="State roots"
      aside={
        <span>
          dispute {formatCount(terms.disputeSec)} s
          {nextRootMs !== null && ` · next in ${formatLeft(nextRootMs - nowMs)}`}
        </span>
      }
      actions={<span title={machineLines(view)}>{costWords(view)}</span>}
    >
      {rows.length === 0 ? (
        <EmptyState title="No root yet.">The first is cut once the vault holds what was credited.</EmptyState>
      ) : (
        <div className={classes(styles.body, isOld && held.held)}>
          {waiting !== undefined && <p className={styles.waiting}>{waiting}</p>}
          <Table
            label="Each state root"
            className={styles.table}
            head={
              <>
                <HeadCell align="left">Epoch</HeadCell>
                <HeadCell>Seq</HeadCell>
                <HeadCell>
                  <ZoneText />
                </HeadCell>
                <HeadCell align="left">Signed</HeadCell>
                <HeadCell align="left">Root</HeadCell>
                <HeadCell align="left">Dispute</HeadCell>
                <HeadCell>Final in</HeadCell>
              </>
            }
          >
            {rows.map((row) => (
              <Line key={`${row.root.epoch} ${row.root.hash}`} row={row} />
            ))}
          </Table>
        </div>
      )}
    </Pane>
  );
}

function Line({ row }: { row: RootRow }) {
  const { root, signed, passed, word, end, isNewestFinal } = row;
  const count = signed.filter((is) => is).length;
  const isWrong = root.state === 'rejected' || root.state === 'failed';
  return (
    <tr aria-current={isNewestFinal || undefined} title={root.sentence || undefined}>
      <Cell align="left">#{formatCount(root.epoch)}</Cell>
      <Cell>{formatCount(root.seq)}</Cell>
      <Cell title={formatDateTime(root.timeMs)}>{formatTime(root.timeMs, false)}</Cell>
      <Cell align="left">
        <span className={styles.squares} title={root.signers.join('\n')}>
          {signed.map((is, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a machine's place is its place.
            <i key={place} data-is={is} />
          ))}
          <span className="visually-hidden">
            {count} of {signed.length}
          </span>
        </span>
      </Cell>
      <Cell align="left" className={styles.hash} title={root.hash}>
        {root.hash.slice(2, 10)}
      </Cell>
      <Cell align="left" className={isWrong ? styles.wrong : undefined}>
        {passed === undefined ? word : <UseBar share={passed} tone="plain" />}
        {passed !== undefined && <span className="visually-hidden">{word}</span>}
      </Cell>
      <Cell className={styles.end}>{end}</Cell>
    </tr>
  );
}
