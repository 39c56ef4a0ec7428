import { useEffect, useState } from 'react';
import { useSession } from '../../../../lib/hooks/account.ts';
import type { FlowStep } from '../../../../lib/settlement/transactions.ts';
import { errorOf } from '../../../../lib/wallet/walletError.ts';

/** What a flow would send, or what is still missing for it. */
export type Plan = { steps: readonly FlowStep[] } | { missing: string };

/** As long as somebody types nothing is asked. */
const SETTLE_MS = 250;
/** What is missing may come by itself: a wallet is put on the right chain, a root becomes final. */
const AGAIN_MS = 2_000;

/**
 * Works out what a flow would send, once its terms have stood for a moment.
 *
 * @param terms as text: an equal text is the same question
 * @param isHeld while it is being sent, it stays what it is
 */
export function useSteps(
  terms: string,
  isHeld: boolean,
  plan: (address: string) => Promise<Plan>,
): Plan | undefined {
  const session = useSession();
  const address = session.state === 'signedIn' ? session.session.address : undefined;
  const [found, setFound] = useState<{ of: string; plan: Plan }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is made from is all in the text.
  useEffect(() => {
    if (isHeld || address === undefined) return;
    let isWanted = true;
    const look = async () => {
      const made = await plan(address).catch((error): Plan => ({ missing: errorOf(error).message }));
      if (!isWanted) return;
      setFound({ of: terms, plan: made });
      if ('missing' in made) timer = setTimeout(look, AGAIN_MS);
    };
    let timer = setTimeout(look, SETTLE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [terms, isHeld, address]);
  return isHeld || found?.of === terms ? found?.plan : undefined;
}
