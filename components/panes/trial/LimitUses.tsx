import type { LimitUseView } from '../../../engine/protocol/views/firmRisk.ts';
import { limitKey } from '../../../lib/firm/crossings.ts';
import type { LimitChange } from '../../../lib/firm/limitChanges.ts';
import { limitAmount, limitName, limitState, limitTone } from '../../../lib/firm/limitWords.ts';
import { classes } from '../../ui/classes.ts';
import { Cell, HeadCell, Row, Table } from '../../ui/Table.tsx';
import styles from './Trial.module.css';

interface LimitUsesProps {
  changes: readonly LimitChange[];
  labelOf(node: number): string;
  /** Lines that have just changed for the worse: they flash. */
  fresh?: ReadonlySet<string>;
}

/** What an action would use of the limits of the places it touches, before and after; nothing where it uses none. */
export function LimitUses({ changes, labelOf, fresh }: LimitUsesProps) {
  if (changes.length === 0) return null;
  return (
    <div className={styles.table}>
      <Table
        label="Limits before and after"
        columns={
          <>
            <col className={styles.place} />
            <col className={styles.place} />
          </>
        }
        head={
          <>
            <HeadCell align="left">Place</HeadCell>
            <HeadCell align="left">Limit</HeadCell>
            <HeadCell>Used</HeadCell>
            <HeadCell>After</HeadCell>
            <HeadCell>Soft</HeadCell>
            <HeadCell>Hard</HeadCell>
            <HeadCell align="left">State after</HeadCell>
          </>
        }
      >
        {changes.map((change) => {
          const line = limitKey(change.after);
          const isFresh = fresh?.has(line) === true;
          return (
            <ChangeOfUse key={line} change={change} place={labelOf(change.after.node)} isFresh={isFresh} />
          );
        })}
      </Table>
    </div>
  );
}

function ChangeOfUse(props: { change: LimitChange; place: string; isFresh: boolean }) {
  const { change, place, isFresh } = props;
  const { before, after, isCrossed } = change;
  const used = limitAmount(after, after.used);
  return (
    <Row data-crossed={isCrossed || undefined} data-fresh={isFresh}>
      <Cell align="left" title={place}>
        {place}
      </Cell>
      <Cell align="left" title={limitName(after)}>
        {limitName(after)}
      </Cell>
      <Cell>{limitAmount(before, before.used)}</Cell>
      <Cell isStrong>{before.used === after.used ? '=' : used}</Cell>
      <Cell>{termWords(after, before.soft, after.soft)}</Cell>
      <Cell>{termWords(after, before.hard, after.hard)}</Cell>
      <Cell align="left" className={classes(styles[limitTone(after)])}>
        {limitState(after)}
      </Cell>
    </Row>
  );
}

/** What is set, and what was where it is another: `2.00m`, `2.00m → 4.00m`. */
function termWords(use: LimitUseView, before: number | null, after: number | null): string {
  const words = (amount: number | null) => (amount === null ? '·' : limitAmount(use, amount));
  return before === after ? words(after) : `${words(before)} → ${words(after)}`;
}
