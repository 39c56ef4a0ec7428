'use client';

import { type FormEvent, type Ref, useRef } from 'react';
import type { AccountSummaryView } from '../../engine/protocol/views/account.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import type { KillChoice, KillPlan, KillReport } from '../../lib/killSwitch.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Keycap } from '../ui/Keycap.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { KillDone } from './KillDone.tsx';
import styles from './KillSwitch.module.css';

export type KillStage =
  | { stage: 'asking' }
  | { stage: 'sent' }
  | { stage: 'done'; report: KillReport }
  | { stage: 'failed'; words: string };

export interface KillFaceProps {
  account: Pick<AccountSummaryView, 'firmLabel' | 'label'> | undefined;
  choice: KillChoice;
  stage: KillStage;
  /** Undefined while the account is not known. */
  plan: KillPlan | undefined;
  /** Why it cannot be done from here. */
  block: string | undefined;
  markets: readonly MarketView[];
  closeButton?: Ref<HTMLButtonElement>;
  onPick: (choice: KillChoice) => void;
  onRun: () => void;
  onClose: () => void;
}

const choices = [
  { value: 'cancel', label: 'Cancel all orders' },
  { value: 'flatten', label: 'Cancel and flatten' },
] as const;

/** What the kill switch will do, then what it did. */
export function KillFace(props: KillFaceProps) {
  const { account, choice, stage, plan, block, markets, closeButton, onPick, onRun, onClose } = props;
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRun();
  };
  const isOver = stage.stage === 'done' || stage.stage === 'failed';
  return (
    <Dialog
      title={`Kill switch: ${account === undefined ? 'no account' : `${account.firmLabel} / ${account.label}`}`}
      isOpen
      onClose={onClose}
      actions={
        isOver ? (
          <Button ref={closeButton} onClick={onClose}>
            Close <Keycap keys={['Esc']} />
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>
              Leave everything <Keycap keys={['Esc']} />
            </Button>
            <Button
              tone="danger"
              isBlocked={block !== undefined}
              isPending={stage.stage === 'sent'}
              onClick={() => form.current?.requestSubmit()}
            >
              {choice === 'cancel' ? 'Cancel all' : 'Cancel and flatten'} <Keycap keys={['Enter']} />
            </Button>
          </>
        )
      }
    >
      <form ref={form} className={styles.form} onSubmit={submit}>
        {!isOver && (
          <>
            <Segmented
              label="What it does"
              value={choice}
              options={choices}
              onPick={onPick}
              isDisabled={stage.stage === 'sent'}
            />
            <Consequences choice={choice} plan={plan} />
            {/* Enter in the choice above submits: a form of radio buttons needs a button of its own for that. */}
            <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
          </>
        )}
        <div role="status" className={styles.said}>
          {block !== undefined && stage.stage === 'asking' && <p className={styles.wrong}>{block}</p>}
          {stage.stage === 'sent' && <p>Sent. Waiting for the engine.</p>}
          {stage.stage === 'failed' && <p className={styles.wrong}>{stage.words}</p>}
          {stage.stage === 'done' && <KillDone report={stage.report} markets={markets} />}
        </div>
      </form>
    </Dialog>
  );
}

/** Exactly what it will do, as the account stands now. */
function Consequences({ choice, plan }: Pick<KillFaceProps, 'choice' | 'plan'>) {
  if (plan === undefined) return <p>This page is made safe. The account is not known yet.</p>;
  const { restingCount, parkedCount, held } = plan;
  const names = held.map(({ market, lots }) => `${lots > 0 ? '▲' : '▼'} ${market.name}`);
  return (
    <ul className={styles.steps}>
      <li>
        <b>{restingCount}</b> open {restingCount === 1 ? 'order' : 'orders'} and <b>{parkedCount}</b>{' '}
        {parkedCount === 1 ? 'trigger' : 'triggers'} of this account are cancelled, in every market.
      </li>
      {choice === 'flatten' ? (
        <li>
          <b>{held.length}</b> {held.length === 1 ? 'position is' : 'positions are'} closed with market orders
          that can only reduce{names.length > 0 && `: ${names.join(', ')}`}. What the book does not take stays
          open.
        </li>
      ) : (
        <li>
          <b>{held.length}</b> {held.length === 1 ? 'position stays' : 'positions stay'} open.
        </li>
      )}
      <li>This page is safe already: nothing is sent at one click.</li>
    </ul>
  );
}
