'use client';

import { useAccountsFreshness, useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Rest.module.css';
import { restRows } from './Rest.state.ts';

/** What time alone does: carry of a day, how long the account lasts, and the requirement that is announced. */
export function Rest() {
  const accounts = useScopedAccounts();
  const isHeld = useAccountsFreshness().face !== 'fresh';
  const [first] = [...accounts].sort((a, b) => a.margin.time.days - b.margin.time.days);
  return (
    <Pane
      title="At rest"
      aside={
        first !== undefined && (
          <span>
            {accounts.length > 1
              ? `${first.label}, the first of ${accounts.length} to end`
              : 'no price moving'}
          </span>
        )
      }
    >
      {first === undefined ? (
        <EmptyState title="Waiting for the accounts." />
      ) : (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <WhySource value={sourceText(first.seq, first.timeMs)}>
            <Table
              label="What time alone does"
              columns={
                <>
                  <col />
                  <col className={styles.value} />
                </>
              }
              head={
                <>
                  <HeadCell align="left">at today’s rates</HeadCell>
                  <HeadCell>USD</HeadCell>
                </>
              }
            >
              {restRows(first).map(({ id, label, text, kind, reason }) => (
                <Row key={id} data-row={id}>
                  <Cell align="left" isStrong={kind === 'total'}>
                    {label}
                  </Cell>
                  <Cell isStrong={kind === 'total'}>
                    <Why name={label} reason={() => reason}>
                      {text}
                    </Why>
                  </Cell>
                </Row>
              ))}
            </Table>
          </WhySource>
        </div>
      )}
    </Pane>
  );
}
