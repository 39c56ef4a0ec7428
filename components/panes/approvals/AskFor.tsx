'use client';

import type { Action } from '../../../engine/protocol/commands/actions.ts';
import type { ActionTrialView } from '../../../engine/protocol/views/firm.ts';
import { askFor } from '../../../lib/firm/ask.ts';
import { lostWords, needsWords } from '../../../lib/firm/words.ts';
import { type Told, useActionTrial } from '../../../lib/hooks/policy.ts';
import { type SigningState, useSigning } from '../../../lib/hooks/signing.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './AskFor.module.css';

export interface AskForProps {
  firm: number;
  /** Undefined while it is not whole yet. */
  action: Action | undefined;
  /** Why there is nothing to ask for. */
  missing: string;
  onAsked?: () => void;
}

/** Asks for an action of the firm: first what would come of it, then the wallet. */
export function AskFor({ firm, action, missing, onAsked }: AskForProps) {
  const told = useActionTrial(action);
  const signing = useSigning();
  const ask = () =>
    signing.run(async (signatory) => {
      const asked = await askFor(signatory, firm, action!);
      onAsked?.();
      return asked.is === 'done' ? 'It is done.' : `It waits for others as #${asked.proposal}.`;
    });
  const isBlocked = told.view === undefined || told.view.refusal !== null;
  return (
    <div className={styles.box}>
      <div className={styles.outcome} role="status" data-is={signing.state.is}>
        <Outcome action={action} told={told} missing={missing} state={signing.state} />
      </div>
      <Button
        isFilled
        isBlocked={isBlocked}
        isPending={signing.state.is === 'waiting'}
        onClick={() => void ask()}
      >
        {told.view?.verdict === 'allow' ? 'Sign and do it' : 'Sign and ask for it'}
      </Button>
    </div>
  );
}

interface OutcomeProps {
  action: Action | undefined;
  told: Told<ActionTrialView>;
  missing: string;
  state: SigningState;
}

function Outcome({ action, told, missing, state }: OutcomeProps) {
  if (state.is === 'waiting') return <p>{steps[state.step]}</p>;
  if (state.is === 'refused' || (state.is === 'done' && action === undefined)) return <p>{state.message}</p>;
  if (action === undefined) return <p>{missing}</p>;
  if (told.error !== undefined) return <p className={styles.refused}>{told.error.message}</p>;
  if (told.view === undefined) return <p>Asking what would come of it.</p>;
  const { refusal, verdict, needs, rules, lost } = told.view;
  if (refusal !== null)
    return (
      <p className={styles.refused}>
        Would be refused: {refusal.message} <code>{refusal.code}</code>
      </p>
    );
  return (
    <>
      {state.is === 'done' && <p>{state.message}</p>}
      <p>
        {verdict === 'allow' || needs === null ? 'Done at once' : `Needs ${needsWords(needs)}`}, by{' '}
        {rules.join(', ')}.
      </p>
      {lost.length > 0 && (
        <p className={styles.refused}>
          Nobody could get agreed to any more: {lost.map(lostWords).join(', ')}.
        </p>
      )}
    </>
  );
}

const steps = {
  draft: 'The desk drafts what is to be signed.',
  wallet: 'Your wallet asks you. Compare what it shows with what you wrote.',
  engine: 'Signed. The engine decides.',
} as const;
