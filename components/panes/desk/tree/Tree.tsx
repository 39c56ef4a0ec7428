'use client';

import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FirmRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { byStrategy, tagsIn, UNTAGGED, withTag } from '../../../../lib/firm/strategies.ts';
import { formatAge, formatCount, formatTime } from '../../../../lib/format.ts';
import { useProposals } from '../../../../lib/hooks/firm.ts';
import { useFirmRisk, useFirmRiskFreshness, useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { changeSetStore, openChangeSet } from '../../../../lib/stores/changeSetStore.ts';
import { zoneText } from '../../../../lib/timeZone.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Tree.module.css';
import { type Opened, proposalsByPlace, treeLines } from './Tree.state.ts';
import { TreeGrid } from './TreeGrid.tsx';

const nothingOpened: Opened = new Map();

type Order = 'place' | 'strategy';

const all = { value: '', label: 'all' };

const orders = [
  { value: 'place', label: 'Account' },
  { value: 'strategy', label: 'Strategy' },
] as const;

/** The firm's tree: what every place has, earns, needs and uses; where accounts, positions and collateral are moved. */
export function Tree() {
  const tree = useFirmTree();
  const risk = useFirmRisk();
  const freshness = useFirmRiskFreshness();
  const proposals = useProposals();
  const isPast = useIsPast();
  const isDrafting = useStore(changeSetStore, (store) => store.isOpen);
  const [opened, setOpened] = useState(nothingOpened);
  const [order, setOrder] = useState<Order>('place');
  const [tag, setTag] = useState('');
  const tags = useMemo(() => (tree === undefined ? [] : tagsIn(tree)), [tree]);
  // Without a tag there is nothing to choose by, and nothing that could be chosen back.
  const isTagged = tags.length > 0;
  const lines = useMemo(() => {
    const shown = tree === undefined || tag === '' || !isTagged ? tree : withTag(tree, tag);
    if (shown === undefined) return [];
    return treeLines(order === 'strategy' && isTagged ? byStrategy(shown) : shown, opened);
  }, [tree, tag, order, opened, isTagged]);
  const waiting = useMemo(() => proposalsByPlace(proposals?.proposals ?? []), [proposals]);
  const isHeld = freshness.face === 'stale';
  return (
    <Pane
      title="Subaccounts"
      aside={
        tree !== undefined && (
          <span>
            {formatCount(tree.sums.accounts)} accounts · today since {sinceText(risk)}
            {!isPast && ' · drag to move, or M'}
          </span>
        )
      }
      actions={
        <>
          {isTagged && (
            <>
              <Select
                label="tag"
                value={tag}
                options={[all, ...[...tags, UNTAGGED].map((value) => ({ value, label: value }))]}
                onPick={setTag}
              />
              <Segmented label="Accounts by" value={order} options={orders} onPick={setOrder} />
            </>
          )}
          {freshness.face === 'stale' && <span className={styles.age}>{formatAge(freshness.ageMs)} old</span>}
          {!isDrafting && !isPast && (
            <Button size="row" onClick={openChangeSet} title="Several moves, asked for and done as one">
              Draft moves
            </Button>
          )}
        </>
      }
    >
      {lines.length === 0 ? (
        <EmptyState
          title={tree === undefined ? 'Waiting for the accounts.' : `No account has the tag ${tag}.`}
        />
      ) : (
        <TreeGrid
          lines={lines}
          waiting={waiting}
          isHeld={isHeld}
          onToggle={(key, isOpen) => setOpened((known) => new Map(known).set(key, isOpen))}
        />
      )}
    </Pane>
  );
}

/** Midnight, or the desk's first tick after it. */
function sinceText(risk: FirmRiskView | undefined): string {
  return risk === undefined || risk.daySinceMs === 0
    ? '–'
    : `${formatTime(risk.daySinceMs, false)} ${zoneText(risk.daySinceMs)}`;
}
