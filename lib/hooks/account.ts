import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type {
  AccountSummaryView,
  AccountView,
  FillView,
  OrderView,
} from '../../engine/protocol/views/account.ts';
import { type HeldPosition, heldPositions } from '../flatten.ts';
import type { EndedOrder } from '../orderEnds.ts';
import { accounts, type PendingOrder, pendingOrders } from '../stores/accountStore.ts';
import { type Acknowledgement, acknowledgementLog } from '../stores/acknowledgementStore.ts';
import type { AccountState } from '../stores/mergeAccount.ts';
import { type SessionState, sessionStore } from '../stores/sessionStore.ts';
import { useKeyed, usePaced } from './keyed.ts';
import { useMarkets } from './market.ts';
import { PACE_MS } from './now.ts';

const noOrders: readonly OrderView[] = [];
const noFills: readonly FillView[] = [];
const noAcknowledgements: readonly Acknowledgement[] = [];
const noPending: readonly PendingOrder[] = [];

export function useSession(): SessionState {
  return useStore(sessionStore, (store) => store.session);
}

/** The account every pane shows; undefined while nobody is signed in. */
export function useSelectedAccount(): AccountSummaryView | undefined {
  return useStore(sessionStore, ({ session, account }) =>
    session.state === 'signedIn'
      ? session.session.accounts.find((each) => each.account === account)
      : undefined,
  );
}

/** The whole selected account at one sequence, as the follower computed it. */
export function useAccount(): AccountView | undefined {
  return useAccountPart(({ view }) => view);
}

/** The same four times a second, for pictures that are drawn anew with everything else that is paced. */
export function usePacedAccount(): AccountView | undefined {
  return usePaced(accounts, useAccountNumber(), PACE_MS)?.view;
}

/** Open and parked orders of the selected account, newest first; undefined until they are known: none is no answer. */
export function useOrders(): readonly OrderView[] | undefined {
  return useAccountPart(({ orders }) => orders);
}

/** The same for whoever draws each that is known, and says nothing of how many there are. */
export function useOrdersToDraw(): readonly OrderView[] {
  return useOrders() ?? noOrders;
}

/** How an order of the selected account ended; undefined while it works, and once that is forgotten. */
export function useOrderEnd(key: string): EndedOrder | undefined {
  return useAccountPart(({ ended }) => ended.get(key));
}

/** Fills of the selected account, newest first. */
export function useFills(): readonly FillView[] {
  return useAccountPart(({ fills }) => fills) ?? noFills;
}

/** Orders sent and not yet heard of, newest first. */
export function usePendingOrders(): readonly PendingOrder[] {
  return useKeyed(pendingOrders, useAccountNumber()) ?? noPending;
}

/** The engine's last answers to orders of this browser, newest first. */
export function useAcknowledgements(): readonly Acknowledgement[] {
  return useKeyed(acknowledgementLog, useAccountNumber()) ?? noAcknowledgements;
}

const noneHeld: readonly HeldPosition[] = [];

/** Positions of the selected account that can be traded out of. */
export function usePositionsHeld(): readonly HeldPosition[] {
  const account = useAccount();
  const markets = useMarkets();
  return account === undefined ? noneHeld : heldPositions(account.account, account.positions, markets);
}

/** Which margin parameters the account is judged by: changes when they do. */
export function useRulesVersion(): string | undefined {
  return useAccountPart(({ book }) => book.version);
}

/** One part of the selected account: whoever reads it renders again when that part changed, and not with every view. */
function useAccountPart<T>(part: (state: AccountState) => T): T | undefined {
  const account = useAccountNumber();
  const subscribe = useCallback((listener: () => void) => accounts.subscribe(account, listener), [account]);
  const read = () => {
    const state = accounts.get(account);
    return state === undefined ? undefined : part(state);
  };
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** −1 is no account: no store holds anything under it. */
function useAccountNumber(): number {
  return useStore(sessionStore, ({ account }) => account ?? -1);
}
