import { accountHue } from '../../../../lib/accountHue.ts';
import { formatSignedUnits } from '../../../../lib/format.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { shownDigits } from '../../../../lib/settlement/worth.ts';
import { openTransfer } from '../../../../lib/stores/transferStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Num } from '../../../ui/Num.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Cell, HeadCell, Table } from '../../../ui/Table.tsx';
import styles from './Movements.module.css';
import { type Movement, momentOf, type Step } from './Movements.state.ts';

export interface MovementsTableProps {
  rows: readonly Movement[];
  chosen: Movement;
  onChoose: (row: Movement) => void;
}

/** One row a movement; the row that is looked at tells its times below. */
export function MovementsTable({ rows, chosen, onChoose }: MovementsTableProps) {
  return (
    <div className={styles.rows}>
      <Table
        label="Each deposit and withdrawal"
        className={styles.table}
        head={
          <>
            <HeadCell align="left">Id</HeadCell>
            <HeadCell align="left">Account</HeadCell>
            <HeadCell>Amount</HeadCell>
            <HeadCell align="left">Asset</HeadCell>
            <HeadCell align="left">Counterparty</HeadCell>
            <HeadCell align="left">Step</HeadCell>
            <HeadCell align="left">State</HeadCell>
            <HeadCell>Payable</HeadCell>
          </>
        }
      >
        {rows.map((row) => (
          <Line key={row.key} row={row} isChosen={row.key === chosen.key} onChoose={() => onChoose(row)} />
        ))}
      </Table>
    </div>
  );
}

function Line({ row, isChosen, onChoose }: { row: Movement; isChosen: boolean; onChoose: () => void }) {
  const session = useSession();
  const asset = useSettlement()?.assets.find((each) => each.asset === row.asset);
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  const label = accounts.find(({ account }) => account === row.account)?.label ?? `account ${row.account}`;
  const { decimals = 0, name = '' } = asset ?? {};
  return (
    // The button in the first cell is what the keyboard uses.
    <tr aria-current={isChosen || undefined} data-over={!row.isOpen || undefined} onClick={onChoose}>
      <Cell align="left" title={momentOf(row)}>
        <button type="button" className={styles.pick} onClick={onChoose}>
          {row.id}
        </button>
      </Cell>
      <Cell align="left">
        <i
          className={styles.band}
          data-hue={row.account < 0 ? undefined : accountHue(row.account)}
          aria-hidden="true"
        />
        {label}
      </Cell>
      <Cell title={`${formatSignedUnits(row.amount, decimals)} ${name}`}>
        <Num text={formatSignedUnits(row.amount, decimals, shownDigits(decimals))} />
      </Cell>
      <Cell align="left">{name}</Cell>
      <Cell align="left" className={styles.address} title={row.counterparty}>
        {row.amount > 0n ? 'from ' : ''}
        {shortAddress(row.counterparty)}
      </Cell>
      <Cell align="left">
        <Steps steps={row.steps} />
      </Cell>
      <Cell align="left" className={row.can === 'approve' ? styles.waits : undefined}>
        {row.state}
      </Cell>
      <Cell>
        <Way row={row} />
      </Cell>
    </tr>
  );
}

/** What can be done about it now, or else when it is there. */
function Way({ row }: { row: Movement }) {
  const { can, payable, withdrawal, deposit } = row;
  if (can === 'claim' && withdrawal !== undefined)
    return (
      <Button size="row" onClick={() => openTransfer({ kind: 'claim', withdrawal })}>
        Claim
      </Button>
    );
  if (can === 'reclaim' && deposit !== undefined)
    return (
      <Button size="row" onClick={() => openTransfer({ kind: 'reclaim', deposit })}>
        Take back
      </Button>
    );
  if (can === 'approve') return <PageLink href="/approvals">{payable}</PageLink>;
  return payable;
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const over = steps.filter(({ face }) => face === 'done').length;
  return (
    <span className={styles.steps}>
      {steps.map(({ name, face }) => (
        <i key={name} data-is={face} title={name} />
      ))}
      <span className="visually-hidden">
        {over} of {steps.length} steps
      </span>
    </span>
  );
}

function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
