import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { limitChanges } from '../../../../lib/firm/limitChanges.ts';
import { placeNames } from '../../../../lib/firm/placeNames.ts';
import type { TrialLook } from '../../../../lib/firm/trialLook.ts';
import { lostWords } from '../../../../lib/firm/words.ts';
import { Exits } from '../../trial/Exits.tsx';
import { LimitUses } from '../../trial/LimitUses.tsx';
import { AccountChanges } from './AccountChanges.tsx';
import styles from './Proposal.module.css';

interface EffectProps {
  action: Action;
  look: TrialLook;
  firm: FirmView;
}

/** What it would do now, as who asked for it was shown it: what closes, limits, margin, what nobody could do any more. */
export function Effect({ action, look, firm }: EffectProps) {
  const { view: trial } = look;
  const { accountLabel, labelOf } = placeNames(firm);
  const fresh = new Set(look.fresh.map(({ line }) => line));
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
          <LimitUses changes={limits} labelOf={labelOf} fresh={fresh} />
        </section>
      )}
      {trial.accounts.length > 0 && (
        <AccountChanges trial={trial} accountLabel={accountLabel} fresh={fresh} />
      )}
      {trial.lost.length > 0 && (
        <p className={styles.lost}>
          Nobody could get agreed to any more: {trial.lost.map(lostWords).join(', ')}.
        </p>
      )}
    </>
  );
}
