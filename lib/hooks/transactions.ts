import { useEffect, useRef, useState } from 'react';
import { refreshSettlement } from '../settlement/followSettlement.ts';
import { signStep } from '../settlement/signStep.ts';
import {
  type FlowStep,
  sendTransaction,
  TransactionRefusal,
  type TransactionState,
  tryTransaction,
  watchTransaction,
} from '../settlement/transactions.ts';
import { settlementStore } from '../stores/settlementStore.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { walletOfSession } from '../wallet/sessionWallet.ts';
import { errorOf } from '../wallet/walletError.ts';
import { useSession } from './account.ts';
import { useListing } from './market.ts';

/** A step, and how far it has come. */
export interface Progress {
  step: FlowStep;
  state: TransactionState;
}

export interface Transactions {
  /** Of what was last sent, in its order. */
  progress: readonly Progress[];
  /** Why the wallet could not even be asked: another network, another address, not there. */
  trouble: string | undefined;
  isRunning: boolean;
  /** All of it is on the chain. */
  isDone: boolean;
  /** Sends what is not on the chain yet, one after the other; each opens the wallet. */
  run(steps: readonly FlowStep[]): Promise<void>;
}

const waiting = (step: FlowStep): Progress => ({ step, state: { is: 'waits' } });

/** Has the wallet of who is signed in send transactions, each tried before the wallet opens. */
export function useTransactions(): Transactions {
  const session = useSession();
  const desk = useListing();
  const life = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState<readonly Progress[]>([]);
  const [trouble, setTrouble] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => life.current?.abort(), []);
  const run: Transactions['run'] = async (steps) => {
    if (session.state !== 'signedIn' || desk === undefined || isRunning) return;
    life.current?.abort();
    const lived = new AbortController();
    life.current = lived;
    setRunning(true);
    setTrouble(undefined);
    const show = (change: (before: readonly Progress[]) => readonly Progress[]) =>
      !lived.signal.aborted && setProgress(change);
    show(() => steps.map(waiting));
    const tell = (step: FlowStep) => (state: TransactionState) =>
      show((before) => before.map((each) => (each.step === step ? { step, state } : each)));
    const left = [...steps];
    try {
      const provider = await walletOfSession(session.session, desk);
      for (let step = left.shift(); step !== undefined; step = left.shift()) {
        const end = await sendOne(provider, session.session.address, step, tell(step), lived.signal);
        if (end === 'stopped') break;
        if (end === 'mined' || !('signature' in step)) continue;
        const { instead } = step.signature;
        const replaced = step;
        left.unshift(...instead);
        show((before) => before.flatMap((each) => (each.step === replaced ? instead.map(waiting) : [each])));
      }
    } catch (error) {
      setTrouble(errorOf(error).message);
    } finally {
      setRunning(false);
      refreshSettlement();
    }
  };
  const isDone =
    progress.length > 0 && progress.every(({ state: { is } }) => is === 'mined' || is === 'final');
  return { progress, trouble, isRunning, isDone, run };
}

/** @returns `mined` when it is in a block, so that the next step may stand on it; `instead` where it goes another way */
async function sendOne(
  provider: WalletProvider,
  from: string,
  step: FlowStep,
  tell: (state: TransactionState) => void,
  life: AbortSignal,
): Promise<'mined' | 'stopped' | 'instead'> {
  try {
    tell({ is: 'trying' });
    const whole =
      'signature' in step ? await signStep(provider, from, step, () => tell({ is: 'signing' })) : step;
    if (whole === undefined) return 'instead';
    const { gas } = await tryTransaction(provider, from, whole);
    tell({ is: 'wallet' });
    const hash = await sendTransaction(provider, from, whole, gas);
    return (await minedOrGone(provider, hash, tell, life)) ? 'mined' : 'stopped';
  } catch (error) {
    if (error instanceof TransactionRefusal) tell({ is: 'refused', message: error.message });
    else tell({ is: 'rejected', message: errorOf(error).message });
    return 'stopped';
  }
}

/** Answers at the first block; what becomes of it is told on until it is final. */
function minedOrGone(
  provider: WalletProvider,
  hash: string,
  tell: (state: TransactionState) => void,
  life: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    void watchTransaction(provider, hash, {
      life,
      isFinal: (block) => (settlementStore.getState().view?.block?.number ?? -1) >= block,
      tell: (state) => {
        tell(state);
        if (state.is !== 'pending') resolve(state.is === 'mined' || state.is === 'final');
      },
      pause: (ms) => new Promise((wake) => setTimeout(wake, ms)),
    }).then(() => resolve(false));
  });
}
