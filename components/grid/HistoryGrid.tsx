import type { ReactNode } from 'react';
import { useSession } from '../../lib/hooks/account.ts';
import type { History } from '../../lib/hooks/history.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './Grid.module.css';
import { Grid } from './Grid.tsx';
import type { GridRowLook } from './GridLineRow.tsx';
import type { GridModel } from './useGrid.ts';

interface HistoryGridProps<R extends object> {
  model: GridModel<R>;
  history: Pick<History<never>, 'state' | 'error' | 'loadOlder'>;
  lookOf?: (row: R) => GridRowLook;
  /** Said when the whole history is known and holds nothing. */
  empty: ReactNode;
}

/** What happened, newest first: the end of the list asks for what came before. */
export function HistoryGrid<R extends object>({ model, history, lookOf, empty }: HistoryGridProps<R>) {
  const session = useSession();
  const { state, error, loadOlder } = history;
  const isEmpty = model.request.rows.length === 0;
  if (session.state === 'signedOut') {
    return <EmptyState title={`Sign in to see your ${model.request.label.toLowerCase()}.`} />;
  }
  return (
    <div className={styles.stack}>
      <Grid
        model={model}
        isLoading={isEmpty && state === 'asking'}
        {...(lookOf === undefined ? {} : { lookOf })}
        onNearEnd={loadOlder}
        empty={state === 'failed' ? <EmptyState title="No history yet." /> : empty}
      />
      {(state === 'failed' || (state === 'more' && !isEmpty)) && (
        <p className={styles.foot} role="status">
          {state === 'failed' ? (
            <>
              {error?.message ?? 'The desk did not answer.'}{' '}
              <Button size="row" isLook onClick={loadOlder}>
                Ask again
              </Button>
            </>
          ) : (
            `${model.request.rows.length} rows read; older ones come as you scroll.`
          )}
        </p>
      )}
    </div>
  );
}
