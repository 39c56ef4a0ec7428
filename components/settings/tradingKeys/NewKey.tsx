import { useState } from 'react';
import type { SessionView } from '../../../engine/protocol/views/health.ts';
import { useListing } from '../../../lib/hooks/market.ts';
import { readKeyTerms, type TypedTerms } from '../../../lib/wallet/keyTerms.ts';
import { makeKey } from '../../../lib/wallet/signIn.ts';
import { errorOf } from '../../../lib/wallet/walletError.ts';
import { Button } from '../../ui/Button.tsx';
import { KeyTermsFields } from './KeyTermsFields.tsx';
import styles from './TradingKeys.module.css';

const EMPTY: TypedTerms = { markets: '', usdPerHour: '', addresses: '', days: '1' };

/** A key for this browser on terms of one's own. */
export function NewKey({ session }: { session: SessionView }) {
  const { typed, change, problem, isBusy, make } = useNewKey(session);
  return (
    <>
      <KeyTermsFields typed={typed} onChange={change} />
      <Button onClick={make} isPending={isBusy}>
        Make a key for this browser
      </Button>
      <p className={styles.note}>
        Your wallet signs these terms, the engine holds the key to them. Orders that reduce a position and
        cancels pass whatever the key has opened; a key is never used from elsewhere. The key before stays
        good until it runs out or is revoked.
      </p>
      <p role="alert">{problem}</p>
    </>
  );
}

function useNewKey(session: SessionView) {
  const listing = useListing();
  const [typed, setTyped] = useState(EMPTY);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    if (listing === undefined) return;
    const reading = readKeyTerms(typed, listing.markets);
    setProblem('wrong' in reading ? reading.wrong : undefined);
    if ('wrong' in reading) return;
    setBusy(true);
    try {
      await makeKey(listing, session, reading.terms);
      setTyped(EMPTY);
    } catch (error) {
      setProblem(errorOf(error).message);
    }
    setBusy(false);
  };
  const change = (part: Partial<TypedTerms>) => setTyped((before) => ({ ...before, ...part }));
  return { typed, change, problem, isBusy, make: () => void make() };
}
