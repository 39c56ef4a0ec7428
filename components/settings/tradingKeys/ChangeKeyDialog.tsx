import { useMemo, useState } from 'react';
import type { ChangeKey } from '../../../engine/protocol/commands/actions.ts';
import { shortKey, utcMinute } from '../../../engine/protocol/keyWords.ts';
import type { KeyView } from '../../../engine/protocol/views/keys.ts';
import { formatUsd } from '../../../lib/format.ts';
import { useListing } from '../../../lib/hooks/market.ts';
import { keepAgentUntil } from '../../../lib/session.ts';
import { readKeyChange, typedTermsOf } from '../../../lib/wallet/keyTerms.ts';
import { AskFor } from '../../panes/approvals/AskFor.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyTermsFields } from './KeyTermsFields.tsx';
import type { KeyDialogProps } from './RevokeKeyDialog.tsx';
import styles from './TradingKeys.module.css';

/** Holds a key to other terms: what changes stands before and after, then the firm's policy and the wallet are asked. */
export function ChangeKeyDialog({ entry, firm, isOfThisBrowser, onClose }: KeyDialogProps) {
  const listing = useListing();
  const [typed, setTyped] = useState(() => typedTermsOf(entry));
  const [openedMs] = useState(Date.now);
  const [isDone, setDone] = useState(false);
  const read = useMemo(
    () => readKeyChange(typed, listing?.markets ?? [], entry, openedMs),
    [typed, listing, entry, openedMs],
  );
  const action = 'action' in read && !isDone ? read.action : undefined;
  const onAsked = () => {
    setDone(true);
    if (isOfThisBrowser && action !== undefined) void keepAgentUntil(action.expiresAtMs);
  };
  return (
    <Dialog
      title="Change a trading key"
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>{isDone ? 'Close' : 'Cancel'}</Button>}
    >
      <div className={styles.dialog}>
        <p>
          {entry.isOwn ? 'Your key' : `The key of ${entry.owner}`} <b>{shortKey(entry.publicKey)}</b>. Less
          room holds at once; more is for its owner’s wallet to give, and for others to agree to where it may
          then trade past a soft limit. What it opened this hour stays counted.
        </p>
        <KeyTermsFields
          typed={typed}
          daysPlaceholder="as it is"
          isLocked={isDone}
          onChange={(part) => setTyped((before) => ({ ...before, ...part }))}
        />
        {action !== undefined && <Rows before={entry} after={action} />}
        <AskFor firm={firm} action={action} missing={'wrong' in read ? read.wrong : ''} onAsked={onAsked} />
      </div>
    </Dialog>
  );
}

type Terms = Omit<ChangeKey, 'kind' | 'publicKey'>;

const rows: readonly { name: string; of: (terms: Terms) => string }[] = [
  { name: 'markets', of: ({ markets }) => markets.join(', ') || 'all' },
  {
    name: 'opens an hour, USD',
    of: ({ notionalPerHourUsd: usd }) => (usd === 0 ? 'no end' : formatUsd(usd, 2)),
  },
  { name: 'from', of: ({ addresses }) => addresses.join(', ') || 'anywhere' },
  { name: 'good until', of: ({ expiresAtMs }) => `${utcMinute(expiresAtMs)} UTC` },
];

function Rows({ before, after }: { before: KeyView; after: ChangeKey }) {
  return (
    <dl className={styles.rows}>
      {rows
        .filter(({ of }) => of(before) !== of(after))
        .map(({ name, of }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {of(before)} → <b>{of(after)}</b>
            </dd>
          </div>
        ))}
    </dl>
  );
}
