'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { PARTS_MAX } from '../../../../lib/firm/changeSet.ts';
import { useRebalance } from '../../../../lib/hooks/rebalance.ts';
import { addPart, changeSetStore, countWords } from '../../../../lib/stores/changeSetStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './Rebalance.module.css';
import {
  draftsOf,
  firstTyped,
  readTarget,
  shortOf,
  type TargetKind,
  targetKinds,
  unitOf,
} from './Rebalance.state.ts';
import { RebalanceFound } from './RebalanceFound.tsx';

/**
 * Which transfers bring the nearest accounts back to a target: computed by the engine's copy, put into a draft to be
 * simulated and asked for as one change. Nothing is sent from here.
 */
export function Rebalance({
  accounts,
  onClose,
}: {
  accounts: readonly AccountRiskView[];
  onClose: () => void;
}) {
  const [by, setBy] = useState<TargetKind>('distance');
  const [typed, setTyped] = useState(firstTyped);
  const drafted = useStore(changeSetStore, ({ parts }) => parts.length);
  const read = readTarget(by, typed[by]);
  const target = 'wrong' in read ? undefined : read;
  const short = target === undefined ? [] : shortOf(accounts, target);
  const { view, error } = useRebalance(
    short.map(({ account }) => account),
    target,
  );
  const drafts = view === undefined ? [] : draftsOf(view);
  const hasRoom = drafted + drafts.length <= PARTS_MAX;
  const isReady = drafts.length > 0 && hasRoom;
  const draft = () => {
    for (const each of drafts) addPart(each);
    onClose();
  };
  return (
    <Dialog
      title="Rebalance collateral"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            isFilled
            isBlocked={!isReady}
            title={hasRoom ? undefined : `A change set has ${PARTS_MAX} parts at most.`}
            onClick={() => isReady && draft()}
          >
            {drafts.length === 0 ? 'Add to the draft' : `Add ${countWords(drafts.length)} to the draft`}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <div className={styles.target}>
          <Segmented label="Target by" value={by} options={targetKinds} onPick={setBy} />
          <Field
            label="Bring the nearest accounts to"
            unit={unitOf[by]}
            inputMode="decimal"
            value={typed[by]}
            error={'wrong' in read ? read.wrong : undefined}
            onChange={({ target: { value } }) => setTyped({ ...typed, [by]: value })}
          />
        </div>
        <p className={styles.rule}>
          From the accounts with most to spare: each keeps the same target, its initial margin and its limits.
        </p>
        {short.length === 0 ? (
          <p role="status">{target === undefined ? '' : 'No account stands short of it.'}</p>
        ) : (
          <RebalanceFound by={by} short={short} accounts={accounts} view={view} sentence={error?.message} />
        )}
      </div>
    </Dialog>
  );
}
