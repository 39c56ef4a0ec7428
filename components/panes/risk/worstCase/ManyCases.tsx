import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { scanReason, scenarioReason } from '../../../../lib/reasons/margin.ts';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why } from '../../../ui/Why.tsx';
import styles from './WorstCase.module.css';
import { type Requirement, sumReason } from './WorstCase.state.ts';

/** Each account has a worst case of its own: they need not happen together, and are charged as if they did. */
export function ManyCases({
  accounts,
  requirement,
}: {
  accounts: readonly AccountView[];
  requirement: Requirement;
}) {
  const total = accounts.reduce((sum, { margin }) => sum + margin[requirement].scanUsd, 0);
  return (
    <Table
      label="Winning scenario of each account"
      columns={
        <>
          <col className={styles.account} />
          <col />
          <col className={styles.usd} />
        </>
      }
      head={
        <>
          <HeadCell align="left">account</HeadCell>
          <HeadCell align="left">worst case</HeadCell>
          <HeadCell>scan USD</HeadCell>
        </>
      }
    >
      {accounts.map(({ account, label, margin }) => (
        <Row key={account}>
          <Cell align="left" isStrong>
            {label}
          </Cell>
          <Cell align="left" title={margin[requirement].sentence}>
            <Why name={`Winning scenario of ${label}`} reason={() => scenarioReason(margin[requirement])}>
              {margin[requirement].sentence}
            </Why>
          </Cell>
          <Cell>
            <Why name={`Scan of ${label}`} reason={() => scanReason(margin[requirement])}>
              {formatUsd(margin[requirement].scanUsd, 2)}
            </Why>
          </Cell>
        </Row>
      ))}
      <Row kind="total">
        <Cell align="left">Sum</Cell>
        <Cell />
        <Cell>
          <Why name="Sum of scans" reason={() => sumReason(accounts, requirement)}>
            {formatUsd(total, 2)}
          </Why>
        </Cell>
      </Row>
    </Table>
  );
}
