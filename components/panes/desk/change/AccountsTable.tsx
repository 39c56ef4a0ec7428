import type { AccountChangeView } from '../../../../engine/protocol/views/firm.ts';
import { useFirmRisk } from '../../../../lib/hooks/firmRisk.ts';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Change.module.css';
import { figureNames, figuresOf } from './Change.state.ts';

/** Margin of each account before and after. */
export function AccountsTable({ accounts }: { accounts: readonly AccountChangeView[] }) {
  const known = useFirmRisk()?.accounts;
  const labelOf = (number: number) => known?.find(({ account }) => account === number)?.label ?? '';
  return (
    <Table
      label="Margin before and after"
      columns={<col className={styles.account} />}
      head={
        <>
          <HeadCell align="left">Before → after</HeadCell>
          {figureNames.map((name) => (
            <HeadCell key={name}>{name}</HeadCell>
          ))}
        </>
      }
    >
      {accounts.map((change) => (
        <AccountRows key={change.account} change={change} label={labelOf(change.account)} />
      ))}
    </Table>
  );
}

/** Before above after: of a number that stays the same the second line is empty but for a sign. */
function AccountRows({ change, label }: { change: AccountChangeView; label: string }) {
  const figures = figuresOf(change);
  return (
    <>
      <Row data-account={change.account}>
        <Cell align="left" isStrong title={label}>
          {label}
        </Cell>
        {figures.map(({ name, before }) => (
          <Cell key={name}>{before}</Cell>
        ))}
      </Row>
      <Row data-after={change.account}>
        <Cell align="left" className={styles.arrow}>
          → after
        </Cell>
        {figures.map(({ name, after }) => (
          <Cell key={name} isStrong={after !== ''}>
            {after === '' ? '=' : after}
          </Cell>
        ))}
      </Row>
    </>
  );
}
