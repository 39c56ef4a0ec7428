import { useSelectedAccount, useSession } from './account.ts';

/** The selected account, if orders for it can be signed here: a member who may trade, and a key that signs. */
export function useMayTrade(): number | undefined {
  const session = useSession();
  const selected = useSelectedAccount();
  const canSign = session.state === 'signedIn' && session.agent !== undefined;
  return canSign && selected?.mayTrade === true ? selected.account : undefined;
}
