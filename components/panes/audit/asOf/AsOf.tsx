'use client';

import { nameOf, Role } from '../../../../engine/protocol/enums.ts';
import { roleWords } from '../../../../engine/protocol/roleWords.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type { PastView } from '../../../../engine/protocol/views/past.ts';
import { formatCount, formatDateTime, formatRatio, formatUsd } from '../../../../lib/format.ts';
import { usePast } from '../../../../lib/hooks/audit.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import styles from './AsOf.module.css';
import { limitWords, type PastNode, pastTree } from './AsOf.state.ts';

/** The firm as it was behind a command. There is nothing here to press: what is over cannot be acted on. */
export function AsOf({ seq }: { seq: number }) {
  const { view, error } = usePast(seq);
  return (
    <Pane title={`Desk as of ${formatCount(seq)}`} aside={view && <span>{formatDateTime(view.timeMs)}</span>}>
      <div className={styles.box}>
        <p className={styles.banner} role="status">
          This is the past, behind command {formatCount(seq)}. It is read only: nothing can be sent from here.
        </p>
        {view !== undefined && <Whole view={view} />}
        {view === undefined && (
          <EmptyState
            title={error === undefined ? 'The desk replays its journal up to there.' : error.message}
          />
        )}
      </div>
    </Pane>
  );
}

function Whole({ view }: { view: PastView }) {
  const tree = pastTree(view);
  return (
    <>
      <Accounts tree={tree} />
      <Limits tree={tree} />
      <People firm={view.firm} />
      <p className={styles.note}>
        Policy v{view.firm.policy.version}, {view.firm.policy.rules.length} rules,{' '}
        <code>{view.firm.policy.hash}</code>
      </p>
      <p className={styles.note}>
        State hash <code>{view.stateHash}</code>, made anew from sequence {formatCount(view.fromSeq)} by{' '}
        {formatCount(view.replayedCount)} commands.
      </p>
    </>
  );
}

function Accounts({ tree }: { tree: readonly PastNode[] }) {
  return (
    <Table
      label="Accounts as they were"
      columns={<col className={styles.place} />}
      head={
        <>
          <HeadCell align="left">place</HeadCell>
          <HeadCell>equity USD</HeadCell>
          <HeadCell>MM USD</HeadCell>
          <HeadCell>MM %</HeadCell>
          <HeadCell>positions</HeadCell>
          <HeadCell>orders</HeadCell>
          <HeadCell align="left">state</HeadCell>
        </>
      }
    >
      {tree.map(({ node, depth, account }) => (
        <Row key={node.node}>
          <Cell align="left">
            {'\u2003'.repeat(depth)}
            {node.label}
          </Cell>
          <Cell>{account && formatUsd(account.margin.equityUsd)}</Cell>
          <Cell>{account && formatUsd(account.margin.maintenanceUsd)}</Cell>
          <Cell>{account && formatRatio(account.margin.ratioPpm)}</Cell>
          <Cell>{account?.positions.length}</Cell>
          <Cell>{account?.orders.length}</Cell>
          <Cell align="left">{node.isArchived ? 'archived' : node.state}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function Limits({ tree }: { tree: readonly PastNode[] }) {
  return (
    <Table
      label="Limits as they were"
      className={styles.limits}
      head={<WordHeads names={['place', 'limits of its own']} />}
    >
      {tree.map(({ node }) => (
        <Row key={node.node}>
          <Cell align="left">{node.label}</Cell>
          <Cell align="left">{limitWords(node)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function People({ firm }: { firm: FirmView }) {
  return (
    <Table label="People as they were" head={<WordHeads names={['person', 'role', 'wallets']} />}>
      {firm.members
        .filter(({ isRemoved }) => !isRemoved)
        .map(({ member, label, role, wallets }) => (
          <Row key={member}>
            <Cell align="left">{label}</Cell>
            <Cell align="left">{roleWords(nameOf(Role, role))}</Cell>
            <Cell align="left">{wallets.length}</Cell>
          </Row>
        ))}
    </Table>
  );
}
