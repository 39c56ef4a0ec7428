import { useEffect, useRef, useState } from 'react';
import { refreshSettlement } from '../settlement/followSettlement.ts';
import {
  sendTransaction,
  TransactionRefusal,
  type TransactionState,
  type TransactionStep,
  tryTransaction,
  watchTransaction,
} from '../settlement/transactions.ts';
import { settlementStore } from '../stores/settlementStore.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { walletOfSession } from '../wallet/sessionWallet.ts';
import { errorOf } from '../wallet/walletError.ts';
import { useSession } from './account.ts';
import { useListing } from './market.ts';

export interface Transactions {
  /** One for each step. */
  states: readonly TransactionState[];
  /** Why the wallet could not even be asked: another network, another address, not there. */
  trouble: string | undefined;
  isRunning: boolean;
  /** All of it is on the chain. */
  isDone: boolean;
  /** Sends what is not on the chain yet, one after the other; each opens the wallet. */
  run(steps: readonly TransactionStep[]): Promise<void>;
}

const waits: TransactionState = { is: 'waits' };

/** Has the wallet of who is signed in send transactions, each tried before the wallet opens. */
export function useTransactions(): Transactions {
  const session = useSession();
  const desk = useListing();
  const life = useRef<AbortController>(undefined);
  const [states, setStates] = useState<readonly TransactionState[]>([]);
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
    setStates(steps.map(() => waits));
    const tell = (place: number) => (state: TransactionState) =>
      !lived.signal.aborted && setStates((before) => before.map((each, at) => (at === place ? state : each)));
    try {
      const provider = await walletOfSession(session.session, desk);
      for (const [place, step] of steps.entries()) {
        const isMined = await sendOne(provider, session.session.address, step, tell(place), lived.signal);
        if (!isMined) break;
      }
    } catch (error) {
      setTrouble(errorOf(error).message);
    } finally {
      setRunning(false);
      refreshSettlement();
    }
  };
  const isDone = states.length > 0 && states.every(({ is }) => is === 'mined' || is === 'final');
  return { states, trouble, isRunning, isDone, run };
}

/** @returns whether it is in a block, so that the next step may stand on it */
async function sendOne(
  provider: WalletProvider,
  from: string,
  step: TransactionStep,
  tell: (state: TransactionState) => void,
  life: AbortSignal,
): Promise<boolean> {
  try {
    tell({ is: 'trying' });
    const { gas } = await tryTransaction(provider, from, step);
    tell({ is: 'wallet' });
    const hash = await sendTransaction(provider, from, step, gas);
    return await minedOrGone(provider, hash, tell, life);
  } catch (error) {
    if (error instanceof TransactionRefusal) tell({ is: 'refused', message: error.message });
    else tell({ is: 'rejected', message: errorOf(error).message });
    return false;
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
