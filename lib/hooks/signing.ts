import { useState } from 'react';
import type { Signatory, SigningStep } from '../firm/sign.ts';
import { errorOf } from '../wallet/walletError.ts';
import { useSession } from './account.ts';
import { useListing } from './market.ts';

export type SigningState =
  | { is: 'idle' }
  | { is: 'waiting'; step: SigningStep }
  | { is: 'refused'; code: string; message: string }
  | { is: 'done'; message: string };

export interface Signing {
  state: SigningState;
  /**
   * Does something that needs the wallet, telling each step.
   *
   * @param work what is signed and sent; answers with the sentence of what came of it
   */
  run(work: (signatory: Signatory) => Promise<string>): Promise<void>;
  reset(): void;
}

/** One signature at a time, of whoever is signed in. */
export function useSigning(): Signing {
  const session = useSession();
  const desk = useListing();
  const [state, setState] = useState<SigningState>({ is: 'idle' });
  const run: Signing['run'] = async (work) => {
    if (session.state !== 'signedIn' || desk === undefined || state.is === 'waiting') return;
    const at = (step: SigningStep) => setState({ is: 'waiting', step });
    try {
      setState({ is: 'done', message: await work({ session: session.session, desk, at }) });
    } catch (error) {
      setState({ is: 'refused', ...errorOf(error) });
    }
  };
  return { state, run, reset: () => setState({ is: 'idle' }) };
}
