import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { Cell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import styles from './Record.module.css';

/** What the deed changed, value by value. */
export function Changes({ record: { changes } }: { record: AuditRecord }) {
  if (changes.length === 0) return null;
  return (
    <Table
      label="Before and after"
      className={styles.changes}
      head={<WordHeads names={['what', 'before', 'after']} />}
    >
      {changes.map(({ what, before, after }) => (
        <Row key={what}>
          <Cell align="left">{what}</Cell>
          <Cell align="left">{before || '–'}</Cell>
          <Cell align="left" isStrong>
            {after || '–'}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
