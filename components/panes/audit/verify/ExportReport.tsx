import { formatCount, formatMs } from '../../../../lib/format.ts';
import type { Report } from '../../../../public/verify.mjs';
import { Badge } from '../../../ui/Badge.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Verify.module.css';

/** What `verify.mjs` found in an export, and what it does not look at. */
export function ExportReport({ report, milliseconds }: { report: Report; milliseconds: number }) {
  const { isWhole, problems, count, first, last, sealedCount, checkpointCount } = report;
  return (
    <>
      <p className={styles.verdict}>
        <Badge tone={isWhole ? 'strong' : 'danger'}>{isWhole ? 'WHOLE' : 'NOT WHOLE'}</Badge>{' '}
        {isWhole ? 'Nothing was changed, left out, added or moved.' : `${problems.length} things are wrong.`}
      </p>
      <p className={styles.note}>
        {formatCount(count)} records, {formatCount(first)} to {formatCount(last)}, {formatCount(sealedCount)}{' '}
        of them sealed; {formatCount(checkpointCount)} checkpoints; {formatCount(report.signatureCount)}{' '}
        signatures of wallets held against what their records say; {formatMs(milliseconds)}.
      </p>
      <p className={styles.note}>
        Signed by <code className={styles.hash}>{report.publicKey || 'nobody'}</code>
        {report.isKeyPinned
          ? ', held against the key you trust.'
          : '. Hold this key against one that came another way.'}
      </p>
      {problems.length > 0 && (
        <Table
          label="What is wrong"
          className={styles.values}
          head={
            <>
              <HeadCell>line</HeadCell>
              <HeadCell>record</HeadCell>
              <HeadCell align="left">what</HeadCell>
            </>
          }
        >
          {problems.map(({ line, record, what }) => (
            <Row key={`${line} ${what}`}>
              <Cell>{line}</Cell>
              <Cell>{record}</Cell>
              <Cell align="left">{what}</Cell>
            </Row>
          ))}
        </Table>
      )}
      {report.notChecked.map((each) => (
        <p key={each} className={styles.note}>
          Not checked: {each}
        </p>
      ))}
    </>
  );
}
