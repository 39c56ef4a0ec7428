'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { disarm } from '../../lib/arming/armingStore.ts';
import { useAccount, useOrders, useSelectedAccount, useSession } from '../../lib/hooks/account.ts';
import { useMarkets } from '../../lib/hooks/market.ts';
import { useOverlay } from '../../lib/hooks/overlay.ts';
import { type KillChoice, type KillPlan, kill, killFailure, killPlan } from '../../lib/killSwitch.ts';
import { closeOverlay, openOverlay } from '../../lib/stores/overlayStore.ts';
import { useAction } from '../ui/useAction.ts';
import { KillFace, type KillStage } from './KillFace.tsx';

/** One chord from every page: what it will do, Enter, what it did. */
export function KillSwitch() {
  useAction('desk.kill', () => {
    disarm('killSwitch');
    openOverlay('kill');
  });
  const isOpen = useOverlay() === 'kill';
  return isOpen ? <KillDialog /> : null;
}

function KillDialog() {
  const [choice, setChoice] = useState<KillChoice>('cancel');
  const [stage, setStage] = useState<KillStage>({ stage: 'asking' });
  const markets = useMarkets();
  const account = useSelectedAccount();
  const block = useKillBlock();
  const plan = useKillPlan();
  const closeButton = useRef<HTMLButtonElement>(null);
  const run = async () => {
    if (stage.stage !== 'asking' || block !== undefined || account === undefined) return;
    setStage({ stage: 'sent' });
    try {
      setStage({ stage: 'done', report: await kill(account.account, choice, markets) });
    } catch (error) {
      setStage({ stage: 'failed', words: killFailure(error) });
    }
  };
  const isOver = stage.stage === 'done' || stage.stage === 'failed';
  // The choice that had the focus is gone: the next Enter closes.
  useLayoutEffect(() => {
    if (isOver) closeButton.current?.focus();
  }, [isOver]);
  return (
    <KillFace
      account={account}
      choice={choice}
      stage={stage}
      plan={plan}
      block={block}
      markets={markets}
      closeButton={closeButton}
      onPick={setChoice}
      onRun={() => void run()}
      onClose={closeOverlay}
    />
  );
}

function useKillPlan(): KillPlan | undefined {
  const account = useAccount();
  const orders = useOrders();
  const markets = useMarkets();
  return account && orders && killPlan(orders, account, markets);
}

function useKillBlock(): string | undefined {
  const session = useSession();
  const account = useSelectedAccount();
  if (session.state !== 'signedIn') return 'Nobody is signed in: there is nothing to cancel from here.';
  if (session.agent === undefined)
    return 'This browser has no trading key: approve one to use the kill switch.';
  return account?.mayTrade === true ? undefined : 'You may look at this account and not trade it.';
}
