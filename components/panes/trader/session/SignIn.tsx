'use client';

import { useEffect, useState } from 'react';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import type { SignInStep } from '../../../../lib/stores/sessionStore.ts';
import { wantSandboxWallets } from '../../../../lib/stores/walletStore.ts';
import { discoverWallets, type Wallet } from '../../../../lib/wallet/discover.ts';
import { renewAgent, signIn } from '../../../../lib/wallet/signIn.ts';
import { errorOf } from '../../../../lib/wallet/walletError.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './Session.module.css';
import { WalletChoice } from './WalletChoice.tsx';

const steps: { step: SignInStep; words: string }[] = [
  { step: 'wallet', words: 'connect the wallet' },
  { step: 'message', words: 'sign the sign-in message' },
  { step: 'session', words: 'open the session' },
  { step: 'agentKey', words: 'make a trading key in this browser' },
  { step: 'approval', words: 'approve the trading key' },
];

/** Choose a wallet, then follow what it is asked. Also where a signed-in person approves a new trading key. */
export function SignIn({ onClose }: { onClose: () => void }) {
  const listing = useListing();
  const session = useSession();
  const [wallets, setWallets] = useState<readonly Wallet[]>([]);
  const [error, setError] = useState<{ code: string; message: string }>();
  useEffect(() => discoverWallets((wallet) => setWallets((known) => [...known, wallet])), []);
  useEffect(wantSandboxWallets, []);

  const choose = async (wallet: Wallet) => {
    if (listing === undefined) return;
    setError(undefined);
    try {
      if (session.state === 'signedIn') await renewAgent(wallet, listing, session.session);
      else await signIn(wallet, listing);
      onClose();
    } catch (cause) {
      setError(errorOf(cause));
    }
  };

  const isBusy = session.state === 'signingIn';
  return (
    <Dialog
      title={session.state === 'signedIn' ? 'Approve a trading key' : 'Sign in'}
      isOpen
      onClose={onClose}
    >
      {isBusy ? (
        <Progress step={session.step} walletName={session.walletName} />
      ) : (
        <WalletChoice wallets={wallets} onChoose={choose} />
      )}
      <p className={styles.error} role="alert">
        {error?.message ?? ''}
      </p>
    </Dialog>
  );
}

function Progress({ step, walletName }: { step: SignInStep; walletName: string }) {
  const at = steps.findIndex((each) => each.step === step);
  return (
    <>
      <p role="status">
        {walletName}: waiting to {steps[at]?.words}.
      </p>
      <ol className={styles.steps}>
        {steps.map((each, index) => (
          <li key={each.step} data-is={index < at ? 'done' : index === at ? 'now' : 'next'}>
            {each.words}
          </li>
        ))}
      </ol>
    </>
  );
}
