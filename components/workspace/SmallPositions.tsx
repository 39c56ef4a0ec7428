import { flattenOperations, type HeldPosition } from '../../lib/flatten.ts';
import { formatSignedSize, formatSignedUsd } from '../../lib/format.ts';
import { useAccount, usePositionsHeld } from '../../lib/hooks/account.ts';
import { requestOperations } from '../../lib/orderRequests.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Num } from '../ui/Num.tsx';
import { NotKnown } from './NotKnown.tsx';
import styles from './SmallScreen.module.css';

/** Through the review, which says what will be sent: a thumb is not exact. */
export function flattenHeld(held: readonly HeldPosition[], title: string): void {
  void requestOperations({ operations: flattenOperations(held), title });
}

export function SmallPositions({ mayTrade }: { mayTrade: boolean }) {
  const account = useAccount();
  const held = usePositionsHeld();
  const profitOf = (instrument: number) => {
    const position = account?.positions.find((each) => each.instrument === instrument);
    return position && formatSignedUsd(position.unrealizedPnlUsd);
  };
  return (
    <section aria-label="Positions">
      <h2>Positions {account && held.length}</h2>
      {account === undefined && <NotKnown what="positions" />}
      {account !== undefined && held.length === 0 && <EmptyState title="No positions." />}
      <ul className={styles.list}>
        {held.map((position) => (
          <li key={position.market.instrument}>
            <span className={styles.what}>
              <b>
                <span aria-hidden="true">{position.lots > 0 ? '▲ ' : '▼ '}</span>
                <span className="visually-hidden">{position.lots > 0 ? 'long ' : 'short '}</span>
                {position.market.name}
              </b>
              <span>{formatSignedSize(position.lots, position.market)}</span>
            </span>
            <Num text={profitOf(position.market.instrument)} isSigned />
            <Button
              className={styles.action}
              isBlocked={!mayTrade}
              aria-label={`Flatten ${position.market.name}`}
              onClick={() => flattenHeld([position], `Flatten ${position.market.name}`)}
            >
              Flatten
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
