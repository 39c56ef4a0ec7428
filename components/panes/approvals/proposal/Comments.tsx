import { openQuestionOf, type QueueEntry } from '../../../../lib/firm/queue.ts';
import { formatDateTime } from '../../../../lib/format.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import styles from './Proposal.module.css';
import { personName } from './Proposal.state.ts';

/** What people said about it, each sentence signed by who said it. */
export function Comments({ approvals, entry }: { approvals: Approvals; entry: QueueEntry }) {
  const { proposal, closed } = entry;
  if (proposal.comments.length === 0) return null;
  const open = closed === undefined ? openQuestionOf(proposal) : undefined;
  return (
    <section aria-label="Comments">
      <h3 className={styles.heading}>
        Comments
        {open !== undefined && (
          <span>{personName(approvals, proposal.maker)} is asked and has not answered</span>
        )}
      </h3>
      <ol className={styles.comments}>
        {proposal.comments.map((comment) => (
          <li key={`${comment.timeMs} ${comment.member} ${comment.text}`} data-open={comment === open}>
            <span>{formatDateTime(comment.timeMs)}</span>
            <span>
              <b>
                {personName(approvals, comment.member)}
                {comment.isQuestion ? ' asks: ' : ': '}
              </b>
              {comment.text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
