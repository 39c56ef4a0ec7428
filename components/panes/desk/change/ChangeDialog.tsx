'use client';

import { useMemo, useState } from 'react';
import { askFor } from '../../../../lib/firm/ask.ts';
import { type ChangeDraft, readChange } from '../../../../lib/firm/change.ts';
import { isMove } from '../../../../lib/firm/changeSet.ts';
import { signingSentence } from '../../../../lib/firm/signingSentence.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { useSigning } from '../../../../lib/hooks/signing.ts';
import { useTrial } from '../../../../lib/hooks/trial.ts';
import { addPart } from '../../../../lib/stores/changeSetStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import styles from './Change.module.css';
import { titleOf } from './Change.state.ts';
import { ChangeEffect } from './ChangeEffect.tsx';
import { ChangeFields } from './ChangeFields.tsx';

/** One change: its terms, what the engine says it would do, who must agree, and the wallet that asks for it. */
export function ChangeDialog({ first, onClose }: { first: ChangeDraft; onClose: () => void }) {
  const [draft, setDraft] = useState(first);
  const firm = useFirm();
  const listing = useListing();
  const { markets = [], assets = [] } = listing ?? {};
  const read = useMemo(() => readChange(draft, { markets, assets }), [draft, markets, assets]);
  const action = 'action' in read ? read.action : undefined;
  const trial = useTrial(action);
  const signing = useSigning();
  const { state } = signing;
  const isDone = state.is === 'done';
  const isReady = trial.state === 'known' && trial.view.refusal === null && firm !== undefined;
  // Of what is refused nobody knows who else would be asked.
  const isAtOnce = isReady && trial.view.needs === null;
  const propose = () =>
    signing.run(async (signatory) => {
      if (action === undefined || firm === undefined) return '';
      const asked = await askFor(signatory, firm.firm, action);
      return asked.is === 'done'
        ? 'Done: the firm’s policy asks nobody else.'
        : `Proposal ${asked.proposal} waits for those who must agree.`;
    });
  return (
    <Dialog
      title={titleOf(draft)}
      isOpen
      onClose={onClose}
      actions={
        <>
          {isDone && <PageLink href="/approvals">Approvals</PageLink>}
          {!isDone && isMove(draft) && (
            <Button
              isBlocked={action === undefined || state.is === 'waiting'}
              onClick={() => addPart(draft) && onClose()}
            >
              Add to a draft
            </Button>
          )}
          <Button onClick={onClose}>{isDone ? 'Close' : 'Cancel'}</Button>
          {!isDone && (
            <Button
              isFilled
              isBlocked={!isReady}
              isPending={state.is === 'waiting'}
              title={'missing' in read ? read.missing : undefined}
              onClick={() => isReady && void propose()}
            >
              {isAtOnce ? 'Sign and do it' : 'Sign and propose'}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.change}>
        <ChangeFields draft={draft} isLocked={state.is === 'waiting' || isDone} onChange={setDraft} />
        <section className={styles.effect} aria-label="What it would change">
          <p className={styles.head}>
            Simulated change <Badge tone="info">not sent</Badge>
          </p>
          {'missing' in read ? <p>{read.missing}</p> : <ChangeEffect action={read.action} trial={trial} />}
        </section>
        <p role="status" data-signing={state.is}>
          {signingSentence(state)}
        </p>
      </div>
    </Dialog>
  );
}
