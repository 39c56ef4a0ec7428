'use client';

import { formatAge, formatCount, formatUsdShort } from '../../../../lib/format.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement, useSettlementFreshness } from '../../../../lib/hooks/settlement.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import held from '../../../ui/Held.module.css';
import { Pane } from '../../../ui/Pane.tsx';
import { StateNote } from '../StateNote.tsx';
import { AssetBars, Legend } from './AssetBars.tsx';
import { AssetTable } from './AssetTable.tsx';
import styles from './Vault.module.css';
import { assetLines, totalWorth } from './Vault.state.ts';

/** What the vault holds on chain against what the engine owes, asset by asset, to the last unit. */
export function Vault() {
  const view = useSettlement();
  const isOld = useSettlementFreshness().face !== 'fresh';
  const nowMs = useNow(1_000);
  if (view === undefined)
    return (
      <Pane title="Vault and liabilities">
        <EmptyState title="Waiting for the vault." />
      </Pane>
    );
  const lines = assetLines(view);
  const worthUsd = totalWorth(lines);
  const { block } = view;
  const isUntold = view.assets.some(({ unreadSinceMs }) => unreadSinceMs !== null);
  return (
    <Pane
      title="Vault and liabilities"
      aside={
        <span>
          top bar held on chain, lower bar owed, by the last root
          {block !== null &&
            ` · block ${formatCount(block.number)}, ${formatAge(Math.max(0, nowMs - block.readMs))}`}
        </span>
      }
      actions={worthUsd !== undefined && lines.length > 0 && <span>${formatUsdShort(worthUsd)}</span>}
    >
      <div className={classes(styles.body, isOld && held.held)}>
        <StateNote />
        {isUntold && view.status === 'open' && (
          <p className={styles.note} role="status">
            {view.sentence} Roots and the other assets go on.
          </p>
        )}
        {lines.length === 0 ? (
          <EmptyState title="Nothing is held yet.">{view.sentence}</EmptyState>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
          <section className={styles.scroll} aria-label="Held and owed" tabIndex={0}>
            <Legend />
            {lines.map((line) => (
              <AssetBars key={line.asset.asset} line={line} />
            ))}
            <AssetTable lines={lines} />
          </section>
        )}
      </div>
    </Pane>
  );
}
