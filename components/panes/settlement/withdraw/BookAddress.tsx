import { useState } from 'react';
import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import { askFor } from '../../../../lib/firm/ask.ts';
import { signingSentence } from '../../../../lib/firm/signingSentence.ts';
import { needsWords } from '../../../../lib/firm/words.ts';
import { useSigning } from '../../../../lib/hooks/signing.ts';
import { type Trial, useTrial } from '../../../../lib/hooks/trial.ts';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import styles from './Withdraw.module.css';

/** An address that the firm's book lacks is asked for where it is missed: who must agree stands there before it is signed. */
export function BookAddress({ firm, to }: { firm: number; to: string }) {
  const [label, setLabel] = useState('');
  const name = label.trim();
  const action: Action | undefined =
    name === '' ? undefined : { kind: 'ListDestination', to, label: name, dayUsd: 0 };
  const trial = useTrial(action);
  const signing = useSigning();
  const { state } = signing;
  const isReady = action !== undefined && trial.state === 'known' && trial.view.refusal === null;
  const ask = () =>
    signing.run(async (signatory) => {
      const asked = await askFor(signatory, firm, action!);
      return asked.is === 'done'
        ? 'It is in the book.'
        : `Proposal ${asked.proposal} waits for those who must agree.`;
    });
  return (
    <section className={styles.signed} aria-label="Address book">
      <Field
        label="Name in the firm’s book"
        value={label}
        disabled={state.is === 'waiting' || state.is === 'done'}
        onChange={(event) => setLabel(event.target.value)}
      />
      {action !== undefined && state.is !== 'done' && <p>{trialWords(trial)}</p>}
      {state.is !== 'done' && (
        <Button isBlocked={!isReady} isPending={state.is === 'waiting'} onClick={() => isReady && void ask()}>
          Sign and ask for the address
        </Button>
      )}
      <p role="status">
        {signingSentence(state, 'Your wallet asks you. Compare the address it shows with the one above.')}
      </p>
    </section>
  );
}

function trialWords(trial: Trial): string {
  if (trial.state === 'failed') return trial.error.message;
  if (trial.state !== 'known') return 'Asking the engine …';
  const { refusal, needs } = trial.view;
  if (refusal !== null) return refusal.message;
  return needs === null ? 'Listed at once.' : `Needs ${needsWords(needs)}.`;
}
