'use client';

import { lazy, Suspense, useState } from 'react';
import { roleWords } from '../../../../engine/protocol/roleWords.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useListening } from '../../../../lib/hooks/listening.ts';
import { signOut } from '../../../../lib/session.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import styles from './Session.module.css';

// Wallet code is for those who connect one: nothing of it is in the first load.
const SignIn = lazy(async () => ({ default: (await import('./SignIn.tsx')).SignIn }));

/** Who is signed in, and the way in or out. */
export function SessionBadge() {
  const session = useSession();
  const isListening = useListening();
  // `wanted`: the button was pressed before it was known whether anyone is signed in.
  const [open, setOpen] = useState<'wanted' | 'signIn' | 'session'>();
  if (open === 'wanted' && session.state !== 'unknown')
    setOpen(session.state === 'signedOut' ? 'signIn' : undefined);
  const close = () => setOpen(undefined);
  const hasKey =
    session.state !== 'signedIn' || session.agent !== undefined || !mayTrade(session.session.accounts);
  return (
    <>
      {session.state === 'signedIn' ? (
        <>
          {!hasKey && (
            <Button tone="warn" onClick={() => setOpen('signIn')}>
              Approve trading key
            </Button>
          )}
          <Button onClick={() => setOpen('session')}>{session.session.label}</Button>
          <span className={styles.role}>
            <Badge tone="strong">{roleWords(session.session.role).toUpperCase()}</Badge>
          </span>
        </>
      ) : (
        <Button
          onClick={() => setOpen(session.state === 'unknown' ? 'wanted' : 'signIn')}
          isPending={!isListening}
        >
          Sign in
        </Button>
      )}
      <LiveRegion words={session.state === 'signedIn' ? `Signed in: ${session.session.label}.` : ''} />
      {open === 'signIn' && (
        <Suspense>
          <SignIn onClose={close} />
        </Suspense>
      )}
      {session.state === 'signedIn' && (
        <Dialog
          title={session.session.label}
          isOpen={open === 'session'}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Stay</Button>
              <Button
                onClick={() => {
                  close();
                  void signOut();
                }}
              >
                Sign out
              </Button>
            </>
          }
        >
          <dl className={styles.facts}>
            <dt>address</dt>
            <dd className={styles.mono}>{session.session.address}</dd>
            <dt>role</dt>
            <dd>{roleWords(session.session.role)}</dd>
            <dt>trading key</dt>
            <dd className={styles.mono}>{session.agent?.publicKey ?? 'none in this browser'}</dd>
          </dl>
          <p>Signing out keeps open orders working.</p>
        </Dialog>
      )}
    </>
  );
}

function mayTrade(accounts: readonly { mayTrade: boolean }[]): boolean {
  return accounts.some((account) => account.mayTrade);
}
