'use client';

import { useState } from 'react';

import { decisionTypedData } from '../../../../lib/firm/decide.ts';
import { typedRows } from '../../../../lib/firm/typedRows.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { type Approvals, useApprovals, useSeenProposal } from '../../../../lib/hooks/approvals.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { useSigning } from '../../../../lib/hooks/signing.ts';
import column from '../../../ui/Column.module.css';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Decision } from './Decision.tsx';
import { Digest } from './Digest.tsx';
import styles from './Sign.module.css';
import { TypedFields } from './TypedFields.tsx';

/** Exactly what would be signed, field by field, and the two words one may sign it with. */
export function Sign() {
  const approvals = useApprovals();
  if (approvals?.entry === undefined)
    return (
      <Pane title="You sign">
        <EmptyState title={approvals === undefined ? 'Waiting for the proposals.' : 'Nothing to sign.'} />
      </Pane>
    );
  return <Signature key={approvals.entry.proposal.proposal} approvals={approvals} />;
}

function Signature({ approvals }: { approvals: Approvals }) {
  const { entry, firm } = approvals;
  const signing = useSigning();
  const isWaiting = signing.state.is === 'waiting';
  const seen = useSeenProposal(approvals, isWaiting);
  const [words, setWords] = useState('');
  const session = useSession();
  const desk = useListing();
  const isOver = entry?.closed !== undefined;
  if (session.state !== 'signedIn' || desk === undefined || seen === undefined)
    return (
      <Pane title="You sign">
        <EmptyState
          title={isOver ? 'It is decided: there is nothing to sign.' : 'Waiting for the proposal.'}
        />
        <p className={styles.note} role="status">
          {signing.state.is === 'done' || signing.state.is === 'refused' ? signing.state.message : ''}
        </p>
      </Pane>
    );
  const { address } = session.session;
  const isMaker = entry?.proposal.maker === firm.member;
  const typedData = decisionTypedData(desk, address, seen, { decision: 'approve', reason: words.trim() });
  const rows = typedRows(typedData, seen, { firm, markets: desk.markets, assets: desk.assets, address });
  return (
    <Pane
      title={isMaker ? 'Others sign' : 'You sign'}
      aside={<span>EIP-712 Approval</span>}
      actions={
        <span>
          {rows.filter(({ check }) => check === 'same').length} of {rows.length} checked here
        </span>
      }
    >
      <div className={column.column}>
        <TypedFields rows={rows} />
        {!isMaker && <Digest typedData={typedData} />}
        <Decision
          approvals={approvals}
          seen={seen}
          signing={signing}
          isMaker={isMaker}
          words={words}
          putWords={setWords}
        />
      </div>
    </Pane>
  );
}
