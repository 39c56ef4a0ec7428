'use client';

import { useRef } from 'react';
import type { PayoffView } from '../../../../engine/protocol/views/options.ts';
import { formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import styles from './Payoff.module.css';
import { type PayoffPicture, payoffPicture } from './Payoff.state.ts';

const EVERY_MS = 2_000;

/** What the account's legs in one underlying gain or lose when it moves: at once, and at expiry. */
export function Payoff({ underlying }: { underlying: string }) {
  const account = useSelectedAccount();
  const session = useSession();
  const path = account && `/api/v1/accounts/${account.account}/payoff/${underlying}`;
  const { view } = usePolled<PayoffView>(path, EVERY_MS);
  const picture = view && payoffPicture(view);
  return (
    <Pane
      title="Payoff"
      aside={<span>{account === undefined ? underlying : `${account.label}, ${underlying} legs only`}</span>}
      actions={picture && <Legend />}
    >
      {session.state !== 'signedIn' && <EmptyState title="Sign in to see your payoff." />}
      {session.state === 'signedIn' && view === undefined && <EmptyState title="Waiting for the account." />}
      {view !== undefined && picture === undefined && <EmptyState title={`No ${underlying} position.`} />}
      {view !== undefined && picture !== undefined && <Lines view={view} picture={picture} />}
    </Pane>
  );
}

function Legend() {
  return (
    <span className={styles.legend}>
      <i className={styles.nowKey} /> now <i className={styles.expiryKey} /> at expiry
    </span>
  );
}

function Lines({ view, picture }: { view: PayoffView; picture: PayoffPicture }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [first, last] = [view.points[0]!, view.points.at(-1)!];
  const { mostUsd, leastUsd, breakEvensE8 } = picture;
  const even = breakEvensE8.map((priceE8) => formatUsd(priceE8 / 100)).join(', ');
  const words = `between ${formatUsd(first.priceE8 / 100)} and ${formatUsd(last.priceE8 / 100)}: at most ${formatSignedUsd(mostUsd)}, at least ${formatSignedUsd(leastUsd)} USD`;
  return (
    <div className={styles.lines}>
      <p className={styles.facts}>
        {view.legs.join(', ')}: {words}
        {even !== '' && `; even at expiry at ${even}`}
      </p>
      <div
        ref={box}
        className={styles.box}
        role="img"
        aria-label={`Payoff of ${view.legs.join(', ')} ${words}`}
      >
        {size !== undefined && size.width > 0 && (
          <svg width={size.width} height={size.height} aria-hidden="true">
            <path d={`M0,${picture.zero * size.height}H${size.width}`} className={styles.zero} />
            <path d={`M${picture.index * size.width},0V${size.height}`} className={styles.index} />
            <path d={pathOf(picture.atExpiry, size)} className={styles.atExpiry} />
            <path d={pathOf(picture.now, size)} className={styles.now} />
            <text x={picture.index * size.width + 4} y={12} className={styles.words}>
              index {formatUsd(view.indexE8 / 100)}
            </text>
            <text x={4} y={picture.zero * size.height - 4} className={styles.words}>
              0
            </text>
          </svg>
        )}
      </div>
      <p className={styles.prices}>
        <span>{formatUsd(first.priceE8 / 100)}</span>
        <span>{formatUsd(last.priceE8 / 100)} USD</span>
      </p>
    </div>
  );
}

function pathOf(points: PayoffPicture['now'], { width, height }: { width: number; height: number }): string {
  return `M${points.map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`).join('L')}`;
}
