import { useEffect, useState } from 'react';
import type { SessionView } from '../../../engine/protocol/views/health.ts';
import type { KeysView, KeyView } from '../../../engine/protocol/views/keys.ts';
import { useSession } from '../../../lib/hooks/account.ts';
import { usePolled } from '../../../lib/hooks/polled.ts';
import { adoptAskedKey } from '../../../lib/session.ts';
import { ChangeKeyDialog } from './ChangeKeyDialog.tsx';
import { KeyTable } from './KeyTable.tsx';
import { NewKey } from './NewKey.tsx';
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx';
import styles from './TradingKeys.module.css';

/** What was signed on this page is in the list before anybody wonders. */
const EVERY_MS = 2_000;
/** May look at keys and never asks for anything. */
const READERS = ['auditor', 'treasurySigner', 'firmOwner'];

/** Trading keys: one's own, and for who watches over a desk or the firm those of its people. */
export function TradingKeys() {
  const session = useSession();
  if (session.state !== 'signedIn') return <p className={styles.note}>Sign in to see your trading keys.</p>;
  return <KeysOf session={session.session} ownKey={session.agent?.publicKey} />;
}

/** Asks for them while somebody is signed in, and not before. */
function KeysOf({ session, ownKey }: { session: SessionView; ownKey: string | undefined }) {
  const { view, receivedMs, error } = usePolled<KeysView>('/api/v1/agents?of=firm', EVERY_MS);
  // What was agreed to meanwhile signs from here on.
  useEffect(() => {
    if (view !== undefined) void adoptAskedKey(view.keys);
  }, [view]);
  const [open, setOpen] = useState<{ dialog: 'change' | 'revoke'; entry: KeyView }>();
  const { accounts, role } = session;
  const mayTrade = accounts.some((account) => account.mayTrade);
  const dialog = open && {
    entry: open.entry,
    firm: accounts[0]?.firm ?? 0,
    isOfThisBrowser: open.entry.publicKey === ownKey,
    onClose: () => setOpen(undefined),
  };
  return (
    <div className={styles.section}>
      <KeyTable
        keys={view?.keys}
        ownKey={ownKey}
        todayMs={receivedMs}
        isReader={READERS.includes(role)}
        onChange={(entry) => setOpen({ dialog: 'change', entry })}
        onRevoke={(entry) => setOpen({ dialog: 'revoke', entry })}
      />
      <p role="alert">{error?.message}</p>
      {mayTrade && <NewKey session={session} />}
      {dialog && open.dialog === 'revoke' && <RevokeKeyDialog {...dialog} />}
      {dialog && open.dialog === 'change' && <ChangeKeyDialog {...dialog} />}
    </div>
  );
}
