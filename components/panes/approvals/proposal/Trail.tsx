import { shortAddress } from '../../../../lib/audit/recordWords.ts';
import type { QueueEntry } from '../../../../lib/firm/queue.ts';
import { formatCount, formatDateTime } from '../../../../lib/format.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import styles from './Proposal.module.css';
import { personName } from './Proposal.state.ts';

/** What has happened to it and what comes, in order. */
export function Trail({ approvals, entry }: { approvals: Approvals; entry: QueueEntry }) {
  return (
    <section aria-label="Trail">
      <h3 className={styles.heading}>Trail</h3>
      <ol className={styles.trail}>
        {stepsOf(approvals, entry).map(({ time, words, is, seq, wallet }) => (
          <li key={words} data-is={is}>
            <span>{time}</span>
            <span>
              {words}
              {seq !== undefined && <i> seq {formatCount(seq)}</i>}
              {wallet !== undefined && <i title={wallet}> {shortAddress(wallet)}</i>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Step {
  time: string;
  words: string;
  is: 'past' | 'now' | 'next';
  /** Of the command that did it. */
  seq?: number;
  /** That signed it. */
  wallet?: string;
}

function stepsOf(approvals: Approvals, { proposal, closed }: QueueEntry): Step[] {
  const name = (member: number) => personName(approvals, member);
  const at = formatDateTime;
  const past: Step[] = [
    { time: at(proposal.proposedMs), words: `${name(proposal.maker)} asked`, is: 'past' },
    ...proposal.approvals.map(
      ({ member, timeMs, seq, wallet }): Step => ({
        ...{ time: at(timeMs), words: `${name(member)} agreed`, is: 'past', seq, wallet },
      }),
    ),
  ];
  if (closed !== undefined)
    return [...past, { time: at(closed.endedMs), words: endOf(closed, name), is: 'past', seq: closed.seq }];
  if (proposal.dueAtMs !== 0)
    return [
      ...past,
      { time: at(proposal.dueAtMs), words: 'it is done, unless somebody vetoes it', is: 'next' },
    ];
  const { delayMs } = proposal.needs;
  return [
    ...past,
    { time: 'now', words: 'waits until all have agreed', is: 'now' },
    { time: at(proposal.expiresAtMs), words: 'it expires without them', is: 'next' },
    ...(delayMs === 0
      ? []
      : [{ time: '', words: 'its delay runs from the last who agrees', is: 'next' as const }]),
  ];
}

function endOf(
  { end, member, refusal }: NonNullable<QueueEntry['closed']>,
  name: (member: number) => string,
): string {
  switch (end) {
    case 'done':
      return 'done';
    case 'failed':
      return `failed: ${refusal?.message ?? 'no reason was kept'}`;
    case 'vetoed':
      return `vetoed by ${name(member ?? -1)}`;
    case 'expired':
      return 'expired without enough who agreed';
    case 'withdrawn':
      return `withdrawn by ${name(member ?? -1)}`;
    case 'policyChanged':
      return 'void: the policy it was judged by was replaced';
  }
}
