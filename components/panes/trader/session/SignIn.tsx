'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import type { SignInStep } from '../../../../lib/stores/sessionStore.ts';
import { discoverWallets, type Wallet } from '../../../../lib/wallet/discover.ts';
import { errorOf, renewAgent, signIn } from '../../../../lib/wallet/signIn.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './Session.module.css';

const SandboxWallets = lazy(async () => ({ default: (await import('./SandboxWallets.tsx')).SandboxWallets }));

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const SANDBOX_CHAIN_ID = 31_337;

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
  const isSandbox =
    listing?.isSandbox === true && listing.chainId === SANDBOX_CHAIN_ID && LOOPBACK.has(location.hostname);

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
    <>
      <Dialog
        title={session.state === 'signedIn' ? 'Approve a trading key' : 'Sign in'}
        isOpen
        onClose={onClose}
      >
        {isBusy ? (
          <Progress step={session.step} walletName={session.walletName} />
        ) : (
          <Choice wallets={wallets} onChoose={choose} />
        )}
        <p className={styles.error} role="alert">
          {error?.message ?? ''}
        </p>
      </Dialog>
      {isSandbox && (
        <Suspense>
          <SandboxWallets />
        </Suspense>
      )}
    </>
  );
}

function Choice({ wallets, onChoose }: { wallets: readonly Wallet[]; onChoose: (wallet: Wallet) => void }) {
  if (wallets.length === 0)
    return <p>No wallet was found in this browser. Install one that speaks EIP-6963.</p>;
  return (
    <>
      <p>
        Choose a wallet. It signs who you are and lets this browser make a trading key that can never
        withdraw.
      </p>
      <ul className={styles.wallets}>
        {wallets.map((wallet) => (
          <li key={wallet.info.uuid}>
            <Button className={styles.wallet} onClick={() => onChoose(wallet)}>
              {/* biome-ignore lint/performance/noImgElement: a data URI has nothing to optimise. */}
              <img src={wallet.info.icon} alt="" width={16} height={16} />
              {wallet.info.name}
              <span className={styles.rdns}>{wallet.info.rdns}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
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
