import { selectProposal, selectTab } from '../../../../lib/stores/approvalsStore.ts';
import { PageLink } from '../../../ui/PageLink.tsx';
import styles from './Movements.module.css';
import type { Movement } from './Movements.state.ts';

/** The steps of the row that is looked at, each with when or where; below, what it waits for. */
export function Timeline({ movement }: { movement: Movement }) {
  return (
    <section className={styles.timeline} aria-label={`Steps of ${movement.id}`}>
      <b>{movement.id}</b>
      <div>
        <ol>
          {movement.steps.map(({ name, face, at }) => (
            <li key={name} data-is={face}>
              <i aria-hidden="true" />
              <b>{name}</b>
              <span title={at}>{at}</span>
            </li>
          ))}
        </ol>
        <p title={movement.note}>
          {movement.proposal !== undefined && <Asked proposal={movement.proposal} />} {movement.note}
        </p>
      </div>
    </section>
  );
}

/** Where its people agreed to it, or still have to. */
function Asked({ proposal }: { proposal: number }) {
  const look = () => {
    selectTab('queue');
    selectProposal(proposal);
  };
  return (
    <PageLink href="/approvals" onClick={look}>
      Proposal #{proposal}
    </PageLink>
  );
}
