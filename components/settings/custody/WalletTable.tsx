import { Badge } from '../../ui/Badge.tsx';
import { Cell, Row, Table, WordHeads } from '../../ui/Table.tsx';
import styles from './Custody.module.css';
import type { CustodyRow } from './Custody.state.ts';

/** Each with its whole address: what is compared with a custodian's own books is never cut. */
export function WalletTable({ rows }: { rows: readonly CustodyRow[] }) {
  return (
    <Table
      label="Wallets and addresses"
      className={styles.wallets}
      columns={
        <>
          <col className={styles.address} />
          <col className={styles.whose} />
          <col />
          <col className={styles.code} />
          <col className={styles.hook} />
        </>
      }
      head={<WordHeads names={['address', 'whose', 'is', 'at the chain', 'asks what waits for it']} />}
    >
      {rows.map((row) => (
        <Row key={row.address} data-address={row.address}>
          <Cell align="left" className={styles.mono}>
            {row.address}
          </Cell>
          <Cell align="left" isStrong title={row.whose}>
            {row.whose}
          </Cell>
          <Cell align="left" title={row.is}>
            {row.is}
          </Cell>
          <Cell align="left">
            {row.code === 'contract' ? <Badge tone="info">{row.codeWords}</Badge> : row.codeWords}
          </Cell>
          <Cell align="left">{row.isListening ? <Badge tone="strong">{row.hook}</Badge> : row.hook}</Cell>
        </Row>
      ))}
    </Table>
  );
}
