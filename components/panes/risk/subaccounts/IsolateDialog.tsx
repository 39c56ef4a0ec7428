'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { send } from '../../../../lib/commands.ts';
import { formatCount, formatUsd } from '../../../../lib/format.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { RequestError } from '../../../../lib/http.ts';
import { refreshSession } from '../../../../lib/session.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import {
  checkMove,
  type Isolation,
  type MoveWay,
  moveOperation,
  openOperation,
  potIn,
} from './Isolate.state.ts';
import styles from './Subaccounts.module.css';

export interface IsolateDialogProps {
  accounts: readonly AccountView[];
  parent: AccountView;
  onClose: () => void;
}

/** A pot for one underlying: opened, and filled or emptied, with what that would leave before it is sent. */
export function IsolateDialog({ accounts, parent, onClose }: IsolateDialogProps) {
  const underlyings = [...new Set(useMarkets().map(({ underlying }) => underlying))];
  const [picked, setPicked] = useState(parent.pots[0]?.underlying ?? underlyings[0] ?? '');
  const isolation: Isolation = { parent, pot: potIn(accounts, parent, picked), underlying: picked };
  const [said, isPending, submit] = useSubmit();
  return (
    <Dialog
      title={`Isolate from ${parent.label}`}
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <div className={styles.isolate}>
        <p>What stands in a pot is margined alone, and loses no more than was moved into it.</p>
        <Select
          label="Pot for"
          value={picked}
          options={underlyings.map((name) => ({ value: name, label: name }))}
          onPick={setPicked}
        />
        {isolation.pot === undefined ? (
          <Button
            isPending={isPending}
            onClick={() => submit(openOperation(isolation), `Pot for ${picked} is open.`)}
          >
            Open a pot for {picked}
          </Button>
        ) : (
          <Move isolation={isolation} pot={isolation.pot} isPending={isPending} submit={submit} />
        )}
        <p role="status">{said}</p>
      </div>
    </Dialog>
  );
}

interface MoveProps {
  isolation: Isolation;
  pot: AccountView;
  isPending: boolean;
  submit: Submit;
}

function Move({ isolation, pot, isPending, submit }: MoveProps) {
  const [way, setWay] = useState<MoveWay>('in');
  const [typed, setTyped] = useState('');
  const { amount, text } = checkMove(typed, way, isolation);
  const move = () => {
    if (amount === undefined) return;
    submit(moveOperation(amount, way, isolation), `Moved ${amount} USDC.`);
    setTyped('');
  };
  return (
    <>
      <p>
        {pot.label}: equity <b>{formatUsd(pot.margin.equityUsd, 2)}</b>, maintenance{' '}
        <b>{formatUsd(pot.margin.maintenanceUsd, 2)}</b>
      </p>
      <Segmented
        label="Direction"
        value={way}
        options={[
          { value: 'in', label: 'into the pot' },
          { value: 'out', label: 'out of the pot' },
        ]}
        onPick={setWay}
      />
      <Field
        label="Amount"
        unit="USDC"
        inputMode="decimal"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p aria-live="polite" data-check={amount === undefined ? 'blocked' : 'passes'}>
        {text}
      </p>
      <Button isBlocked={amount === undefined} isPending={isPending} onClick={move}>
        {way === 'in' ? 'Move into the pot' : 'Move out of the pot'}
      </Button>
    </>
  );
}

type Submit = (operation: OperationWire, done: string) => void;

/** Sends one operation and says what became of it. */
function useSubmit(): [said: string, isPending: boolean, submit: Submit] {
  const [said, setSaid] = useState('');
  const [isPending, setPending] = useState(false);
  const run = async (operation: OperationWire, done: string) => {
    setPending(true);
    try {
      const { seq, results } = await send([operation]);
      const [result] = results;
      if (result?.status === 'refused') setSaid(`Refused: ${result.error.message}`);
      else setSaid(`${done} Seq ${formatCount(seq)}.`);
      // A pot is an account: who may see it is told by the session.
      if (operation.type === 'OpenPot') await refreshSession();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      setSaid(`Not sent or not answered: ${error.error.message}`);
    } finally {
      setPending(false);
    }
  };
  return [said, isPending, (operation, done) => void run(operation, done)];
}
