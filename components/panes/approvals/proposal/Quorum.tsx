import type { QueueEntry } from '../../../../lib/firm/queue.ts';
import { needsWords, spanWords, thenWords, whenWords } from '../../../../lib/firm/words.ts';
import { formatCountdown } from '../../../../lib/format.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Proposal.module.css';
import { meterOf, personName } from './Proposal.state.ts';

interface QuorumProps {
  approvals: Approvals;
  entry: QueueEntry;
  nowMs: number;
}

/** Who has agreed, who is missing, and which rules say so. */
export function Quorum({ approvals, entry, nowMs }: QuorumProps) {
  const { firm } = approvals;
  const { proposal } = entry;
  const isInForce = proposal.policyHash === firm.policy.hash;
  return (
    <section aria-label="Quorum">
      <h3 className={styles.heading}>
        Quorum
        <span>
          policy v{firm.policy.version}
          {!isInForce && ' is not the one it was asked under'}, the most restrictive rule that matches holds
        </span>
      </h3>
      {entry.closed === undefined && <Meter approvals={approvals} entry={entry} nowMs={nowMs} />}
      <ul className={styles.rules}>
        {proposal.rules.map((id) => {
          const rule = isInForce ? firm.policy.rules.find((each) => each.id === id) : undefined;
          return (
            <li key={id}>
              <b>{id}</b>
              {rule === undefined ? (
                <span>a rule of another version</span>
              ) : (
                <>
                  <span>{whenWords(rule, (node) => labelOf(firm, node))}</span>
                  <span>{thenWords(rule)}</span>
                </>
              )}
            </li>
          );
        })}
        <li>
          <b>holds</b>
          <span>of all that match</span>
          <span>{needsWords(proposal.needs)}</span>
        </li>
        <li className={styles.hard}>
          <b>always</b>
          <span>who asks never agrees, one person counts once</span>
          <span>{personName(approvals, proposal.maker)} made this</span>
        </li>
      </ul>
    </section>
  );
}

function labelOf(firm: Approvals['firm'], node: number): string {
  return firm.nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
}

function Meter({
  approvals,
  entry,
  nowMs,
}: QuorumProps & { entry: Extract<QueueEntry, { closed: undefined }> }) {
  const { needs, dueAtMs, vetoers } = entry.proposal;
  return (
    <>
      <div className={styles.meter}>
        {meterOf(approvals, entry).map(({ words, seats }) => (
          <div key={words}>
            <p className={styles.group}>{words}</p>
            <ul className={styles.seats}>
              {seats.map(({ is, text, hint }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a place in a quorum is its place.
                <li key={place} className={styles.seat} data-is={is} title={hint}>
                  <b>{text}</b>
                  <span>{hint}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {needs.delayMs > 0 && (
          <div>
            <p className={styles.group}>then</p>
            <ul className={styles.seats}>
              <li className={classes(styles.seat)} data-is={dueAtMs === 0 ? 'open' : 'agreed'}>
                <b>{spanWords(needs.delayMs)} hold</b>
                <span>
                  {dueAtMs === 0 ? 'after the last agrees' : `${formatCountdown(dueAtMs - nowMs)} left`}
                </span>
              </li>
            </ul>
          </div>
        )}
      </div>
      <p className={styles.veto}>
        {vetoers.length === 0
          ? 'Nobody may veto it.'
          : `Any one may veto it: ${vetoers.map((member) => personName(approvals, member)).join(', ')}.`}
      </p>
    </>
  );
}
