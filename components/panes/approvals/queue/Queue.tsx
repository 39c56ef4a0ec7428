'use client';

import { useState } from 'react';
import type { QueueEntry, QueueFilter } from '../../../../lib/firm/queue.ts';
import { openQuestionOf, passes } from '../../../../lib/firm/queue.ts';
import { actionName } from '../../../../lib/firm/words.ts';
import { type Approvals, useApprovals } from '../../../../lib/hooks/approvals.ts';
import { useFirmFreshness } from '../../../../lib/hooks/firm.ts';
import { chooseProposal } from '../../../../lib/stores/approvalsStore.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './Queue.module.css';
import { clockOf, filters, grouped, groupNames, squaresOf } from './Queue.state.ts';

/** What waits for somebody, first of all what waits for me. */
export function Queue() {
  const approvals = useApprovals();
  const isHeld = useFirmFreshness().face !== 'fresh';
  const [filter, setFilter] = useState<QueueFilter>('all');
  if (approvals === undefined)
    return (
      <Pane title="Proposals">
        <EmptyState title="Waiting for the proposals." />
      </Pane>
    );
  const { queue, firm, view } = approvals;
  const count = (of: QueueFilter) =>
    queue.filter((entry) => entry.closed === undefined && passes(entry, of, firm.member, view.timeMs)).length;
  return (
    <Pane
      title="Proposals"
      isTitleHidden
      aside={
        <Segmented
          label="Which proposals"
          value={filter}
          options={filters.map(({ value, name }) => ({ value, label: `${name} ${count(value)}` }))}
          onPick={setFilter}
        />
      }
    >
      <div className={classes(styles.box, isHeld && styles.held)}>
        <Groups approvals={approvals} filter={filter} />
        <p className={styles.legend}>
          <i className={styles.square} data-is="agreed" /> agreed
          <i className={styles.square} data-is="mine" /> yours
          <i className={styles.square} data-is="open" /> open
        </p>
      </div>
    </Pane>
  );
}

function Groups({ approvals, filter }: { approvals: Approvals; filter: QueueFilter }) {
  const { queue, firm, view } = approvals;
  const groups = grouped(queue, filter, firm, view);
  if (groups.length === 0)
    return (
      <EmptyState title={filter === 'all' ? 'Nothing waits.' : 'Nothing of this kind waits.'}>
        What somebody asks for that others must agree to appears here.
      </EmptyState>
    );
  return (
    <div className={styles.groups}>
      {groups.map(({ group, entries }) => (
        <section key={group} aria-label={groupNames[group]}>
          <h3 className={styles.group}>
            {groupNames[group]} <span>{entries.length}</span>
          </h3>
          <ul>
            {entries.map((entry) => (
              <li key={entry.proposal.proposal}>
                <Entry entry={entry} approvals={approvals} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Entry({ entry, approvals }: { entry: QueueEntry; approvals: Approvals }) {
  const { proposal, closed } = entry;
  const { view, firm } = approvals;
  const clock = clockOf(entry, view.timeMs);
  const isOpen = approvals.entry?.proposal.proposal === proposal.proposal;
  const squares = closed === undefined ? squaresOf(entry.proposal, firm.member) : [];
  return (
    <button
      type="button"
      className={styles.entry}
      aria-current={isOpen}
      onClick={() => chooseProposal(proposal.proposal)}
    >
      <span className={styles.number}>#{proposal.proposal}</span>
      <b className={styles.title}>{actionName(proposal.action.kind)}</b>
      <span className={classes(styles.clock, clock.isUrgent && styles.urgent)}>{clock.text}</span>
      <span
        className={classes(styles.summary, closed?.end === 'policyChanged' && styles.void)}
        title={proposal.summary}
      >
        {proposal.summary}
      </span>
      <span className={styles.squares}>
        {closed === undefined && openQuestionOf(proposal) !== undefined && (
          <span className={styles.asked}>question</span>
        )}
        {squares.map((square, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in a quorum is its place.
          <i key={place} className={styles.square} data-is={square} />
        ))}
        {closed === undefined && (
          <span className="visually-hidden">
            {squares.filter((square) => square === 'agreed').length} of {squares.length} have agreed
          </span>
        )}
      </span>
    </button>
  );
}
