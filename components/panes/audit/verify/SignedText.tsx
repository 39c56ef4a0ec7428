import type { SignedField, TypedDataReading } from '../../../../lib/verify/typedDataReading.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Verify.module.css';

/** A text a wallet is to sign, as it is signed: each field, and the hashes a device shows. */
export function SignedText({ reading }: { reading: TypedDataReading }) {
  const hashes: [string, string | undefined][] = [
    ['domain hash', reading.domainHash],
    ['message hash', reading.messageHash],
    ['what is signed', reading.digest],
    ['action hash', reading.actionHash],
  ];
  return (
    <>
      <p className={styles.verdict}>
        <Badge tone="strong">{reading.primaryType}</Badge> for{' '}
        {reading.domain.map(({ value }) => value).join(' · ')}
      </p>
      {reading.warnings.map((warning) => (
        <p key={warning} className={styles.note}>
          <Badge tone="warn">look twice</Badge> {warning}
        </p>
      ))}
      <Fields
        label="Hashes"
        rows={hashes.flatMap(([path, value]) =>
          value === undefined ? [] : { path, type: 'keccak256', value },
        )}
      />
      <OnADevice reading={reading} />
      <Fields label="Domain" rows={reading.domain} />
      <Fields label="Fields that are signed" rows={reading.fields} />
    </>
  );
}

function OnADevice({ reading: { clear } }: { reading: TypedDataReading }) {
  if (clear === undefined)
    return (
      <p className={styles.note}>
        <Badge tone="warn">no descriptor</Badge> A wallet with this desk’s descriptors does not know the type.
      </p>
    );
  const rows = clear.rows.map(({ label, value }) => ({ path: label, type: '', value }));
  return (
    <>
      <p className={styles.note}>
        As a wallet with this desk’s <a href="/api/v1/erc7730.json">ERC-7730 descriptors</a> shows it:{' '}
        <b>{clear.intent}</b>
      </p>
      <Fields label="On a device" rows={rows} />
    </>
  );
}

function Fields({ label, rows }: { label: string; rows: readonly SignedField[] }) {
  return (
    <Table
      label={label}
      className={styles.values}
      head={
        <>
          <HeadCell align="left">{label.toLowerCase()}</HeadCell>
          <HeadCell align="left">type</HeadCell>
          <HeadCell align="left">value</HeadCell>
        </>
      }
    >
      {rows.map(({ path, type, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a change set have fields of the same name; none ever moves.
        <Row key={at}>
          <Cell align="left">{path}</Cell>
          <Cell align="left">{type}</Cell>
          <Cell align="left" className={styles.hash}>
            {value}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
