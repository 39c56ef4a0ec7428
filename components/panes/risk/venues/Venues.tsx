'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { VenueComparisonsView } from '../../../../engine/protocol/views/venues.ts';
import { formatCount, formatGreek, formatUsd } from '../../../../lib/format.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useAccounts } from '../../../../lib/hooks/accounts.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { VenueFacts } from './VenueFacts.tsx';
import styles from './Venues.module.css';
import { type VenueRow, venueRows } from './Venues.state.ts';

const EVERY_MS = 5_000;

/** What the selected account would need elsewhere, by the published rules of other venues. */
export function Venues() {
  const selected = useSelectedAccount()?.account;
  const account = useAccounts()?.accounts.find((each) => each.account === selected);
  const path = selected === undefined ? undefined : `/api/v1/accounts/${selected}/venues`;
  const { view, error } = usePolled<VenueComparisonsView>(path, EVERY_MS);
  return (
    <Pane
      title="Elsewhere"
      aside={<span>the same book at the same prices</span>}
      actions={view && <span>seq {formatCount(view.seq)}</span>}
    >
      {view === undefined || account === undefined ? (
        <EmptyState title={error?.message ?? 'Waiting for the comparison.'} />
      ) : (
        <Comparison view={view} account={account} />
      )}
    </Pane>
  );
}

function Comparison({ view, account }: { view: VenueComparisonsView; account: AccountView }) {
  const [picked, setPicked] = useState<string>();
  const first = view.venues.find(({ state }) => state !== 'cannotHold') ?? view.venues[0];
  const shown = view.venues.find(({ venue }) => venue === picked) ?? first;
  return (
    <div className={styles.split}>
      <div className={styles.rows}>
        <Table
          label="Margin on other venues"
          className={styles.table}
          head={
            <>
              <HeadCell align="left">venue</HeadCell>
              <HeadCell>IM</HeadCell>
              <HeadCell>× here</HeadCell>
              <HeadCell>MM</HeadCell>
              <HeadCell>nearest alone</HeadCell>
            </>
          }
        >
          {venueRows(account, view.venues).map((row) => (
            <VenueLine
              key={row.id}
              row={row}
              isPicked={row.id === shown?.venue}
              onPick={() => setPicked(row.id)}
            />
          ))}
        </Table>
      </div>
      {shown !== undefined && <VenueFacts venue={shown} />}
    </div>
  );
}

interface VenueLineProps {
  row: VenueRow;
  isPicked: boolean;
  onPick: () => void;
}

function VenueLine({ row, isPicked, onPick }: VenueLineProps) {
  const { id, name, initialUsd, maintenanceUsd, timesHere, nearest, obstacle } = row;
  const isHere = row.state === 'here';
  return (
    <Row kind={isPicked ? 'marked' : 'plain'} data-venue={id} className={isHere ? styles.here : undefined}>
      <Cell align="left" isStrong title={name}>
        {isHere ? (
          name
        ) : (
          <button type="button" className={styles.pick} aria-pressed={isPicked} onClick={onPick}>
            {name}
          </button>
        )}
      </Cell>
      {initialUsd === undefined || maintenanceUsd === undefined ? (
        <Cell colSpan={4} align="left" className={styles.obstacle} title={obstacle}>
          {obstacle}
        </Cell>
      ) : (
        <>
          <Cell>
            <data value={initialUsd}>{formatUsd(initialUsd)}</data>
          </Cell>
          <Cell>{timesHere !== undefined && formatGreek(timesHere, 2)}</Cell>
          <Cell>
            <data value={maintenanceUsd}>{formatUsd(maintenanceUsd)}</data>
          </Cell>
          <Cell title={nearest}>{nearest}</Cell>
        </>
      )}
    </Row>
  );
}
