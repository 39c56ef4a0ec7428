import type { FlowStep, TransactionState } from '../../../../lib/settlement/transactions.ts';
import styles from './Transfer.module.css';
import { stateWords } from './Transfer.state.ts';

/** Every transaction of a flow: what it does, and how far it has come. */
export function Steps({
  steps,
  stateOf,
}: {
  steps: readonly FlowStep[];
  stateOf(name: string): TransactionState;
}) {
  return (
    <ol className={styles.steps} aria-label="Transactions">
      {steps.map((step) => {
        const state = stateOf(step.name);
        return (
          <li key={step.name} data-is={state.is}>
            <p>
              <b>{step.name}</b>
              <span role="status">{stateWords(state)}</span>
            </p>
            {step.effects.map((effect) => (
              <p key={effect}>{effect}</p>
            ))}
            <dl>
              <dt>to contract</dt>
              <dd>{step.to}</dd>
              {'hash' in state && (
                <>
                  <dt>transaction</dt>
                  <dd>{state.hash}</dd>
                </>
              )}
            </dl>
          </li>
        );
      })}
    </ol>
  );
}
