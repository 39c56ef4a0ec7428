'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { askFor } from '../../../../lib/firm/ask.ts';
import { readSet } from '../../../../lib/firm/changeSet.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { useSigning } from '../../../../lib/hooks/signing.ts';
import { useTrial } from '../../../../lib/hooks/trial.ts';
import {
  changeSetStore,
  clearParts,
  countWords,
  discardChangeSet,
  undoPart,
} from '../../../../lib/stores/changeSetStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { AccountsTable } from './AccountsTable.tsx';
import styles from './ChangeSetTray.module.css';
import { SetParts } from './SetParts.tsx';
import { SetPolicy } from './SetPolicy.tsx';

/** The moves that are being drafted as one change, under the tree: nothing of them is sent before it is signed. */
export function ChangeSetTray() {
  const isOpen = useStore(changeSetStore, (store) => store.isOpen);
  const isPast = useIsPast();
  return isOpen && !isPast ? <OpenTray /> : null;
}

function OpenTray() {
  const parts = useStore(changeSetStore, (store) => store.parts);
  const hasPast = useStore(changeSetStore, (store) => store.past.length > 0);
  const firm = useFirm();
  const { markets = [], assets = [] } = useListing() ?? {};
  const read = useMemo(
    () =>
      readSet(
        parts.map(({ draft }) => draft),
        { markets, assets },
      ),
    [parts, markets, assets],
  );
  const action = 'action' in read ? read.action : undefined;
  const trial = useTrial(action);
  const signing = useSigning();
  const undo = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const isWaiting = signing.state.is === 'waiting';
  useEffect(() => {
    const take = (event: KeyboardEvent) => !isWaiting && takeBack(event);
    const { current } = place;
    current?.addEventListener('keydown', take);
    return () => current?.removeEventListener('keydown', take);
  }, [isWaiting]);
  // What came of the last set is said until somebody drafts another one.
  const { reset } = signing;
  const isOver = parts.length > 0 && signing.state.is === 'done';
  useEffect(() => {
    if (isOver) reset();
  }, [isOver, reset]);
  const propose = () =>
    signing.run(async (signatory) => {
      if (action === undefined || firm === undefined) return '';
      const asked = await askFor(signatory, firm.firm, action);
      clearParts();
      return asked.is === 'done'
        ? 'Done: the firm’s policy asks nobody else.'
        : `Proposal ${asked.proposal} waits for those who must agree.`;
    });
  return (
    <div ref={place} className={styles.place} data-change-set="">
      <Pane
        title={`Draft: ${countWords(parts.length)}`}
        aside={
          <>
            <Badge tone="info">not sent</Badge>
            <span>one change: all or none, margin judged after the last</span>
          </>
        }
        actions={
          <>
            <Button ref={undo} size="row" isBlocked={!hasPast || isWaiting} onClick={undoPart}>
              Undo
            </Button>
            <Button size="row" isBlocked={isWaiting} onClick={discardChangeSet}>
              {parts.length === 0 ? 'Close the draft' : 'Discard the draft'}
            </Button>
          </>
        }
      >
        <div className={styles.tray}>
          <SetParts parts={parts} trial={trial} isLocked={isWaiting} afterRemoval={undo} />
          <section className={styles.effect} aria-label="Before and after the set">
            {trial.state === 'known' && trial.view.accounts.length > 0 ? (
              <AccountsTable accounts={trial.view.accounts} />
            ) : (
              <p className={styles.empty}>
                {'missing' in read ? read.missing : trial.state === 'failed' ? '' : 'Asking the engine …'}
              </p>
            )}
          </section>
          <SetPolicy
            read={read}
            trial={trial}
            signing={signing}
            isReady={firm !== undefined}
            onPropose={propose}
          />
        </div>
      </Pane>
    </div>
  );
}

/** In a field Ctrl+Z takes back what was typed there; beside them the last change of the draft. */
function takeBack(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey, shiftKey } = event;
  const isUndo = key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !shiftKey;
  if (!isUndo || target instanceof HTMLInputElement) return;
  event.preventDefault();
  undoPart();
}
