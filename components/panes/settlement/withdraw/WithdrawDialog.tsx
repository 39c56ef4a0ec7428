'use client';

import { useState } from 'react';
import { askFor } from '../../../../lib/firm/ask.ts';
import { signingSentence } from '../../../../lib/firm/signingSentence.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { useSigning } from '../../../../lib/hooks/signing.ts';
import { type Trial, useTrial } from '../../../../lib/hooks/trial.ts';
import { refreshSettlement } from '../../../../lib/settlement/followSettlement.ts';
import { closeTransfer } from '../../../../lib/stores/transferStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { BookAddress } from './BookAddress.tsx';
import styles from './Withdraw.module.css';
import {
  dayWords,
  LIFE_MS,
  type ReadWithdraw,
  readWithdraw,
  signedFields,
  thresholdsOf,
  type WithdrawDraft,
  whenWords,
  withdrawBlock,
} from './Withdraw.state.ts';
import { WithdrawFields } from './WithdrawFields.tsx';

/** A withdrawal is asked for, not sent: what is signed, who must agree, and when it is paid. */
export function WithdrawDialog({ account }: { account: number | undefined }) {
  const view = useSettlement();
  const firm = useFirm();
  const [typed, setTyped] = useState({ account, asset: 0, amount: '', to: undefined as string | undefined });
  // Until somebody writes another address it is the owner's. A page that has just opened learns it a moment later, and
  // takes nothing before: it would arrive in the middle of what is being written.
  const draft: WithdrawDraft = { ...typed, to: typed.to ?? firm?.owner ?? '' };
  const write = (next: WithdrawDraft) => setTyped({ ...next, to: next.to === draft.to ? typed.to : next.to });
  const [deadlineMs] = useState(() => Date.now() + LIFE_MS);
  const read = readWithdraw(draft, view, deadlineMs);
  const block = view === undefined || firm === undefined ? 'Waiting for the desk.' : withdrawBlock(view);
  const action = 'action' in read && block === undefined ? read.action : undefined;
  const trial = useTrial(action);
  const signing = useSigning();
  const { state } = signing;
  const isDone = state.is === 'done';
  const isReady = trial.state === 'known' && trial.view.refusal === null && firm !== undefined;
  const ask = () =>
    signing.run(async (signatory) => {
      if (action === undefined || firm === undefined) return '';
      const asked = await askFor(signatory, firm.firm, action);
      refreshSettlement();
      return asked.is === 'done'
        ? 'Authorised: it is in the next state root.'
        : `Proposal ${asked.proposal} waits for those who must agree.`;
    });
  return (
    <Dialog
      title="Withdraw"
      isOpen
      onClose={closeTransfer}
      actions={
        <>
          {isDone && <PageLink href="/approvals">Approvals</PageLink>}
          <Button onClick={closeTransfer}>{isDone ? 'Close' : 'Cancel'}</Button>
          {!isDone && (
            <Button
              isFilled
              isBlocked={!isReady}
              isPending={state.is === 'waiting'}
              onClick={() => isReady && void ask()}
            >
              {trial.state === 'known' && trial.view.needs === null
                ? 'Sign and withdraw'
                : 'Sign and propose'}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body}>
        <WithdrawFields
          draft={draft}
          owner={firm?.owner}
          isLocked={firm === undefined || state.is === 'waiting' || isDone}
          onChange={write}
        />
        {block === undefined ? <Outcome read={read} trial={trial} /> : <p>{block}</p>}
        <p role="status" className={styles.status} data-is={state.is}>
          {signingSentence(state, 'Your wallet asks you. Compare the address it shows with the one above.')}
        </p>
      </div>
    </Dialog>
  );
}

/** What would be signed, and what the engine and the firm's policy say of it now. */
function Outcome({ read, trial }: { read: ReadWithdraw; trial: Trial }) {
  const view = useSettlement();
  const nowMs = useNow(1_000);
  const firm = useFirm();
  if ('missing' in read) return <p>{read.missing}</p>;
  if (trial.state === 'failed') return <p className={styles.refused}>{trial.error.message}</p>;
  if (trial.state !== 'known') return <p>Asking the engine …</p>;
  const { refusal, rules, seq } = trial.view;
  const today = firm && dayWords(firm.withdrawals, read.action.to);
  if (refusal !== null)
    return (
      <>
        <p className={styles.refused} data-refusal={refusal.code}>
          {refusal.message} <code>{refusal.code}</code>
        </p>
        {today !== undefined && <p>{today}</p>}
        {refusal.code === 'withdrawal.notInBook' && firm !== undefined && (
          <BookAddress firm={firm.firm} to={read.action.to} />
        )}
      </>
    );
  return (
    <>
      {view !== undefined && <p>{whenWords(trial.view, view, read.action, nowMs)}</p>}
      {firm !== undefined && (
        <section className={styles.signed} aria-label="Who must sign">
          <h3>Who must sign</h3>
          <dl>
            {thresholdsOf(firm.policy.rules, rules).map(({ id, when, asks, isMatched }) => (
              <div key={id} data-matched={isMatched || undefined}>
                <dt>
                  {isMatched && '▸ '}
                  {when}
                </dt>
                <dd>{asks}</dd>
              </div>
            ))}
          </dl>
          {today !== undefined && <p>{today}</p>}
        </section>
      )}
      <section className={styles.signed} aria-label="What you sign">
        <h3>You sign</h3>
        <dl>
          {signedFields(read.action).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className={styles.source}>
        engine at seq {formatCount(seq)}
        {rules.length > 0 && ` · policy ${rules.join(', ')}`}
      </p>
    </>
  );
}
