import { useState } from 'react';
import { shortKey } from '../../../engine/protocol/keyWords.ts';
import type { KeyView } from '../../../engine/protocol/views/keys.ts';
import { dropAgent } from '../../../lib/session.ts';
import { AskFor } from '../../panes/approvals/AskFor.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './TradingKeys.module.css';

export interface KeyDialogProps {
  entry: KeyView;
  firm: number;
  isOfThisBrowser: boolean;
  onClose: () => void;
}

/** Ends a key with a signature, and says what becomes of what it did. */
export function RevokeKeyDialog({ entry, firm, isOfThisBrowser, onClose }: KeyDialogProps) {
  const [isDone, setDone] = useState(false);
  const { publicKey, owner, accounts } = entry;
  const whose = entry.isOwn ? 'Your key' : `The key of ${owner}`;
  return (
    <Dialog
      title="Revoke a trading key"
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>{isDone ? 'Close' : 'Keep the key'}</Button>}
    >
      <div className={styles.dialog}>
        <p>
          {whose} <b>{shortKey(publicKey)}</b>
          {accounts.length > 0 && <> for {accounts.join(', ')}</>} ends for good: its next order is refused
          and its open lines are cut within a second.
          {isOfThisBrowser && ' It is the one this browser trades with.'}
        </p>
        <p>
          <b>Orders it placed or changed last are cancelled at once</b>, parked ones too. What closes the
          fills of its brackets stays: take-profits and stops protect what the account holds.
        </p>
        <AskFor
          firm={firm}
          action={isDone ? undefined : { kind: 'RevokeKey', publicKey }}
          missing=""
          onAsked={() => {
            setDone(true);
            if (isOfThisBrowser) void dropAgent();
          }}
        />
      </div>
    </Dialog>
  );
}
