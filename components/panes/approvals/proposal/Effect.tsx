import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { ActionTrialView, FirmView } from '../../../../engine/protocol/views/firm.ts';
import { limitChanges } from '../../../../lib/firm/limitChanges.ts';
import { lostWords } from '../../../../lib/firm/words.ts';
import { Exits } from '../../trial/Exits.tsx';
import { LimitUses } from '../../trial/LimitUses.tsx';
import { AccountChanges } from './AccountChanges.tsx';
import styles from './Proposal.module.css';

interface EffectProps {
  action: Action;
  trial: ActionTrialView;
  firm: FirmView;
}

/** What it would do now, as who asked for it was shown it: what closes, limits, margin, what nobody could do any more. */
export function Effect({ action, trial, firm }: EffectProps) {
  const { nodes } = firm;
  const accountLabel = (number: number) =>
    nodes.find(({ account }) => account === number)?.label ?? `account ${number}`;
  const labelOf = (number: number) => nodes.find(({ node }) => node === number)?.label ?? `node ${number}`;
  const limits = limitChanges(action, trial.limits);
  return (
    <>
      {trial.exits.length > 0 && (
        <section aria-label="What closes">
          <h3 className={styles.heading}>What closes in the market</h3>
          <div className={styles.exits}>
            <Exits exits={trial.exits} accountLabel={accountLabel} />
          </div>
        </section>
      )}
      {limits.length > 0 && (
        <section aria-label="Limits after it">
          <h3 className={styles.heading}>
            Limits after it <span>what changes, and what is passed</span>
          </h3>
          <LimitUses changes={limits} labelOf={labelOf} />
        </section>
      )}
      {trial.accounts.length > 0 && <AccountChanges trial={trial} accountLabel={accountLabel} />}
      {trial.lost.length > 0 && (
        <p className={styles.lost}>
          Nobody could get agreed to any more: {trial.lost.map(lostWords).join(', ')}.
        </p>
      )}
    </>
  );
}
