'use client';

import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type { SettlementView } from '../../../../engine/protocol/views/settlement.ts';
import { destinationDraft, newDestinationDraft } from '../../../../lib/firm/outflowDraft.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { useFirm, useFirmFreshness, useProposals } from '../../../../lib/hooks/firm.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { selectProposal, selectTab } from '../../../../lib/stores/approvalsStore.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './AddressBook.module.css';
import { type BookRow, bookRows, dayMostUsd, mostWords, vaultWords } from './AddressBook.state.ts';

/** Where the firm's withdrawals may go: what is in its book, and what waits to be. */
export function AddressBook() {
  const firm = useFirm();
  const proposals = useProposals();
  const isPast = useIsPast();
  const isHeld = useFirmFreshness().face === 'stale';
  if (firm === undefined || proposals === undefined)
    return (
      <Pane title="Address book">
        <EmptyState title="Waiting for the book." />
      </Pane>
    );
  const rows = bookRows(firm, proposals);
  return (
    <Pane
      title={`Address book ${firm.withdrawals.destinations.length}`}
      aside={<span>a withdrawal goes where both the firm’s book and the vault’s list let it</span>}
      actions={
        !isPast && (
          <Button size="row" onClick={() => openChange(newDestinationDraft())}>
            Add an address
          </Button>
        )
      }
    >
      <div className={classes(styles.box, isHeld && styles.held)}>
        <Table label="Addresses" columns={<Widths />} head={<Heads />}>
          {rows.map((row) => (
            <BookLine key={`${row.to} ${row.listed?.isOwner}`} firm={firm} row={row} isPast={isPast} />
          ))}
        </Table>
        {rows.length === 1 && (
          <EmptyState title="Only the owner’s own address is paid.">
            Others are asked for with “Add an address”: the firm’s policy and its owner must agree.
          </EmptyState>
        )}
      </div>
    </Pane>
  );
}

function Widths() {
  return (
    <>
      <col className={styles.name} />
      <col className={styles.address} />
      <col className={styles.usd} />
      <col className={styles.usd} />
      <col className={styles.vault} />
      <col />
      <col className={styles.buttons} />
    </>
  );
}

function Heads() {
  return (
    <>
      <HeadCell align="left">Name</HeadCell>
      <HeadCell align="left">Address</HeadCell>
      <HeadCell>A day, USD</HeadCell>
      <HeadCell>Today, USD</HeadCell>
      <HeadCell align="left">Vault pays</HeadCell>
      <HeadCell align="left">State</HeadCell>
      <HeadCell>
        <span className="visually-hidden">Actions</span>
      </HeadCell>
    </>
  );
}

function BookLine({ firm, row, isPast }: { firm: FirmView; row: BookRow; isPast: boolean }) {
  const view = useSettlement();
  const { to, label, listed } = row;
  const most = dayMostUsd(listed?.dayUsd ?? 0, firm.withdrawals.destinationDayUsd);
  return (
    <Row data-to={to} kind={listed === undefined ? 'pending' : 'plain'}>
      <Cell align="left" isStrong title={label}>
        {label}
      </Cell>
      <Cell align="left" className={styles.mono}>
        {to}
      </Cell>
      <Cell>{listed === undefined ? '·' : mostWords(most)}</Cell>
      <Cell>{listed === undefined ? '·' : formatUsd(listed.todayUsd)}</Cell>
      <Cell align="left">
        <VaultCell firm={firm} view={view} row={row} />
      </Cell>
      <Cell align="left" title={row.state}>
        {row.state}
        <Asked row={row} />
      </Cell>
      <Cell>{!isPast && <Actions row={row} />}</Cell>
    </Row>
  );
}

/** The vault's own clock runs on between two answers. */
function VaultCell({ firm, view, row }: { firm: FirmView; view: SettlementView | undefined; row: BookRow }) {
  const nowMs = useNow(1_000);
  return vaultWords(firm, view, row, nowMs);
}

/** Leads to what others have to agree to. */
function Asked({ row: { proposal } }: { row: BookRow }) {
  if (proposal === undefined) return null;
  const show = () => {
    selectProposal(proposal);
    selectTab('queue');
  };
  return (
    <button type="button" className={styles.asked} onClick={show}>
      #{proposal}
    </button>
  );
}

function Actions({ row: { listed, to, label } }: { row: BookRow }) {
  if (listed === undefined || listed.isOwner) return null;
  return (
    <span className={styles.actions}>
      <Button size="row" aria-label={`Change ${label}`} onClick={() => openChange(destinationDraft(listed))}>
        Change
      </Button>
      <Button
        size="row"
        aria-label={`Take off ${label}`}
        onClick={() => openChange({ kind: 'UnlistDestination', to })}
      >
        Take off
      </Button>
    </span>
  );
}
