'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { VenueComparisonsView } from '../../../../engine/protocol/views/venues.ts';
import { formatCount, formatGreek, formatUsd } from '../../../../lib/format.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useAccounts } from '../../../../lib/hooks/accounts.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { SpanBar } from '../../../ui/SpanBar.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { Obstacles } from './Obstacles.tsx';
import { VenueFacts } from './VenueFacts.tsx';
import styles from './Venues.module.css';
import { type VenueRow, venueReason, venueRows } from './Venues.state.ts';

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
        <WhySource value={sourceText(view.seq)}>
          <Comparison view={view} account={account} />
        </WhySource>
      )}
    </Pane>
  );
}

function Comparison({ view, account }: { view: VenueComparisonsView; account: AccountView }) {
  const [picked, setPicked] = useState<string>();
  const first = view.venues.find(({ state }) => state !== 'cannotHold') ?? view.venues[0];
  const shown = view.venues.find(({ venue }) => venue === picked) ?? first;
  const rows = venueRows(account, view.venues);
  const mostUsd = Math.max(0, ...rows.map(({ initialUsd }) => initialUsd ?? 0));
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
              <HeadCell align="left" className={styles.wide}>
                <span className="visually-hidden">IM on a common scale</span>
              </HeadCell>
              <HeadCell>× here</HeadCell>
              <HeadCell>MM</HeadCell>
              <HeadCell>nearest alone</HeadCell>
            </>
          }
        >
          {rows.map((row) => (
            <VenueLine
              key={row.id}
              row={row}
              mostUsd={mostUsd}
              isPicked={row.id === shown?.venue}
              onPick={() => setPicked(row.id)}
            />
          ))}
        </Table>
      </div>
      {shown !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
        <section className={styles.words} aria-label="Rules and obstacles" tabIndex={0}>
          <VenueFacts venue={shown} />
          <Obstacles venues={view.venues} picked={shown.venue} />
        </section>
      )}
    </div>
  );
}

interface VenueLineProps {
  row: VenueRow;
  /** Largest initial margin of all: the end of the bars' scale. */
  mostUsd: number;
  isPicked: boolean;
  onPick: () => void;
}

function VenueLine({ row, mostUsd, isPicked, onPick }: VenueLineProps) {
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
        <Cell colSpan={5} align="left" className={styles.obstacle} title={obstacle}>
          {obstacle}
        </Cell>
      ) : (
        <>
          <Cell>
            <Why name={`Initial margin on ${name}`} reason={() => venueReason(row, 'initial')}>
              <data value={initialUsd}>{formatUsd(initialUsd)}</data>
            </Why>
          </Cell>
          <Cell className={styles.wide}>
            <SpanBar from={0} to={initialUsd} least={0} most={mostUsd} look={isHere ? 'strong' : 'plain'} />
          </Cell>
          <Cell>
            {timesHere !== undefined && (
              <Why name={`Times what is needed here, ${name}`} reason={() => venueReason(row, 'times')}>
                {formatGreek(timesHere, 2)}
              </Why>
            )}
          </Cell>
          <Cell>
            <Why name={`Maintenance margin on ${name}`} reason={() => venueReason(row, 'maintenance')}>
              <data value={maintenanceUsd}>{formatUsd(maintenanceUsd)}</data>
            </Why>
          </Cell>
          <Cell title={nearest}>
            <Why name={`Nearest liquidation on ${name}`} reason={() => venueReason(row, 'nearest')}>
              {nearest}
            </Why>
          </Cell>
        </>
      )}
    </Row>
  );
}
