import { useStore } from 'zustand';
import type {
  AccountSummaryView,
  AccountView,
  FillView,
  OrderView,
} from '../../engine/protocol/views/account.ts';
import { accounts, type PendingOrder, pendingOrders } from '../stores/accountStore.ts';
import { type Acknowledgement, acknowledgementLog } from '../stores/acknowledgementStore.ts';
import { type SessionState, sessionStore } from '../stores/sessionStore.ts';
import { useKeyed } from './keyed.ts';

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
  return useKeyed(accounts, useAccountNumber())?.view;
}

/** Open and parked orders of the selected account, newest first. */
export function useOrders(): readonly OrderView[] {
  return useKeyed(accounts, useAccountNumber())?.orders ?? noOrders;
}

/** Fills of the selected account, newest first. */
export function useFills(): readonly FillView[] {
  return useKeyed(accounts, useAccountNumber())?.fills ?? noFills;
}

/** Orders sent and not yet heard of, newest first. */
export function usePendingOrders(): readonly PendingOrder[] {
  return useKeyed(pendingOrders, useAccountNumber()) ?? noPending;
}

/** The engine's last answers to orders of this browser, newest first. */
export function useAcknowledgements(): readonly Acknowledgement[] {
  return useKeyed(acknowledgementLog, useAccountNumber()) ?? noAcknowledgements;
}

/** −1 is no account: no store holds anything under it. */
function useAccountNumber(): number {
  return useStore(sessionStore, ({ account }) => account ?? -1);
}
