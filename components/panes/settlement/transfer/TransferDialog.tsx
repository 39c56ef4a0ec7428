'use client';

import { useState } from 'react';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { useTransactions } from '../../../../lib/hooks/transactions.ts';
import { closeTransfer, type VaultTransfer } from '../../../../lib/stores/transferStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { AddressList } from './AddressList.tsx';
import { planOf } from './plans.ts';
import { Steps } from './Steps.tsx';
import { Terms, type TermsDraft } from './Terms.tsx';
import styles from './Transfer.module.css';
import { titles } from './Transfer.state.ts';
import { useSteps } from './useSteps.ts';

/** One thing done with the vault: its terms, every transaction of it in words, each tried before the wallet opens. */
export function TransferDialog({ transfer }: { transfer: VaultTransfer }) {
  const view = useSettlement();
  const firm = useFirm();
  const [draft, setDraft] = useState<TermsDraft>(() => firstDraft(transfer));
  const { progress, trouble, isRunning, isDone, run } = useTransactions();
  const isSent = isRunning || isDone;
  const terms = JSON.stringify([
    transfer,
    draft,
    view?.status,
    view?.takesDeposits,
    view?.assets.find(({ asset }) => asset === draft.asset)?.unreadSinceMs,
    view?.vault,
    firm?.owner,
  ]);
  const plan = useSteps(terms, isSent, (address) => planOf(transfer, draft, { view, firm, address }));
  const planned = plan !== undefined && 'steps' in plan ? plan.steps : undefined;
  // A step may have become others on its way.
  const steps = isSent ? progress.map(({ step }) => step) : planned;
  return (
    <Dialog
      title={titles[transfer.kind]}
      isOpen
      onClose={closeTransfer}
      actions={
        <>
          <Button onClick={closeTransfer}>{isSent ? 'Close' : 'Cancel'}</Button>
          {!isDone && (
            <Button
              isFilled
              isBlocked={steps === undefined}
              isPending={isRunning}
              onClick={() => steps !== undefined && void run(steps)}
            >
              {isRunning ? 'Sending …' : sendWords(transfer, steps?.length, progress.length > 0)}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body}>
        {transfer.kind === 'whitelist' && (
          <AddressList
            account={draft.account}
            isLocked={isSent}
            onTakeOff={(to) => setDraft({ ...draft, to, allow: false })}
          />
        )}
        <Terms transfer={transfer} draft={draft} isLocked={isSent} onChange={setDraft} />
        {steps === undefined ? (
          <p role="status">
            {plan !== undefined && 'missing' in plan ? plan.missing : 'Working out what it takes …'}
          </p>
        ) : (
          <Steps
            steps={steps}
            stateOf={(name) => progress.find(({ step }) => step.name === name)?.state ?? { is: 'waits' }}
          />
        )}
        <p className={styles.trouble} role="status">
          {trouble}
        </p>
      </div>
    </Dialog>
  );
}

function firstDraft(transfer: VaultTransfer): TermsDraft {
  const account = 'account' in transfer ? transfer.account : undefined;
  return { account, asset: 0, amount: '', to: '', allow: true };
}

function sendWords({ kind }: VaultTransfer, count: number | undefined, isAgain: boolean): string {
  if (isAgain) return 'Try again';
  if (kind === 'freeze') return 'Freeze it for good';
  return count === undefined || count === 1 ? 'Send with my wallet' : `Send ${count} with my wallet`;
}
