import type { AccountsView } from '../engine/protocol/views/accounts.ts';
import { getJson, RequestError } from './http.ts';
import { isPast } from './past/asOf.ts';
import { accountsStore } from './stores/accountsStore.ts';

/** How often all accounts are asked for: margin is read by people, and orders have the stream. */
const EVERY_MS = 1_000;

/** Keeps all accounts of the person who is signed in on the page, at one sequence each time, until aborted. */
export async function followAccounts(life: AbortSignal): Promise<void> {
  while (!life.aborted) {
    try {
      const view = await getJson<AccountsView>('/api/v1/accounts');
      if (life.aborted) return;
      accountsStore.setState({ view, receivedMs: Date.now(), error: undefined });
      if (isPast) return;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // What was known stays on screen, held, with its age.
      if (!life.aborted) accountsStore.setState({ error: error.error });
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
