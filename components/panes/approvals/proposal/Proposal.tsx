'use client';

import { changeRows } from '../../../../lib/firm/changeRows.ts';
import type { QueueEntry } from '../../../../lib/firm/queue.ts';
import { actionName } from '../../../../lib/firm/words.ts';
import { formatAge, formatCount, formatDateTime } from '../../../../lib/format.ts';
import { type Approvals, useApprovals } from '../../../../lib/hooks/approvals.ts';
import { useProposalTrial } from '../../../../lib/hooks/proposalTrial.ts';
import { selectMovement } from '../../../../lib/stores/movementStore.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Changes } from './Changes.tsx';
import { Comments } from './Comments.tsx';
import { Destination } from './Destination.tsx';
import { Effect } from './Effect.tsx';
import { Parts } from './Parts.tsx';
import styles from './Proposal.module.css';
import { personName } from './Proposal.state.ts';
import { Quorum } from './Quorum.tsx';
import { Trail } from './Trail.tsx';

/** One proposal as it is decided: what it is, what it changes, who must agree and why. */
export function Proposal() {
  const approvals = useApprovals();
  const entry = approvals?.entry;
  if (approvals === undefined || entry === undefined)
    return (
      <Pane title="Proposal">
        <EmptyState title={approvals === undefined ? 'Waiting for the proposals.' : 'No proposal is open.'}>
          {approvals !== undefined && 'Change limits on the desk, or rules and people beside this page.'}
        </EmptyState>
      </Pane>
    );
  return <Detail key={entry.proposal.proposal} approvals={approvals} entry={entry} />;
}

function Detail({ approvals, entry }: { approvals: Approvals; entry: QueueEntry }) {
  const { firm } = approvals;
  const { proposal } = entry;
  const { look, error } = useProposalTrial(proposal.proposal);
  const trial = look?.view;
  const changes = changeRows(proposal.action, firm);
  return (
    <Pane
      title={`#${proposal.proposal} ${actionName(proposal.action.kind)}`}
      aside={<span>asked for by {personName(approvals, proposal.maker)}</span>}
      actions={<span>{formatDateTime(proposal.proposedMs)}</span>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className={styles.scroll} aria-label="What it is" tabIndex={0}>
        <p className={styles.sentence}>{proposal.summary}</p>
        {entry.closed === undefined && (
          <p className={styles.asOf} role="status">
            {trial?.refusal != null && (
              <b className={styles.refused}>
                Would be refused now: {trial.refusal.message} <code>{trial.refusal.code}</code>{' '}
              </b>
            )}
            {look !== undefined
              ? `Tried out by the engine at seq ${formatCount(look.view.seq)}, ${formatAge(Date.now() - look.receivedMs)} ago.`
              : (error?.message ?? 'Asking what it would do.')}
          </p>
        )}
        {proposal.action.kind === 'Withdraw' && (
          <>
            <Steps proposal={proposal.proposal} />
            <Destination action={proposal.action} firm={firm} nowMs={approvals.view.timeMs} />
          </>
        )}
        {trial !== undefined && proposal.action.kind === 'ChangeSet' && (
          <Parts parts={proposal.action.parts} trial={trial} />
        )}
        {changes.length > 0 && <Changes rows={changes} isDone={entry.closed?.end === 'done'} />}
        {look !== undefined && <Effect action={proposal.action} look={look} firm={firm} />}
        <Quorum approvals={approvals} entry={entry} nowMs={approvals.view.timeMs} />
        <Comments approvals={approvals} entry={entry} />
        <Trail approvals={approvals} entry={entry} />
      </section>
    </Pane>
  );
}

/** What becomes of a withdrawal after its people agreed. */
function Steps({ proposal }: { proposal: number }) {
  return (
    <p className={styles.asOf}>
      <PageLink href="/settlement" onClick={() => selectMovement({ proposal })}>
        Its steps up to the payment
      </PageLink>
    </p>
  );
}
