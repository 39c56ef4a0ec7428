import type { SettlementView } from '../../engine/protocol/views/settlement.ts';
import { getJson, RequestError } from '../http.ts';
import { settlementStore } from '../stores/settlementStore.ts';

let wake = () => {};

/** Keeps what stands in the vault and what is owed on the page, until aborted. */
export async function followSettlement(life: AbortSignal, everyMs: number): Promise<void> {
  while (!life.aborted) {
    try {
      const view = await getJson<SettlementView>('/api/v1/settlement');
      if (life.aborted) return;
      settlementStore.setState({ view, receivedMs: Date.now(), error: undefined });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // What was known stays on screen, held, with its age.
      if (!life.aborted) settlementStore.setState({ error: error.error });
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, everyMs);
    });
  }
}

/** Asks at once: this page has just sent something. */
export function refreshSettlement(): void {
  wake();
}
